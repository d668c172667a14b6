// RUN: %ddi %s --rules wdm.MarkingInterlockedQueuedIrps,wdm.MarkingQueuedIrps
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  LIST_ENTRY Queue;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_before, ok_another_irp, bad_tail, bad_head;
NTSTATUS ok_before(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  IoMarkIrpPending(irp);
  ExInterlockedInsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry, &ext->Lock);
  return STATUS_PENDING;
}

NTSTATUS ok_another_irp(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  PIRP other = irp->UserBuffer;
  ExInterlockedInsertTailList(&ext->Queue, &other->Tail.Overlay.ListEntry, &ext->Lock);
  IoMarkIrpPending(irp);
  return STATUS_PENDING;
}

// --- bad ---

NTSTATUS bad_tail(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  ExInterlockedInsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry, &ext->Lock);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in an interlocked queue: it may be completed by now [ddi.wdm.MarkingInterlockedQueuedIrps]}}
  return STATUS_PENDING;
}

NTSTATUS bad_head(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  ExInterlockedInsertHeadList(&ext->Queue, &irp->Tail.Overlay.ListEntry, &ext->Lock);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in an interlocked queue}}
  return STATUS_PENDING;
}
