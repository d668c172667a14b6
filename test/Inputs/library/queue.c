#include <ntifs.h>

typedef struct _QUEUE {
  KSPIN_LOCK Lock;
  PVOID Current;
  KIRQL Irql;
} QUEUE, *PQUEUE;

/* Who gets TRUE holds the lock. */
BOOLEAN TakeIfCurrent(PQUEUE q, PVOID item) {
  KeAcquireSpinLock(&q->Lock, &q->Irql);
  if (q->Current == item)
    return TRUE;
  KeReleaseSpinLock(&q->Lock, q->Irql);
  return FALSE;
}

NTSTATUS ForgetsOnOneWay(PQUEUE q, ULONG *size) {
  KIRQL irql;
  KeAcquireSpinLock(&q->Lock, &irql);
  if (!ExAllocatePoolWithTag(NonPagedPoolNx, *size, 'eueq'))
    return STATUS_INSUFFICIENT_RESOURCES;
  KeReleaseSpinLock(&q->Lock, irql);
  return STATUS_INSUFFICIENT_RESOURCES;
}

VOID GivesBack(PQUEUE q) {
  KeReleaseSpinLock(&q->Lock, q->Irql);
}
