// RUN: %ddi %s --rules wdm.IrqlKeApcLte2
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_critical;
NTSTATUS ok_critical(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

VOID ok_critical_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

VOID ok_critical_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_guarded_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
}

// Its own page allows DISPATCH_LEVEL.
BOOLEAN ok_ask_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  BOOLEAN disabled;
  KeAcquireSpinLock(&ext->Lock, &irql);
  disabled = KeAreApcsDisabled();
  KeReleaseSpinLock(&ext->Lock, irql);
  return disabled;
}

VOID bad_critical_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 56; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlKeApcLte2]}}
  KeLeaveCriticalRegion();
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_guarded_in_a_dpc;
VOID bad_guarded_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeEnterGuardedRegion(); // expected-warning {{'KeEnterGuardedRegion' is called at DISPATCH_LEVEL, at which the system enters 'bad_guarded_in_a_dpc' as KDEFERRED_ROUTINE}}
  KeLeaveGuardedRegion();
}

VOID bad_leave_before_unlock(PEXTENSION ext) {
  KIRQL irql;
  KeEnterCriticalRegion();
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeReleaseSpinLock(&ext->Lock, irql);
}
