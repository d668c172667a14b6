#include "helper.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_DISPATCH OkUnsureRegion, BadClosedAbove;

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  driver->MajorFunction[IRP_MJ_READ] = OkUnsureRegion;
  driver->MajorFunction[IRP_MJ_WRITE] = BadClosedAbove;
  return STATUS_SUCCESS;
}

NTSTATUS OkUnsureRegion(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  EnterSometimes(e);
  ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
  ExReleaseResourceLite(&e->Resource);
  if (e->Count)
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS BadClosedAbove(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  EnterSometimes(device->DeviceExtension);
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  ZwClose(irp->UserBuffer);
  KeLowerIrql(old);
  return STATUS_SUCCESS;
}
