// RUN: %ddi %s --rules wdm.IrqlMmApcLte
#include <ntddk.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PVOID Memory;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_allocate;
NTSTATUS ok_allocate(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ext->Memory = MmAllocateNonCachedMemory(4096);
  return STATUS_SUCCESS;
}

VOID ok_allocate_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  ext->Memory = MmAllocateNonCachedMemory(4096);
}

VOID ok_allocate_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ext->Memory = MmAllocateNonCachedMemory(4096);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_allocate_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ext->Memory = MmAllocateNonCachedMemory(4096);
}

VOID bad_allocate_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Memory = MmAllocateNonCachedMemory(4096); // expected-warning {{'MmAllocateNonCachedMemory' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 43; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlMmApcLte]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_allocate_in_a_dpc;
VOID bad_allocate_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ext->Memory = MmAllocateNonCachedMemory(4096); // expected-warning {{'MmAllocateNonCachedMemory' is called at DISPATCH_LEVEL, at which the system enters 'bad_allocate_in_a_dpc' as KDEFERRED_ROUTINE}}
}
