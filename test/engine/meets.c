// RUN: %ddi %s
#include <ntifs.h>

// Paths that differ only in what nobody looks at any more go on as one; others do
// not.

typedef struct _FILE_STATE {
  ULONG Flags, Kind, Other, Count;
  struct _FILE_STATE *Next;
} FILE_STATE, *PFILE_STATE;

DRIVER_DISPATCH ok_same_member, ok_set_before, ok_by_callee, ok_in_loop, ok_other_pointer;
DRIVER_DISPATCH bad_set_before, bad_by_callee, bad_last_round, bad_through_pointer;

NTSTATUS ok_same_member(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  if (s->Flags)
    KeEnterCriticalRegion();
  if (s->Other)
    irp->IoStatus.Information = 1;
  if (s->Flags)
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_set_before(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  BOOLEAN entered = FALSE;
  if (irp->Flags) {
    KeEnterCriticalRegion();
    entered = TRUE;
  }
  if (s->Other)
    s->Count = 2;
  else
    s->Count = 3;
  if (entered)
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

static BOOLEAN wants(PFILE_STATE s) {
  if (s->Kind == 1)
    return TRUE;
  return FALSE;
}

NTSTATUS ok_by_callee(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  if (s->Kind == 1)
    KeEnterCriticalRegion();
  if (s->Other)
    irp->IoStatus.Information = 1;
  if (wants(s))
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_in_loop(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  for (; s; s = s->Next) {
    if (s->Kind == 1)
      KeEnterCriticalRegion();
    if (s->Other)
      irp->IoStatus.Information = 1;
    if (s->Kind == 1)
      KeLeaveCriticalRegion();
  }
  return STATUS_SUCCESS;
}

NTSTATUS ok_other_pointer(PDEVICE_OBJECT device, PIRP irp) {
  ULONG entered;
  PULONG p = &entered;
  PFILE_STATE s = device->DeviceExtension;
  if (s->Flags) {
    KeEnterCriticalRegion();
    entered = 1;
  } else {
    entered = 0;
  }
  if (s->Other)
    irp->IoStatus.Information = 1;
  if (*p)
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// The first path that comes to the join is not the one that breaks the rule.
NTSTATUS bad_set_before(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  KeEnterCriticalRegion();
  if (s->Other)
    s->Count = 2;
  else
    s->Count = 3;
  if (irp->Flags)
    irp->IoStatus.Information = 1;
  if (s->Count == 2)
    return STATUS_PENDING; // expected-warning {{a critical region}}
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS bad_by_callee(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_STATE s = device->DeviceExtension;
  KeEnterCriticalRegion();
  if (irp->Flags)
    s->Kind = 0;
  else
    s->Kind = 1;
  if (s->Other)
    irp->IoStatus.Information = 1;
  if (wants(s))
    return STATUS_PENDING; // expected-warning {{a critical region}}
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS bad_last_round(PDEVICE_OBJECT device, PIRP irp) {
  ULONG i;
  KeEnterCriticalRegion();
  for (i = 0; i < 3; ++i)
    if (irp->Flags)
      irp->IoStatus.Information = i;
  if (i == 3)
    return STATUS_PENDING; // expected-warning {{a critical region}}
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS bad_through_pointer(PDEVICE_OBJECT device, PIRP irp) {
  ULONG entered = 0;
  PULONG p = &entered;
  PFILE_STATE s = device->DeviceExtension;
  if (s->Flags)
    KeEnterCriticalRegion();
  if (s->Other)
    *p = 1;
  if (entered)
    return STATUS_PENDING; // expected-warning {{a critical region}}
  if (s->Flags)
    KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
