// Shared upon shared may hang behind a thread that waits for exclusive access.
// RUN: %ddi %s --strictness strict --rules wdm.PushLock
#include <ntifs.h>

// --- ok ---

VOID ok_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  KeLeaveCriticalRegion();
}

VOID ok_one_after_the_other(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  KeLeaveCriticalRegion();
}

// --- bad ---

VOID bad_shared_upon_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExAcquirePushLockShared(lock); // expected-warning {{'ExAcquirePushLockShared' on 'lock', which this path holds shared: it hangs behind an exclusive waiter [ddi.wdm.PushLock]}}
  ExReleasePushLockShared(lock);
  ExReleasePushLockShared(lock);
  KeLeaveCriticalRegion();
}
