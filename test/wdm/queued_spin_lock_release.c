// RUN: %ddi %s --rules wdm.QueuedSpinLockRelease
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_pair, ok_handle_of_the_caller, bad_never_acquired;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

static VOID unlock(PKLOCK_QUEUE_HANDLE handle) {
  KeReleaseInStackQueuedSpinLock(handle);
}

NTSTATUS ok_handle_of_the_caller(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  unlock(&handle);
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_released_twice(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeReleaseInStackQueuedSpinLock(&handle); // expected-warning {{'KeReleaseInStackQueuedSpinLock' releases 'handle', which this path does not hold [ddi.wdm.QueuedSpinLockRelease]}}
}

NTSTATUS bad_never_acquired(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  if (!ext->Removed)
    KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle); // expected-warning {{'KeReleaseInStackQueuedSpinLock' releases 'handle', which this path does not hold}}
  return STATUS_SUCCESS;
}
