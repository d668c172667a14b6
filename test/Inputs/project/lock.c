/* Helpers that lock for their callers, which are in driver.c. */
#include "project.h"

VOID LockDevice(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
}

VOID UnlockDevice(PEXTENSION ext) {
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}
