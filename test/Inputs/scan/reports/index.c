/* How many notes have a key, under a push lock. */
#include "index.h"

static ULONG BucketOf(ULONG Key) { return Key % INDEX_BUCKETS; }

ULONG IndexCount(PINDEX Index, ULONG Key) {
  ULONG Count;

  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&Index->Lock);
  Count = Index->Buckets[BucketOf(Key)];
  ExReleasePushLockExclusive(&Index->Lock);
  KeLeaveCriticalRegion();
  return Count;
}

/* 잠금 🔒 */ VOID IndexClear(PINDEX Index) { ExReleasePushLockShared(&Index->Lock); }

NTSTATUS IndexControl(PDEVICE_OBJECT Device, PIRP Irp) {
  PINDEX Index = Device->DeviceExtension;
  NTSTATUS Status = STATUS_SUCCESS;

  if (Irp->RequestorMode == UserMode) {
    Status = IndexLock(Index);
    if (!NT_SUCCESS(Status))
      return Status;
    IndexClear(Index);
    IndexUnlock(Index);
  }
  return Status;
}
