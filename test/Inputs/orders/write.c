#include "cache.h"

DRIVER_DISPATCH Write, WriteBoth, WriteLog, WriteState;

NTSTATUS Write(PDEVICE_OBJECT device, PIRP irp) {
  LockMutex(&Cache.State);
  ExAcquireFastMutex(&Cache.List);
  ExReleaseFastMutex(&Cache.List);
  ExReleaseFastMutex(&Cache.State);
  return STATUS_SUCCESS;
}

NTSTATUS WriteBoth(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Cache.List);
  ExAcquireFastMutex(&Cache.Trim);
  ExReleaseFastMutex(&Cache.Trim);
  ExReleaseFastMutex(&Cache.List);
  return STATUS_SUCCESS;
}

NTSTATUS WriteLog(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Cache.Log);
  UseState(&Cache);
  ExReleaseFastMutex(&Cache.Log);
  return STATUS_SUCCESS;
}

NTSTATUS WriteState(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Cache.State);
  UseLog(&Cache, FALSE);
  ExReleaseFastMutex(&Cache.State);
  return STATUS_SUCCESS;
}
