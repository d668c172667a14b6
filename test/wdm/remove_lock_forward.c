// RUN: %ddi %s
#include <wdm.h>

typedef struct _EXTENSION {
  IO_REMOVE_LOCK RemoveLock;
  PDEVICE_OBJECT LowerDevice;
  PIO_WORKITEM Item;
  BOOLEAN Failed;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_held;
NTSTATUS ok_held(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  status = IoCallDriver(ext->LowerDevice, irp);
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return status;
}

// Another share is held meanwhile.
DRIVER_DISPATCH ok_another_tag;
NTSTATUS ok_another_tag(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  if (NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, device)))
    IoReleaseRemoveLock(&ext->RemoveLock, device);
  status = IoCallDriver(ext->LowerDevice, irp);
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return status;
}

// What the caller holds nobody knows here.
static NTSTATUS ok_helper(PEXTENSION ext, PIRP irp) {
  if (NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, ext)))
    IoReleaseRemoveLock(&ext->RemoveLock, ext);
  return IoCallDriver(ext->LowerDevice, irp);
}
NTSTATUS (*const Helper)(PEXTENSION, PIRP) = ok_helper;

// --- bad ---

DRIVER_DISPATCH bad_released_before;
NTSTATUS bad_released_before(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return IoCallDriver(ext->LowerDevice, irp); // expected-warning {{'IoCallDriver' passes the IRP down after this path has released remove lock 'ext->RemoveLock' [ddi.wdm.RemoveLockForward]}}
}
