#include <ntifs.h>

VOID One(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID Two(VOID) {
  KeEnterCriticalRegion();
  return;
}

VOID Three(VOID) { KeLeaveGuardedRegion(); }
