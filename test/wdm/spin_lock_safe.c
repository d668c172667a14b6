// RUN: %ddi %s --rules wdm.SpinLockSafe
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  LONG Count;
} EXTENSION, *PEXTENSION;

static VOID finish(PIRP irp) {
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called while this path holds 'ext->A'}}
}

// --- ok ---

DRIVER_DISPATCH ok_after_release, bad_inside, bad_inner_released, bad_by_helper, bad_queued;
NTSTATUS ok_after_release(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  ext->Count++;
  KeReleaseSpinLock(&ext->A, old);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
  return STATUS_SUCCESS;
}

// At DISPATCH_LEVEL, with no lock.
DRIVER_STARTIO ok_start_io;
VOID ok_start_io(PDEVICE_OBJECT device, PIRP irp) {
  IoStartNextPacket(device, FALSE);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
}

DRIVER_CANCEL ok_cancel, bad_cancel;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
}

// --- bad ---

NTSTATUS bad_inside(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called while this path holds 'ext->A' [ddi.wdm.SpinLockSafe]}}
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

NTSTATUS bad_inner_released(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->B);
  IoStartNextPacket(device, FALSE); // expected-warning {{'IoStartNextPacket' is called while this path holds 'ext->A'}}
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

NTSTATUS bad_by_helper(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  finish(irp);
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

NTSTATUS bad_queued(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->B, &handle);
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called while this path holds 'ext->B'}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

VOID bad_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called while this path holds 'the cancel spin lock'}}
  IoReleaseCancelSpinLock(irp->CancelIrql);
}
