#include "nets.h"

/* Takes as often as it gives back, on a flag. */
VOID Even(PEXTENSION ext) {
  BOOLEAN taken = FALSE;
  if (Decide()) {
    ExAcquireResourceSharedLite(&ext->Resource, TRUE);
    taken = TRUE;
  }
  if (taken)
    ExReleaseResourceLite(&ext->Resource);
}

VOID Enter(VOID) { KeEnterCriticalRegion(); }

VOID Leave(VOID) { KeLeaveCriticalRegion(); }

VOID Release(PEXTENSION ext) {
  if (Decide())
    ExReleaseResourceLite(&ext->Resource);
}

/* Nothing in the driver would ever give this back. */
VOID Forget(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Other, TRUE);
  return;
}
