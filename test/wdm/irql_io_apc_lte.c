// RUN: %ddi %s --rules wdm.IrqlIoApcLte
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PDEVICE_OBJECT Device;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_delete;
NTSTATUS ok_delete(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoDeleteDevice(ext->Device);
  return STATUS_SUCCESS;
}

VOID ok_delete_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  IoDeleteDevice(ext->Device);
}

VOID ok_delete_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoDeleteDevice(ext->Device);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_delete_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoDeleteDevice(ext->Device); // expected-warning {{'IoDeleteDevice' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 36; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlIoApcLte]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

DRIVER_CANCEL bad_delete_in_cancel_routine;
VOID bad_delete_in_cancel_routine(PDEVICE_OBJECT device, PIRP irp) {
  IoDeleteDevice(device); // expected-warning {{'IoDeleteDevice' is called at DISPATCH_LEVEL, at which the system enters 'bad_delete_in_cancel_routine' as DRIVER_CANCEL}}
  IoReleaseCancelSpinLock(irp->CancelIrql);
}
