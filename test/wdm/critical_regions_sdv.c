// The SDV rule asks for a leave before the next enter.
// RUN: %ddi %s --strictness sdv
#include <ntifs.h>

// --- ok ---

VOID ok_pair(VOID) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

VOID ok_one_after_the_other(VOID) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

VOID ok_in_guarded_region(VOID) {
  KeEnterGuardedRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLeaveGuardedRegion();
}

// --- bad ---

VOID bad_nested(VOID) {
  KeEnterCriticalRegion();
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' enters a critical region inside another one [ddi.wdm.CriticalRegions]}}
  KeLeaveCriticalRegion();
  KeLeaveCriticalRegion();
}

VOID bad_nested_by_macro(VOID) {
  KeEnterCriticalRegion();
  FsRtlEnterFileSystem(); // expected-warning {{'FsRtlEnterFileSystem' enters a critical region inside another one}}
  FsRtlExitFileSystem();
  KeLeaveCriticalRegion();
}

VOID bad_nested_by_combined_form(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExEnterCriticalRegionAndAcquireResourceExclusive(r); // expected-warning {{enters a critical region inside another one}}
  ExReleaseResourceAndLeaveCriticalRegion(r);
  KeLeaveCriticalRegion();
}
