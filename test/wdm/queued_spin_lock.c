// RUN: %ddi %s --rules wdm.QueuedSpinLock
#include <wdm.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

// --- ok ---

VOID ok_pair(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
}

VOID ok_two_handles(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE first, second;
  KeAcquireInStackQueuedSpinLock(&ext->A, &first);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->B, &second);
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&second);
  KeReleaseInStackQueuedSpinLock(&first);
}

VOID ok_one_handle_after_the_other(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeAcquireInStackQueuedSpinLock(&ext->B, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
}

static VOID lock(PEXTENSION ext, PKLOCK_QUEUE_HANDLE handle) {
  KeAcquireInStackQueuedSpinLock(&ext->A, handle);
}

DRIVER_DISPATCH ok_through_helper;
NTSTATUS ok_through_helper(PDEVICE_OBJECT device, PIRP irp) {
  KLOCK_QUEUE_HANDLE handle;
  lock(device->DeviceExtension, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

VOID ok_threaded_dpc(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLockForDpc(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLockForDpc(&handle);
}

// --- bad ---

VOID bad_twice(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE first, second;
  KeAcquireInStackQueuedSpinLock(&ext->A, &first);
  KeAcquireInStackQueuedSpinLockAtDpcLevel(&ext->A, &second); // expected-warning {{'KeAcquireInStackQueuedSpinLockAtDpcLevel' on 'ext->A', which this path holds: deadlock [ddi.wdm.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLockFromDpcLevel(&second);
  KeReleaseInStackQueuedSpinLock(&first);
}

VOID bad_handle_in_use(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeAcquireInStackQueuedSpinLock(&ext->B, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLock' with the handle 'handle', which is in use for another lock [ddi.wdm.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return; // expected-warning {{Returns with 'ext->A' still held}}
}

DRIVER_DISPATCH bad_early_return, bad_kept_through_helper;
NTSTATUS bad_early_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->A' still held [ddi.wdm.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

NTSTATUS bad_kept_through_helper(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  lock(ext, &handle);
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->A' still held}}
}

VOID bad_never_initialised(VOID) {
  KLOCK_QUEUE_HANDLE handle;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLock' on 'ext->A', which was never initialised [ddi.wdm.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  ExFreePoolWithTag(ext, TAG);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->A' held, which is released on other paths with the same result [ddi.wdm.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
