#include "wrappers.h"

/* Their locks are not those that they are declared to be. */
static ERESOURCE Inner;

VOID Take(PEXTENSION ext, PERESOURCE resource) {
  ExAcquireResourceExclusiveLite(&Inner, TRUE);
}

VOID Give(PEXTENSION ext, PERESOURCE resource) { ExReleaseResourceLite(&Inner); }

VOID Lock(PEXTENSION ext) { KeAcquireSpinLock(&ext->Lock, &ext->Irql); }

VOID Unlock(PEXTENSION ext) { KeReleaseSpinLock(&ext->Lock, ext->Irql); }

#pragma alloc_text(PAGE, Paged)
VOID Paged(PEXTENSION ext) {}
