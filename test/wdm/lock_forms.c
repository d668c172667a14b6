// RUN: %ddi %s --rules wdm.LockForms,wdm.IrqlReturn
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  EX_SPIN_LOCK Table;
  FAST_MUTEX Fast;
  KGUARDED_MUTEX Guarded;
  LONG Count;
} EXTENSION, *PEXTENSION;

// --- ok ---

KDEFERRED_ROUTINE ok_dpc, ok_try, bad_lowered_in_dpc;
VOID ok_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->A);
  KeReleaseSpinLockFromDpcLevel(&ext->A);
}

// The try has no form: its page has the lock released so, others do the other way.
VOID ok_try(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  if (KeTryToAcquireSpinLockAtDpcLevel(&ext->A))
    KeReleaseSpinLock(&ext->A, DISPATCH_LEVEL);
  if (KeTryToAcquireSpinLockAtDpcLevel(&ext->B))
    KeReleaseSpinLockFromDpcLevel(&ext->B);
}

// The IRQL comes back with the last lock.
VOID ok_hand_over_hand(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->A);
  ext->Count++;
  KeReleaseSpinLock(&ext->B, old);
}

VOID ok_both_released_under_a_raise(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->A);
  KeReleaseSpinLock(&ext->A, old);
}

// From exclusive to shared, at one level.
VOID ok_mode_changed(PEXTENSION ext) {
  KIRQL old = ExAcquireSpinLockExclusive(&ext->Table);
  ext->Count++;
  ExReleaseSpinLockExclusiveFromDpcLevel(&ext->Table);
  ExAcquireSpinLockSharedAtDpcLevel(&ext->Table);
  ExReleaseSpinLockShared(&ext->Table, old);
}

VOID ok_fast(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Fast);
  ExReleaseFastMutex(&ext->Fast);
}

VOID ok_converted(PEXTENSION ext) {
  KIRQL old = ExAcquireSpinLockShared(&ext->Table);
  if (ExTryConvertSharedSpinLockExclusive(&ext->Table))
    ExReleaseSpinLockExclusive(&ext->Table, old);
  else
    ExReleaseSpinLockShared(&ext->Table, old);
}

// --- bad ---

DRIVER_DISPATCH bad_stays_raised;
NTSTATUS bad_stays_raised(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLockFromDpcLevel(&ext->A);
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 75: the level at entry was not restored [ddi.wdm.IrqlReturn]}}
}

VOID bad_lowered_in_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->A);
  KeReleaseSpinLock(&ext->A, DISPATCH_LEVEL); // expected-warning {{'KeReleaseSpinLock' releases 'ext->A' in a form in which this path did not acquire it}}
}

VOID bad_threaded_dpc(PEXTENSION ext) {
  KIRQL old = KeAcquireSpinLockForDpc(&ext->A);
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' releases 'ext->A' in a form in which this path did not acquire it}}
}

VOID bad_queued_form(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLockForDpc(&handle); // expected-warning {{'KeReleaseInStackQueuedSpinLockForDpc' releases 'ext->A' in a form in which this path did not acquire it [ddi.wdm.LockForms]}}
}

VOID bad_queued_and_ordinary(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseSpinLock(&ext->A, PASSIVE_LEVEL); // expected-warning {{'KeReleaseSpinLock' releases 'ext->A', which this path acquired with a routine of another kind of lock [ddi.wdm.LockForms]}}
}

VOID bad_unsafe_release(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Fast);
  ExReleaseFastMutexUnsafe(&ext->Fast); // expected-warning {{'ExReleaseFastMutexUnsafe' releases 'ext->Fast' in a form in which this path did not acquire it}}
}

VOID bad_safe_release(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquireFastMutexUnsafe(&ext->Fast);
  ExReleaseFastMutex(&ext->Fast); // expected-warning {{'ExReleaseFastMutex' releases 'ext->Fast' in a form in which this path did not acquire it}}
  KeLowerIrql(old);
}

VOID bad_two_families(PEXTENSION ext) {
  KeEnterGuardedRegion();
  KeAcquireGuardedMutexUnsafe(&ext->Guarded);
  ExReleaseFastMutexUnsafe(&ext->Guarded); // expected-warning {{'ExReleaseFastMutexUnsafe' releases 'ext->Guarded', which this path acquired with a routine of another kind of lock}}
  KeLeaveGuardedRegion();
}
