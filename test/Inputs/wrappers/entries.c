#include "wrappers.h"

DRIVER_DISPATCH ok_taken, ok_locked, bad_region, bad_twice, bad_level, bad_paged;

NTSTATUS ok_taken(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  TakeResource(ext);
  Give(ext, &ext->Resource);
  Take(ext, &ext->Resource);
  GiveResource(ext);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_locked(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  Lock(ext);
  Unlock(ext);
  CloseIt(0);
  Paged(ext);
  return STATUS_SUCCESS;
}

NTSTATUS bad_region(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  TakeResource(ext);
  KeLeaveCriticalRegion();
  GiveResource(ext);
  return STATUS_SUCCESS;
}

NTSTATUS bad_twice(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  TakeResource(ext);
  GiveResource(ext);
  Give(ext, &ext->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS bad_level(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  Lock(ext);
  CloseIt(0);
  Unlock(ext);
  return STATUS_SUCCESS;
}

NTSTATUS bad_paged(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  Lock(ext);
  Paged(ext);
  Unlock(ext);
  return STATUS_SUCCESS;
}
