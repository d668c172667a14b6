#include "across.h"

VOID TakeResource(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
}

VOID GiveResource(PEXTENSION ext) { ExReleaseResourceLite(&ext->Resource); }

BOOLEAN TryResource(PEXTENSION ext) {
  return ExAcquireResourceExclusiveLite(&ext->Resource, FALSE);
}

/* Keeps the resource if it says that all is well, and only then. */
NTSTATUS KeepIfFine(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Other, TRUE);
  if (Decide()) {
    ExReleaseResourceLite(&ext->Other);
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}

VOID Raise(PEXTENSION ext) { KeAcquireSpinLock(&ext->Lock, &ext->Irql); }

VOID Lower(PEXTENSION ext) { KeReleaseSpinLock(&ext->Lock, ext->Irql); }
