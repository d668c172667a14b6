#include "project.h"

DRIVER_DISPATCH OkRead;
NTSTATUS OkRead(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  LockDevice(ext);
  UnlockDevice(ext);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH BadWrite;
NTSTATUS BadWrite(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}
