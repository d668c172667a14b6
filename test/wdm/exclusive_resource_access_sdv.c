// The SDV rule forbids to acquire exclusive what is held exclusive.
// RUN: %ddi %s --strictness sdv --rules wdm.ExclusiveResourceAccess
#include <ntifs.h>

// --- ok ---

VOID ok_pair(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_other_object(PERESOURCE r, PERESOURCE s) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExAcquireResourceExclusiveLite(s, TRUE);
  ExReleaseResourceLite(s);
  ExReleaseResourceLite(r);
}

VOID ok_shared_upon_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

// --- bad ---

VOID bad_nested_exclusive(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' acquires 'r', which this path holds exclusive [ddi.wdm.ExclusiveResourceAccess]}}
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID bad_combined_nested(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExEnterCriticalRegionAndAcquireResourceExclusive(r); // expected-warning {{acquires 'r', which this path holds exclusive}}
  ExReleaseResourceAndLeaveCriticalRegion(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}
