// RUN: %ddi %s --rules wdm.IrqlIoPassive4
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  UNICODE_STRING Link;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_unlink;
NTSTATUS ok_unlink(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoDeleteSymbolicLink(&ext->Link);
  return STATUS_SUCCESS;
}

VOID ok_unlink_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  IoDeleteSymbolicLink(&ext->Link);
}

VOID ok_unlink_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  IoDeleteSymbolicLink(&ext->Link);
}

VOID bad_unlink_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoDeleteSymbolicLink(&ext->Link); // expected-warning {{'IoDeleteSymbolicLink' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 37; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlIoPassive4]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_unlink_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoDeleteSymbolicLink(&ext->Link); // expected-warning {{'IoDeleteSymbolicLink' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_unlink_in_a_dpc;
VOID bad_unlink_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  IoDeleteSymbolicLink(&ext->Link); // expected-warning {{'IoDeleteSymbolicLink' is called at DISPATCH_LEVEL, at which the system enters 'bad_unlink_in_a_dpc' as KDEFERRED_ROUTINE}}
}
