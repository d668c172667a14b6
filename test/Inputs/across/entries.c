#include "across.h"

#define EXTENSION_OF(device) ((PEXTENSION)(device)->DeviceExtension)

/* The region is left in one file while the resource, taken in another, is held. */
DRIVER_DISPATCH BadLeftWhileHeld;
NTSTATUS BadLeftWhileHeld(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  UNREFERENCED_PARAMETER(irp);
  EnterRegion();
  TakeResource(ext);
  LeaveThrough();
  GiveResource(ext);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkPair;
NTSTATUS OkPair(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  UNREFERENCED_PARAMETER(irp);
  EnterRegion();
  TakeResource(ext);
  GiveResource(ext);
  LeaveRegion();
  return STATUS_SUCCESS;
}

/* What a helper took is given back here. */
DRIVER_DISPATCH OkGivenBackHere;
NTSTATUS OkGivenBackHere(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  TakeResource(ext);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkTry;
NTSTATUS OkTry(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  if (TryResource(ext))
    GiveResource(ext);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH BadTryIgnored;
NTSTATUS BadTryIgnored(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  if (!TryResource(ext))
    GiveResource(ext);
  else
    GiveResource(ext);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkKeptIfFine;
NTSTATUS OkKeptIfFine(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  NTSTATUS status;
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  status = KeepIfFine(ext);
  if (NT_SUCCESS(status))
    ExReleaseResourceLite(&ext->Other);
  KeLeaveCriticalRegion();
  return status;
}

DRIVER_DISPATCH BadKeptIfFine;
NTSTATUS BadKeptIfFine(PDEVICE_OBJECT device, PIRP irp) {
  NTSTATUS status;
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  status = KeepIfFine(EXTENSION_OF(device));
  KeLeaveCriticalRegion();
  return status;
}

DRIVER_DISPATCH OkClosedAtPassiveLevel;
NTSTATUS OkClosedAtPassiveLevel(PDEVICE_OBJECT device, PIRP irp) {
  UNREFERENCED_PARAMETER(device);
  CloseThrough((HANDLE)irp);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH BadClosedUnderSpinLock;
NTSTATUS BadClosedUnderSpinLock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  Raise(ext);
  CloseThrough((HANDLE)irp);
  Lower(ext);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH OkClosedBehindSpinLock;
NTSTATUS OkClosedBehindSpinLock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = EXTENSION_OF(device);
  Raise(ext);
  Lower(ext);
  CloseThrough((HANDLE)irp);
  return STATUS_SUCCESS;
}
