// Shares of a remove lock: kept, handed on, released twice.
// RUN: %ddi %s
#include <wdm.h>

typedef struct _EXTENSION {
  IO_REMOVE_LOCK RemoveLock;
  PDEVICE_OBJECT LowerDevice;
  PIO_WORKITEM Item;
  PIRP Pending;
  BOOLEAN Failed;
} EXTENSION, *PEXTENSION;

IO_WORKITEM_ROUTINE Work;
BOOLEAN Decide(VOID);

// --- ok ---

DRIVER_DISPATCH ok_released;
NTSTATUS ok_released(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH ok_tags_nest;
NTSTATUS ok_tags_nest(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  if (NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, device)))
    IoReleaseRemoveLock(&ext->RemoveLock, device);
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH ok_handed_to_work_item;
NTSTATUS ok_handed_to_work_item(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoQueueWorkItem(ext->Item, Work, DelayedWorkQueue, irp);
  return STATUS_PENDING;
}

DRIVER_DISPATCH ok_pending;
NTSTATUS ok_pending(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoMarkIrpPending(irp);
  ext->Pending = irp;
  return STATUS_PENDING;
}

// What was acquired when the IRP came in is released where it is completed.
IO_WORKITEM_ROUTINE ok_released_for_another;
VOID ok_released_for_another(PDEVICE_OBJECT device, PVOID context) {
  PEXTENSION ext = device->DeviceExtension;
  IoReleaseRemoveLock(&ext->RemoveLock, context);
}

DRIVER_DISPATCH ok_waits_at_the_end;
NTSTATUS ok_waits_at_the_end(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);
  return STATUS_SUCCESS;
}

// Two names may be of one tag.
DRIVER_DISPATCH ok_another_name;
NTSTATUS ok_another_name(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  IoReleaseRemoveLock(&ext->RemoveLock, ext->Item);
  return STATUS_SUCCESS;
}

// --- bad ---

DRIVER_DISPATCH bad_kept;
NTSTATUS bad_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  NTSTATUS status = IoAcquireRemoveLock(&ext->RemoveLock, irp);
  if (!NT_SUCCESS(status))
    return status;
  if (ext->Failed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with a share of remove lock 'ext->RemoveLock' that is neither released nor handed on [ddi.wdm.RemoveLock]}}
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return STATUS_SUCCESS;
}

static NTSTATUS enter(PEXTENSION ext, PIRP irp) {
  return IoAcquireRemoveLock(&ext->RemoveLock, irp);
}

DRIVER_DISPATCH bad_kept_by_helper;
NTSTATUS bad_kept_by_helper(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(enter(ext, irp)))
    return STATUS_UNSUCCESSFUL;
  return STATUS_SUCCESS; // expected-warning {{Returns with a share of remove lock}}
}

DRIVER_DISPATCH bad_released_twice;
NTSTATUS bad_released_twice(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  if (ext->Failed)
    IoReleaseRemoveLock(&ext->RemoveLock, irp); // expected-warning {{'IoReleaseRemoveLock' releases 'ext->RemoveLock' with a tag for which this path has released it [ddi.wdm.RemoveLock]}}
  return STATUS_SUCCESS;
}

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext, PIRP irp) {
  if (!NT_SUCCESS(IoAcquireRemoveLock(&ext->RemoveLock, irp)))
    return STATUS_UNSUCCESSFUL;
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with a share of remove lock 'ext->RemoveLock', which is released on other paths with the same result [ddi.wdm.RemoveLock]}}
  IoReleaseRemoveLock(&ext->RemoveLock, irp);
  return STATUS_SUCCESS;
}
NTSTATUS (*const Helper)(PEXTENSION, PIRP) = bad_kept_on_one_way;
