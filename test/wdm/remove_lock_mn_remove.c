// RUN: %ddi %s
#include <wdm.h>

typedef struct _EXTENSION {
  IO_REMOVE_LOCK RemoveLock;
  PDEVICE_OBJECT LowerDevice;
  PIO_WORKITEM Item;
  BOOLEAN Failed;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_in_order;
NTSTATUS ok_in_order(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  status = IoCallDriver(ext->LowerDevice, irp);
  IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);
  IoDetachDevice(ext->LowerDevice);
  return status;
}

// Which device is detached nobody asks.
DRIVER_DISPATCH ok_detaches_another;
NTSTATUS ok_detaches_another(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoDetachDevice(ext->LowerDevice);
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return status;
}

// --- bad ---

DRIVER_DISPATCH bad_acquired_behind;
NTSTATUS bad_acquired_behind(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);
  if (NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, device))) // expected-warning {{'IoAcquireRemoveLock' on 'ext->RemoveLock' behind IoReleaseRemoveLockAndWait}}
    IoReleaseRemoveLock(&ext->RemoveLock, device);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_initialized_behind;
NTSTATUS bad_initialized_behind(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);
  IoInitializeRemoveLock(&ext->RemoveLock, 0, 0, 0); // expected-warning {{'IoInitializeRemoveLock' on 'ext->RemoveLock' behind IoReleaseRemoveLockAndWait [ddi.wdm.RemoveLockMnRemove]}}
  return STATUS_SUCCESS;
}
