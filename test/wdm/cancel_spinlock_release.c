// RUN: %ddi %s --rules wdm.CancelSpinlockRelease
#include <wdm.h>

// --- ok ---

DRIVER_DISPATCH ok_pair, bad_never_acquired;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

DRIVER_CANCEL ok_cancel, bad_cancel_twice;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

// --- bad ---

NTSTATUS bad_never_acquired(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(PASSIVE_LEVEL); // expected-warning {{'IoReleaseCancelSpinLock' releases 'the cancel spin lock', which this path does not hold [ddi.wdm.CancelSpinlockRelease]}}
  return STATUS_SUCCESS;
}

VOID bad_cancel_twice(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
  if (irp->Cancel)
    IoReleaseCancelSpinLock(irp->CancelIrql); // expected-warning {{'IoReleaseCancelSpinLock' releases 'the cancel spin lock', which this path does not hold}}
}
