#include <ntifs.h>

typedef struct _CACHE {
  FAST_MUTEX List;
  FAST_MUTEX State;
  FAST_MUTEX Trim;
  FAST_MUTEX Log;
  FAST_MUTEX Gate;
} CACHE, *PCACHE;

extern CACHE Cache;

VOID LockMutex(PFAST_MUTEX mutex);
VOID UseState(PCACHE cache);
VOID UseBoth(PCACHE cache);
VOID UseLog(PCACHE cache, BOOLEAN logs);
