#include <wdm.h>

#define INDEX_BUCKETS 16

typedef struct _INDEX {
  EX_PUSH_LOCK Lock;
  ERESOURCE Resource;
  ULONG Buckets[INDEX_BUCKETS];
} INDEX, *PINDEX;

__forceinline NTSTATUS IndexLock(PINDEX Index) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Index->Resource, TRUE);
  if (Index->Buckets[0] == 0) {
    ExReleaseResourceLite(&Index->Resource);
    return STATUS_NOT_FOUND;
  }
  return STATUS_SUCCESS;
}

__forceinline VOID IndexUnlock(PINDEX Index) {
  ExReleaseResourceLite(&Index->Resource);
  KeLeaveCriticalRegion();
}
