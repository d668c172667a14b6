// No page says what ExDeleteResourceLite does to a resource that is held.
// RUN: %ddi %s --strictness strict --rules wdm.ResourceLifetime
#include <ntifs.h>

// --- ok ---

VOID ok_released_before_delete(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExDeleteResourceLite(r);
}

// --- bad ---

VOID bad_deleted_while_held(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExDeleteResourceLite(r); // expected-warning {{'ExDeleteResourceLite' on 'r', which is still held [ddi.wdm.ResourceLifetime]}}
}
