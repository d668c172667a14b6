// RUN: %ddi %s --rules wdm.ReaderWriterSpinLock
#include <wdm.h>

#define TAG 'tset'

typedef struct _TABLE {
  EX_SPIN_LOCK Lock, Other;
  LONG Count;
} TABLE, *PTABLE;

// --- ok ---

VOID ok_shared(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old);
}

VOID ok_exclusive(PTABLE t) {
  KIRQL old = ExAcquireSpinLockExclusive(&t->Lock);
  ExAcquireSpinLockSharedAtDpcLevel(&t->Other);
  ExReleaseSpinLockSharedFromDpcLevel(&t->Other);
  ExReleaseSpinLockExclusive(&t->Lock, old);
}

VOID ok_converted(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  if (!ExTryConvertSharedSpinLockExclusive(&t->Lock)) {
    ExReleaseSpinLockShared(&t->Lock, old);
    return;
  }
  t->Count++;
  ExReleaseSpinLockExclusive(&t->Lock, old);
}

KDEFERRED_ROUTINE ok_try, bad_failed_try;
VOID ok_try(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PTABLE t = context;
  if (ExTryAcquireSpinLockExclusiveAtDpcLevel(&t->Lock))
    ExReleaseSpinLockExclusiveFromDpcLevel(&t->Lock);
}

VOID ok_zeroed(VOID) {
  KIRQL old;
  PTABLE t = ExAllocatePoolWithTag(NonPagedPool, sizeof *t, TAG);
  if (!t)
    return;
  RtlZeroMemory(t, sizeof *t);
  old = ExAcquireSpinLockShared(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old);
  ExFreePoolWithTag(t, TAG);
}

VOID ok_set(VOID) {
  KIRQL old;
  PTABLE t = ExAllocatePoolWithTag(NonPagedPool, sizeof *t, TAG);
  if (!t)
    return;
  t->Lock = 0;
  old = ExAcquireSpinLockShared(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old);
  ExFreePoolWithTag(t, TAG);
}

// --- bad ---

VOID bad_exclusive_twice(PTABLE t) {
  KIRQL old = ExAcquireSpinLockExclusive(&t->Lock);
  ExAcquireSpinLockExclusiveAtDpcLevel(&t->Lock); // expected-warning {{'ExAcquireSpinLockExclusiveAtDpcLevel' on 't->Lock', which this path holds: deadlock [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockExclusive(&t->Lock, old);
}

VOID bad_exclusive_upon_shared(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExAcquireSpinLockExclusiveAtDpcLevel(&t->Lock); // expected-warning {{'ExAcquireSpinLockExclusiveAtDpcLevel' on 't->Lock', which this path holds shared: deadlock [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockExclusive(&t->Lock, old);
}

VOID bad_shared_twice(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExAcquireSpinLockSharedAtDpcLevel(&t->Lock); // expected-warning {{'ExAcquireSpinLockSharedAtDpcLevel' on 't->Lock', which this path holds shared: deadlock [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockShared(&t->Lock, old);
}

VOID bad_release_of_shared(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExReleaseSpinLockExclusive(&t->Lock, old); // expected-warning {{'ExReleaseSpinLockExclusive' releases 't->Lock', which this path holds shared [ddi.wdm.ReaderWriterSpinLock]}}
}

VOID bad_release_of_exclusive(PTABLE t) {
  KIRQL old = ExAcquireSpinLockExclusive(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old); // expected-warning {{'ExReleaseSpinLockShared' releases 't->Lock', which this path holds exclusive [ddi.wdm.ReaderWriterSpinLock]}}
}

VOID bad_converted(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExTryConvertSharedSpinLockExclusive(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old); // expected-warning {{'ExReleaseSpinLockShared' releases 't->Lock', which this path holds exclusive [ddi.wdm.ReaderWriterSpinLock]}}
}

VOID bad_converted_twice(PTABLE t) {
  KIRQL old = ExAcquireSpinLockExclusive(&t->Lock);
  if (ExTryConvertSharedSpinLockExclusive(&t->Lock)) // expected-warning {{'ExTryConvertSharedSpinLockExclusive' on 't->Lock', which this path holds exclusive already [ddi.wdm.ReaderWriterSpinLock]}}
    t->Count++;
  ExReleaseSpinLockExclusive(&t->Lock, old);
}

VOID bad_converted_when_free(PTABLE t) {
  if (ExTryConvertSharedSpinLockExclusive(&t->Lock)) // expected-warning {{'ExTryConvertSharedSpinLockExclusive' on 't->Lock', which this path does not hold [ddi.wdm.ReaderWriterSpinLock]}}
    t->Count++;
}

VOID bad_released_twice(PTABLE t) {
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  ExReleaseSpinLockShared(&t->Lock, old);
  ExReleaseSpinLockShared(&t->Lock, old); // expected-warning {{'ExReleaseSpinLockShared' releases 't->Lock', which this path does not hold [ddi.wdm.ReaderWriterSpinLock]}}
}

VOID bad_failed_try(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PTABLE t = context;
  if (!ExTryAcquireSpinLockSharedAtDpcLevel(&t->Lock))
    t->Count++;
  ExReleaseSpinLockSharedFromDpcLevel(&t->Lock); // expected-warning {{'ExReleaseSpinLockSharedFromDpcLevel' releases 't->Lock', which this path does not hold [ddi.wdm.ReaderWriterSpinLock]}}
}

DRIVER_DISPATCH bad_kept;
NTSTATUS bad_kept(PDEVICE_OBJECT device, PIRP irp) {
  PTABLE t = device->DeviceExtension;
  KIRQL old = ExAcquireSpinLockShared(&t->Lock);
  if (irp->Cancel)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 't->Lock' still held [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockShared(&t->Lock, old);
  return STATUS_SUCCESS;
}

VOID bad_never_initialised(VOID) {
  KIRQL old;
  PTABLE t = ExAllocatePoolWithTag(NonPagedPool, sizeof *t, TAG);
  if (!t)
    return;
  old = ExAcquireSpinLockShared(&t->Lock); // expected-warning {{'ExAcquireSpinLockShared' on 't->Lock', which was never initialised [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockShared(&t->Lock, old);
  ExFreePoolWithTag(t, TAG);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PTABLE t) {
  KIRQL old;
  old = ExAcquireSpinLockShared(&t->Lock);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 't->Lock' held, which is released on other paths with the same result [ddi.wdm.ReaderWriterSpinLock]}}
  ExReleaseSpinLockShared(&t->Lock, old);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PTABLE t);
HELPER *const Helpers[] = {bad_kept_on_one_way};
