#include "cache.h"

VOID LockMutex(PFAST_MUTEX mutex) { ExAcquireFastMutex(mutex); }

VOID UseState(PCACHE cache) {
  ExAcquireFastMutex(&cache->State);
  ExReleaseFastMutex(&cache->State);
}

VOID UseBoth(PCACHE cache) {
  ExAcquireFastMutex(&cache->Trim);
  ExAcquireFastMutex(&cache->List);
  ExReleaseFastMutex(&cache->List);
  ExReleaseFastMutex(&cache->Trim);
}

VOID UseLog(PCACHE cache, BOOLEAN logs) {
  if (!logs)
    return;
  ExAcquireFastMutex(&cache->Log);
  ExReleaseFastMutex(&cache->Log);
}
