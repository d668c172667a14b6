#include <ntifs.h>

typedef struct _LOCK {
  KSPIN_LOCK Lock;
  ULONG Count;
} LOCK, *PLOCK;

/* At any level; in between it asks again, as in an assertion. */
VOID CountAtAnyLevel(PLOCK lock) {
  KLOCK_QUEUE_HANDLE handle;
  KIRQL irql = KeGetCurrentIrql();
  if (irql < DISPATCH_LEVEL)
    KeAcquireInStackQueuedSpinLock(&lock->Lock, &handle);
  else
    KeAcquireInStackQueuedSpinLockAtDpcLevel(&lock->Lock, &handle);
  if (KeGetCurrentIrql() < DISPATCH_LEVEL)
    lock->Count = 0;
  lock->Count++;
  if (irql < DISPATCH_LEVEL)
    KeReleaseInStackQueuedSpinLock(&handle);
  else
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&handle);
}
