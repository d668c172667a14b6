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

/* Who calls it knows more than it asks. */
NTSTATUS Told(PEXTENSION ext, BOOLEAN isHeld) {
  if (isHeld)
    ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

NTSTATUS Checked(PEXTENSION ext) {
  if (ext)
    KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

/* What is done on some ways only, its caller does not know. */
NTSTATUS Perhaps(PEXTENSION ext, PIRP irp) {
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  if (Decide()) {
    ExAcquireResourceSharedLite(&ext->Resource, TRUE);
    ExReleaseResourceLite(&ext->Resource);
    KeLeaveCriticalRegion();
  }
  return STATUS_SUCCESS;
}
