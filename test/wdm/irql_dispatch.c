// RUN: %ddi %s --rules wdm.IrqlDispatch
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  KDEVICE_QUEUE Queue;
  KDEVICE_QUEUE_ENTRY Entry;
} EXTENSION, *PEXTENSION;

// --- ok ---

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->Lock);
  KeReleaseSpinLockFromDpcLevel(&ext->Lock);
  KeInsertDeviceQueue(&ext->Queue, &ext->Entry);
}

DRIVER_DISPATCH ok_raised_before;
NTSTATUS ok_raised_before(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  IoStartNextPacket(device, TRUE);
  KeLowerIrql(irql);
  return STATUS_SUCCESS;
}

// --- bad ---

DRIVER_DISPATCH bad_start_packet;
NTSTATUS bad_start_packet(PDEVICE_OBJECT device, PIRP irp) {
  IoStartNextPacket(device, TRUE); // expected-warning {{'IoStartNextPacket' is called at PASSIVE_LEVEL, at which the system enters 'bad_start_packet' as DRIVER_DISPATCH; it may be called at DISPATCH_LEVEL only, by its page [ddi.wdm.IrqlDispatch]}}
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_queue_under_fast_mutex;
NTSTATUS bad_queue_under_fast_mutex(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  FAST_MUTEX mutex;
  ExAcquireFastMutex(&mutex);
  KeInsertDeviceQueue(&ext->Queue, &ext->Entry); // expected-warning {{'KeInsertDeviceQueue' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&mutex);
  return STATUS_SUCCESS;
}

KSERVICE_ROUTINE bad_start_packet_in_an_isr;
BOOLEAN bad_start_packet_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  IoStartNextPacket(context, TRUE); // expected-warning {{'IoStartNextPacket' is called at DIRQL}}
  return TRUE;
}

DRIVER_DISPATCH bad_lock_at_passive_level;
NTSTATUS bad_lock_at_passive_level(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeAcquireSpinLockAtDpcLevel(&ext->Lock); // expected-warning {{'KeAcquireSpinLockAtDpcLevel' is called at PASSIVE_LEVEL}}
  KeReleaseSpinLockFromDpcLevel(&ext->Lock);
  return STATUS_SUCCESS;
}
