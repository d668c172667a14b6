// RUN: %ddi %s --rules storport.QueuedSpinLockRelease,wdm.QueuedSpinLockRelease
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

VOID ok_pair(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
}

VOID bad_released_twice(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeReleaseInStackQueuedSpinLock(&handle); // expected-warning {{'KeReleaseInStackQueuedSpinLock' releases 'handle', which this path does not hold [ddi.storport.QueuedSpinLockRelease]}}
}
