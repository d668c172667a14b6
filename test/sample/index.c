/* How many notes have a key, over all notebooks, under a push lock. */
#include "notebook.h"

static ULONG BucketOf(ULONG Key) { return Key % INDEX_BUCKETS; }

VOID IndexStart(PINDEX Index) {
  RtlZeroMemory(Index, sizeof *Index);
  ExInitializePushLock(&Index->Lock);
}

VOID IndexAdd(PINDEX Index, ULONG Key) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&Index->Lock);
  Index->Buckets[BucketOf(Key)]++;
  ExReleasePushLockExclusive(&Index->Lock);
  KeLeaveCriticalRegion();
}

VOID IndexRemove(PINDEX Index, ULONG Key) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&Index->Lock);
  if (Index->Buckets[BucketOf(Key)] > 0)
    Index->Buckets[BucketOf(Key)]--;
  ExReleasePushLockExclusive(&Index->Lock);
  KeLeaveCriticalRegion();
}

ULONG IndexCount(PINDEX Index, ULONG Key) {
  ULONG Count;

  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&Index->Lock);
  Count = Index->Buckets[BucketOf(Key)];
  ExReleasePushLockExclusive(&Index->Lock); /* planted: wdm.PushLock */
  KeLeaveCriticalRegion();
  return Count;
}

/* Looks with a shared lock first, as most calls have nothing to move. */
BOOLEAN IndexMove(PINDEX Index, ULONG From, ULONG To) {
  BOOLEAN HasSome;

  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&Index->Lock);
  HasSome = Index->Buckets[BucketOf(From)] > 0;
  if (HasSome) {
    ExAcquirePushLockExclusive(&Index->Lock); /* planted: wdm.PushLock */
    Index->Buckets[BucketOf(From)]--;
    Index->Buckets[BucketOf(To)]++;
    ExReleasePushLockExclusive(&Index->Lock);
  } else {
    ExReleasePushLockShared(&Index->Lock);
  }
  KeLeaveCriticalRegion();
  return HasSome;
}
