#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  EX_PUSH_LOCK Lock;
  ULONG Count;
} EXTENSION, *PEXTENSION;

VOID Resource(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ext->Count++;
  ExReleaseResourceLite(&ext->Resource);
}

VOID Shared(PEXTENSION ext) {
  ULONG count;

  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  count = ext->Count;
  ExReleaseResourceLite(&ext->Resource);
  DbgPrint("%lu\n", count);
}

VOID PushLock(PEXTENSION ext) {
  ExAcquirePushLockExclusive(&ext->Lock);
  ext->Count++;
  ExReleasePushLockExclusive(&ext->Lock);
}

VOID WrongMode(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&ext->Lock);
  ExReleasePushLockExclusive(&ext->Lock);
  KeLeaveCriticalRegion();
}

VOID WrongModeToo(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusiveEx(&ext->Lock, 0);
  ExReleasePushLockSharedEx(&ext->Lock, 0);
  KeLeaveCriticalRegion();
}
