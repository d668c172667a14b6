#include "driver.h"

void Load(PEXTENSION e) {
  PAGED_CODE();
  KeInitializeDpc(&e->Dpc, Tick, e);
}

void Tick(struct _KDPC *dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION e = context;
  KeAcquireSpinLockAtDpcLevel(&e->Lock);
  e->Count++;
  KeReleaseSpinLockFromDpcLevel(&e->Lock);
}
