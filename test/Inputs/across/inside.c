#include <ntifs.h>

typedef struct _LOCKS {
  ERESOURCE Resource;
} LOCKS, *PLOCKS;

VOID Inside(PLOCKS locks) {
  KeEnterCriticalRegion();
  ExReleaseResourceLite(&locks->Resource);
  KeLeaveCriticalRegion();
}
