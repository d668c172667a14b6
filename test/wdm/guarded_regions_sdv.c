// The SDV rule asks for strict alternation.
// RUN: %ddi %s --strictness sdv
#include <ntifs.h>

// --- ok ---

VOID ok_pair(VOID) {
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
}

VOID ok_one_after_the_other(VOID) {
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
}

// --- bad ---

VOID bad_nested(VOID) {
  KeEnterGuardedRegion();
  KeEnterGuardedRegion(); // expected-warning {{'KeEnterGuardedRegion' enters a guarded region inside another one [ddi.wdm.GuardedRegions]}}
  KeLeaveGuardedRegion();
  KeLeaveGuardedRegion();
}

VOID bad_mutex_in_region(PKGUARDED_MUTEX mutex) {
  KeEnterGuardedRegion();
  KeAcquireGuardedMutex(mutex); // expected-warning {{'KeAcquireGuardedMutex' enters a guarded region inside another one}}
  KeReleaseGuardedMutex(mutex);
  KeLeaveGuardedRegion();
}
