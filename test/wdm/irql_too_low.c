// Routines with a lower bound that no IRQL rule lists.
// RUN: %ddi %s --rules wdm.IrqlTooLow
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
} EXTENSION, *PEXTENSION;

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->Lock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
}

DRIVER_DISPATCH ok_raised_before;
NTSTATUS ok_raised_before(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->Lock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  KeLowerIrql(irql);
  return STATUS_SUCCESS;
}

// Who calls it is not given: it may be at any level.
VOID ok_of_unknown_callers(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->Lock, &handle);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
}

DRIVER_DISPATCH bad_in_a_dispatch_routine;
NTSTATUS bad_in_a_dispatch_routine(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->Lock, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLockAtDpcLevel' is called at PASSIVE_LEVEL, at which the system enters 'bad_in_a_dispatch_routine' as DRIVER_DISPATCH; it may be called at DISPATCH_LEVEL at least, by its page [ddi.wdm.IrqlTooLow]}}
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  return STATUS_SUCCESS;
}

VOID bad_raised_to_apc_level(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->Lock, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLockAtDpcLevel' is called at APC_LEVEL, set by 'KeRaiseIrql'}}
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
  KeLowerIrql(irql);
}
