#include "roles.h"

static KDPC Dpc;

static VOID Expire(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

static NTSTATUS Read(PDEVICE_OBJECT device, PIRP irp) { return STATUS_SUCCESS; }

static NTSTATUS Write(PDEVICE_OBJECT device, PIRP irp) {
  return Refuse(device, irp);
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  HANDLE thread;
  QueueDpc(&Dpc, Expire);
  Handlers[0] = Write;
  driver->MajorFunction[IRP_MJ_READ] = Read;
  driver->MajorFunction[IRP_MJ_WRITE] = Handlers[0];
  driver->MajorFunction[IRP_MJ_CREATE] = Handlers[1];
  return PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, Sweep, NULL);
}

NTSTATUS NobodyCallsMe(PDRIVER_OBJECT driver) { return STATUS_SUCCESS; }
