#include <ntifs.h>

VOID Clean(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}
