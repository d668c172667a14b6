// IRQL, for what it does to APCs: at APC_LEVEL and above none is delivered.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  EX_PUSH_LOCK Lock;
  KSPIN_LOCK SpinLock, Other;
  KMUTEX Mutex;
  FAST_MUTEX FastMutex;
} EXTENSION, *PEXTENSION;

BOOLEAN Decide(VOID);

// --- ok ---

VOID ok_raised_twice(PERESOURCE r) {
  KIRQL outer, inner;
  KeRaiseIrql(APC_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(inner);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLowerIrql(outer);
}

VOID ok_after_spin_lock_in_region(PEXTENSION ext) {
  KIRQL old;
  KeEnterCriticalRegion();
  KeAcquireSpinLock(&ext->SpinLock, &old);
  KeReleaseSpinLock(&ext->SpinLock, old);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_regions_after_lowering(VOID) {
  KIRQL old = KeRaiseIrqlToDpcLevel();
  KeLowerIrql(old);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

// Who asks does not know: nothing is said.
VOID ok_level_asked(PERESOURCE r) {
  if (KeGetCurrentIrql() == APC_LEVEL) {
    ExAcquireResourceExclusiveLite(r, TRUE);
    ExReleaseResourceLite(r);
  }
}

VOID ok_level_from_a_variable(PERESOURCE r, KIRQL level) {
  KIRQL old;
  KeRaiseIrql(level, &old);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLowerIrql(old);
}

// --- bad ---

VOID bad_lowered_while_held(PERESOURCE r) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLowerIrql(old);
  ExReleaseResourceLite(r); // expected-warning {{'ExReleaseResourceLite' with normal kernel APCs enabled}}
}

VOID bad_after_spin_lock(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->SpinLock, &old);
  KeReleaseSpinLock(&ext->SpinLock, old);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_fast_mutex_released_while_held(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->FastMutex);
  ExAcquirePushLockExclusive(&ext->Lock);
  ExReleaseFastMutex(&ext->FastMutex);
  ExReleasePushLockExclusive(&ext->Lock); // expected-warning {{'ExReleasePushLockExclusive' with normal kernel APCs enabled}}
}

VOID bad_mutex_released_while_held(PEXTENSION ext) {
  KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  KeReleaseMutex(&ext->Mutex, FALSE);
  ExReleaseResourceLite(&ext->Resource); // expected-warning {{'ExReleaseResourceLite' with normal kernel APCs enabled}}
}

// STATUS_TIMEOUT is a success code, and no mutex is held then.
VOID bad_timeout_is_a_success(PEXTENSION ext, PLARGE_INTEGER timeout) {
  NTSTATUS status = KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode,
                                          FALSE, timeout);
  if (!NT_SUCCESS(status))
    return;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseMutex(&ext->Mutex, FALSE);
}

VOID bad_region_under_queued_spin_lock(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->SpinLock, &handle);
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL, set by 'KeAcquireInStackQueuedSpinLock'}}
  KeReleaseInStackQueuedSpinLock(&handle);
  KeLeaveCriticalRegion();
}

static VOID lower_to_the_others_level(PEXTENSION ext, BOOLEAN both) {
  KIRQL outer, inner = PASSIVE_LEVEL;
  KeAcquireSpinLock(&ext->SpinLock, &outer);
  if (both) {
    KeAcquireSpinLock(&ext->Other, &inner);
    KeReleaseSpinLock(&ext->Other, inner);
  }
  KeReleaseSpinLock(&ext->SpinLock, inner); // expected-warning {{'KeReleaseSpinLock' restores the level that another acquire saved}}
}

VOID bad_level_of_another_lock(PEXTENSION ext, BOOLEAN both) {
  lower_to_the_others_level(ext, both);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}
