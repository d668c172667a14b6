#include <ntifs.h>
#include "helper.h"

typedef struct _EXTENSION {
  ERESOURCE First, Second;
} EXTENSION, *PEXTENSION;

void GiveBack(PERESOURCE r);
void GiveBackPlainly(PERESOURCE r);
void GiveBackSilently(PERESOURCE r);

DRIVER_DISPATCH Gives, GivesPlainly, GivesSilently, Leaves, Named;

NTSTATUS Gives(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KeEnterCriticalRegion();
  GiveBack(&e->First);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS GivesPlainly(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KeEnterCriticalRegion();
  GiveBackPlainly(&e->Second);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS GivesSilently(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KeEnterCriticalRegion();
  GiveBackSilently(&e->Second);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS Leaves(PDEVICE_OBJECT device, PIRP irp) {
  LeaveHere();
  return STATUS_SUCCESS;
}

#pragma prefast(push)
#pragma prefast(disable: 28103, "nobody needs it")
NTSTATUS Named(PDEVICE_OBJECT device, PIRP irp) {
#pragma prefast(suppress: 28107, "left for the other")
  KeLeaveCriticalRegion();
  [[clang::suppress("wdm.CriticalRegions")]] KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}
#pragma prefast(pop)
