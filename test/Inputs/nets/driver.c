#include "nets.h"

DRIVER_DISPATCH OkRegionOfHelpers;
NTSTATUS OkRegionOfHelpers(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  Enter();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  Leave();
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkPerhapsReleased;
NTSTATUS OkPerhapsReleased(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  Release(ext);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH BadHeldAcrossEven;
NTSTATUS BadHeldAcrossEven(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  Enter();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  Even(ext);
  return STATUS_SUCCESS; /* held, and inside */
}

DRIVER_DISPATCH BadNotForgotten;
NTSTATUS BadNotForgotten(PDEVICE_OBJECT device, PIRP irp) {
  UNREFERENCED_PARAMETER(irp);
  Forget((PEXTENSION)device->DeviceExtension);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkTells;
NTSTATUS OkTells(PDEVICE_OBJECT device, PIRP irp) {
  UNREFERENCED_PARAMETER(irp);
  return Told((PEXTENSION)device->DeviceExtension, FALSE);
}

DRIVER_DISPATCH OkChecks;
NTSTATUS OkChecks(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  if (!ext)
    return STATUS_SUCCESS;
  return Checked(ext);
}

DRIVER_DISPATCH BadPerhaps;
NTSTATUS BadPerhaps(PDEVICE_OBJECT device, PIRP irp) {
  return Perhaps((PEXTENSION)device->DeviceExtension, irp);
}

/* With DriverEntry this is a whole driver, and what nobody calls is dead. */
VOID OkDeadCode(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  UNREFERENCED_PARAMETER(path);
  driver->MajorFunction[IRP_MJ_READ] = OkRegionOfHelpers;
  return STATUS_SUCCESS;
}
