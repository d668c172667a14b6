// RUN: %ddi %s --rules wdm.MarkingQueuedIrps
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  LIST_ENTRY Queue, Other, Nodes;
  KDEVICE_QUEUE DeviceQueue;
} EXTENSION, *PEXTENSION;

typedef struct _NODE {
  LIST_ENTRY Link;
  PIRP Irp;
} NODE, *PNODE;

// --- ok ---

DRIVER_DISPATCH ok_before, ok_under_the_lock, ok_taken_out_again, ok_no_spin_lock, ok_another_irp,
    ok_other_entry, ok_device_queue_busy, ok_fast_mutex, ok_by_helper;
NTSTATUS ok_before(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  IoMarkIrpPending(irp);
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
  return STATUS_PENDING;
}

NTSTATUS ok_under_the_lock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  IoMarkIrpPending(irp);
  KeReleaseSpinLock(&ext->Lock, old);
  return STATUS_PENDING;
}

NTSTATUS ok_taken_out_again(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertHeadList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  RemoveEntryList(&irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
  IoMarkIrpPending(irp);
  return STATUS_PENDING;
}

// Who else reads the list nobody says.
NTSTATUS ok_no_spin_lock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  LIST_ENTRY mine;
  InitializeListHead(&mine);
  InsertTailList(&mine, &irp->Tail.Overlay.ListEntry);
  IoMarkIrpPending(irp);
  return STATUS_PENDING;
}

NTSTATUS ok_fast_mutex(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  ExAcquireFastMutex(&ext->Mutex);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  IoMarkIrpPending(irp);
  ExReleaseFastMutex(&ext->Mutex);
  return STATUS_PENDING;
}

NTSTATUS ok_another_irp(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  PIRP other = ext->Queue.Flink ? CONTAINING_RECORD(ext->Queue.Flink, IRP, Tail.Overlay.ListEntry)
                                : NULL;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  if (other)
    InsertTailList(&ext->Other, &other->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
  IoMarkIrpPending(irp);
  return STATUS_PENDING;
}

NTSTATUS ok_other_entry(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  PNODE node = irp->UserBuffer;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertTailList(&ext->Nodes, &node->Link);
  KeReleaseSpinLock(&ext->Lock, old);
  IoMarkIrpPending(irp);
  return STATUS_PENDING;
}

NTSTATUS ok_device_queue_busy(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  IoMarkIrpPending(irp);
  KeInsertDeviceQueue(&ext->DeviceQueue, &irp->Tail.Overlay.DeviceQueueEntry);
  return STATUS_PENDING;
}

static VOID queue(PEXTENSION ext, PIRP irp) {
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
}

NTSTATUS ok_by_helper(PDEVICE_OBJECT device, PIRP irp) {
  IoMarkIrpPending(irp);
  queue(device->DeviceExtension, irp);
  return STATUS_PENDING;
}

// --- bad ---

DRIVER_DISPATCH bad_after, bad_head, bad_by_helper, bad_device_queue, bad_in_stack;
NTSTATUS bad_after(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in a queue, and whose lock is released: it may be completed by now [ddi.wdm.MarkingQueuedIrps]}}
  return STATUS_PENDING;
}

NTSTATUS bad_head(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  InsertHeadList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  KeReleaseSpinLock(&ext->Lock, old);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in a queue}}
  return STATUS_PENDING;
}

NTSTATUS bad_in_stack(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->Lock, &handle);
  InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);
  KeReleaseInStackQueuedSpinLock(&handle);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in a queue}}
  return STATUS_PENDING;
}

NTSTATUS bad_by_helper(PDEVICE_OBJECT device, PIRP irp) {
  queue(device->DeviceExtension, irp);
  IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in a queue}}
  return STATUS_PENDING;
}

NTSTATUS bad_device_queue(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (KeInsertByKeyDeviceQueue(&ext->DeviceQueue, &irp->Tail.Overlay.DeviceQueueEntry, 1))
    IoMarkIrpPending(irp); // expected-warning {{'IoMarkIrpPending' on an IRP that is in a queue}}
  return STATUS_PENDING;
}
