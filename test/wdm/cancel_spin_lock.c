// RUN: %ddi %s --rules wdm.CancelSpinLock
#include <wdm.h>

// --- ok ---

DRIVER_DISPATCH ok_pair, bad_twice, bad_kept;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  IoSetCancelRoutine(irp, NULL);
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

DRIVER_CANCEL ok_cancel, ok_cancel_again, bad_cancel_keeps, bad_cancel_acquires;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
}

VOID ok_cancel_again(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoReleaseCancelSpinLock(irp->CancelIrql);
  IoAcquireCancelSpinLock(&old);
  IoReleaseCancelSpinLock(old);
}

// It is called with the lock, and by none but its caller released.
static VOID with_lock(PIRP irp) { IoSetCancelRoutine(irp, NULL); }

NTSTATUS ok_through_helper(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  with_lock(irp);
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

// --- bad ---

NTSTATUS bad_twice(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old, again;
  IoAcquireCancelSpinLock(&old);
  IoAcquireCancelSpinLock(&again); // expected-warning {{'IoAcquireCancelSpinLock' on 'the cancel spin lock', which this path holds: deadlock [ddi.wdm.CancelSpinLock]}}
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

NTSTATUS bad_kept(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  if (irp->Cancel)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'the cancel spin lock' still held [ddi.wdm.CancelSpinLock]}}
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

VOID bad_cancel_keeps(PDEVICE_OBJECT device, PIRP irp) {
  IoSetCancelRoutine(irp, NULL);
  return; // expected-warning {{Returns with 'the cancel spin lock' still held}}
}

VOID bad_cancel_acquires(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old); // expected-warning {{'IoAcquireCancelSpinLock' on 'the cancel spin lock', which this path holds: deadlock}}
  IoReleaseCancelSpinLock(old);
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(VOID) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'the cancel spin lock' held, which is released on other paths with the same result [ddi.wdm.CancelSpinLock]}}
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(VOID);
HELPER *const Helpers[] = {bad_kept_on_one_way};
