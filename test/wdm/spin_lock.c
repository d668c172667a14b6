// RUN: %ddi %s --rules wdm.SpinLock
#include <wdm.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  LONG Count;
  BOOLEAN Removed;
  PKINTERRUPT Interrupt;
} EXTENSION, *PEXTENSION;

KSPIN_LOCK Global;

// --- ok ---

VOID ok_pair(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  ext->Count++;
  KeReleaseSpinLock(&ext->A, old);
}

VOID ok_different_locks_nest(PEXTENSION ext) {
  KIRQL old, inner;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLock(&ext->B, &inner);
  KeReleaseSpinLock(&ext->B, inner);
  KeReleaseSpinLock(&ext->A, old);
}

VOID ok_one_member_of_two_structures(PEXTENSION one, PEXTENSION two) {
  KIRQL old;
  KeAcquireSpinLock(&one->A, &old);
  KeAcquireSpinLockAtDpcLevel(&two->A);
  KeReleaseSpinLockFromDpcLevel(&two->A);
  KeReleaseSpinLock(&one->A, old);
}

VOID ok_early_return(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (ext->Removed) {
    KeReleaseSpinLock(&ext->A, old);
    return;
  }
  ext->Count++;
  KeReleaseSpinLock(&ext->A, old);
}

VOID ok_loop(PEXTENSION ext, ULONG n) {
  KIRQL old;
  while (n--) {
    KeAcquireSpinLock(&ext->A, &old);
    KeReleaseSpinLock(&ext->A, old);
  }
}

static VOID lock(PEXTENSION ext, PKIRQL old) { KeAcquireSpinLock(&ext->A, old); }
static VOID unlock(PEXTENSION ext, KIRQL old) { KeReleaseSpinLock(&ext->A, old); }

DRIVER_DISPATCH ok_through_helpers;
NTSTATUS ok_through_helpers(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  lock(ext, &old);
  ext->Count++;
  unlock(ext, old);
  return STATUS_SUCCESS;
}

// A try that fails leaves the lock as it is: no deadlock.
VOID ok_try(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (KeTryToAcquireSpinLockAtDpcLevel(&ext->B))
    KeReleaseSpinLockFromDpcLevel(&ext->B);
  if (KeTryToAcquireSpinLockAtDpcLevel(&ext->A))
    KeReleaseSpinLockFromDpcLevel(&ext->A);
  KeReleaseSpinLock(&ext->A, old);
}

VOID ok_threaded_dpc(PEXTENSION ext) {
  KIRQL old = KeAcquireSpinLockForDpc(&ext->A);
  ext->Count++;
  KeReleaseSpinLockForDpc(&ext->A, old);
}

VOID ok_interrupt(PEXTENSION ext) {
  KIRQL old = KeAcquireInterruptSpinLock(ext->Interrupt);
  ext->Count++;
  KeReleaseInterruptSpinLock(ext->Interrupt, old);
}

VOID ok_initialised(VOID) {
  KIRQL old;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  KeInitializeSpinLock(&ext->A);
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  ExFreePoolWithTag(ext, TAG);
}

VOID ok_zeroed(VOID) {
  KIRQL old;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  RtlZeroMemory(ext, sizeof *ext);
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  ExFreePoolWithTag(ext, TAG);
}

VOID ok_set_by_hand(VOID) {
  KIRQL old;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  ext->A = 0;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  ExFreePoolWithTag(ext, TAG);
}

VOID ok_local_initialised(VOID) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeInitializeSpinLock(&lock);
  KeAcquireSpinLock(&lock, &old);
  KeReleaseSpinLock(&lock, old);
}

// The caller's lock is dropped and taken again.
_Requires_lock_held_(ext->A) _IRQL_requires_(DISPATCH_LEVEL)
VOID ok_dropped_meanwhile(PEXTENSION ext) {
  KeReleaseSpinLockFromDpcLevel(&ext->A);
  ext->Count++;
  KeAcquireSpinLockAtDpcLevel(&ext->A);
}

// What the annotation says is so at the end.
_Acquires_lock_(ext->A) _IRQL_raises_(DISPATCH_LEVEL)
VOID ok_annotated(PEXTENSION ext, PKIRQL old) { KeAcquireSpinLock(&ext->A, old); }

// Who knows what it does with the lock.
VOID Unknown(PEXTENSION ext);

DRIVER_DISPATCH ok_given_to_others;
NTSTATUS ok_given_to_others(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  Unknown(ext);
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_twice(PEXTENSION ext) {
  KIRQL old, again;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLock(&ext->A, &again); // expected-warning {{'KeAcquireSpinLock' on 'ext->A', which this path holds: deadlock [ddi.wdm.SpinLock]}}
  KeReleaseSpinLock(&ext->A, again);
  KeReleaseSpinLock(&ext->A, old);
}

VOID bad_twice_at_dpc_level(VOID) {
  KIRQL old;
  KeAcquireSpinLock(&Global, &old);
  KeAcquireSpinLockAtDpcLevel(&Global); // expected-warning {{'KeAcquireSpinLockAtDpcLevel' on 'Global', which this path holds: deadlock}}
  KeReleaseSpinLockFromDpcLevel(&Global);
  KeReleaseSpinLock(&Global, old);
}

VOID bad_after_a_try(PEXTENSION ext) {
  if (!KeTryToAcquireSpinLockAtDpcLevel(&ext->A))
    return;
  KeAcquireSpinLockAtDpcLevel(&ext->A); // expected-warning {{'KeAcquireSpinLockAtDpcLevel' on 'ext->A', which this path holds: deadlock}}
  KeReleaseSpinLockFromDpcLevel(&ext->A);
}


VOID bad_in_loop(PEXTENSION ext, ULONG n) {
  KIRQL old;
  do
    KeAcquireSpinLock(&ext->A, &old); // expected-warning {{'KeAcquireSpinLock' on 'ext->A', which this path holds: deadlock}}
  while (n--);
  KeReleaseSpinLock(&ext->A, old);
}

DRIVER_DISPATCH bad_early_return;
NTSTATUS bad_early_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->A' still held [ddi.wdm.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

KDEFERRED_ROUTINE bad_kept_in_a_dpc;
VOID bad_kept_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->A);
  ext->Count++;
  return; // expected-warning {{Returns with 'ext->A' still held}}
}

VOID bad_interrupt_twice(PEXTENSION ext) {
  KIRQL old = KeAcquireInterruptSpinLock(ext->Interrupt);
  KIRQL again = KeAcquireInterruptSpinLock(ext->Interrupt); // expected-warning {{'KeAcquireInterruptSpinLock' on 'ext->Interrupt', which this path holds: deadlock}}
  KeReleaseInterruptSpinLock(ext->Interrupt, again);
  KeReleaseInterruptSpinLock(ext->Interrupt, old);
}

DRIVER_DISPATCH bad_interrupt_kept;
NTSTATUS bad_interrupt_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeAcquireInterruptSpinLock(ext->Interrupt);
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Interrupt' still held}}
}

VOID bad_never_initialised(VOID) {
  KIRQL old;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  KeAcquireSpinLock(&ext->A, &old); // expected-warning {{'KeAcquireSpinLock' on 'ext->A', which was never initialised [ddi.wdm.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  ExFreePoolWithTag(ext, TAG);
}

VOID bad_local_never_initialised(VOID) {
  KSPIN_LOCK lock;
  KIRQL old;
  KeAcquireSpinLock(&lock, &old); // expected-warning {{'KeAcquireSpinLock' on 'lock', which was never initialised}}
  KeReleaseSpinLock(&lock, old);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->A' held, which is released on other paths with the same result [ddi.wdm.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
