// RUN: %ddi %s --rules storport.QueuedSpinLock,wdm.QueuedSpinLock
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
  KLOCK_QUEUE_HANDLE first, second;
  KeAcquireInStackQueuedSpinLock(&ext->A, &first);
  KeAcquireInStackQueuedSpinLock(&ext->B, &second);
  KeReleaseInStackQueuedSpinLock(&second);
  KeReleaseInStackQueuedSpinLock(&first);
}

VOID bad_handle_in_use(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  KeAcquireInStackQueuedSpinLock(&ext->B, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLock' with the handle 'handle', which is in use for another lock [ddi.storport.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return; // expected-warning {{Returns with 'ext->A' still held}}
}

VOID bad_twice(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE first, second;
  KeAcquireInStackQueuedSpinLock(&ext->A, &first);
  KeAcquireInStackQueuedSpinLock(&ext->A, &second); // expected-warning {{'KeAcquireInStackQueuedSpinLock' on 'ext->A', which this path holds: deadlock [ddi.storport.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&second);
  KeReleaseInStackQueuedSpinLock(&first);
}

HW_STARTIO bad_kept;
BOOLEAN bad_kept(PVOID context, PSCSI_REQUEST_BLOCK srb) {
  PEXTENSION ext = context;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  return TRUE; // expected-warning {{Returns with 'ext->A' still held [ddi.storport.QueuedSpinLock]}}
}

VOID bad_never_initialised(VOID) {
  KLOCK_QUEUE_HANDLE handle;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, 'tset');
  if (!ext)
    return;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle); // expected-warning {{'KeAcquireInStackQueuedSpinLock' on 'ext->A', which was never initialised [ddi.storport.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  ExFreePoolWithTag(ext, 'tset');
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&ext->A, &handle);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->A' held, which is released on other paths with the same result [ddi.storport.QueuedSpinLock]}}
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
