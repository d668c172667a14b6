#include "cache.h"

CACHE Cache;

DRIVER_DISPATCH Read, ReadBoth;

NTSTATUS Read(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Cache.List);
  UseState(&Cache);
  UseLog(&Cache, TRUE);
  ExReleaseFastMutex(&Cache.List);
  return STATUS_SUCCESS;
}

NTSTATUS ReadBoth(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Cache.Gate);
  UseBoth(&Cache);
  ExReleaseFastMutex(&Cache.Gate);
  return STATUS_SUCCESS;
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  return STATUS_SUCCESS;
}
