// RUN: %ddi %s --rules storport.SpinLock,wdm.SpinLock
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

HW_STARTIO ok_pair, bad_early_return;
BOOLEAN ok_pair(PVOID context, PSCSI_REQUEST_BLOCK srb) {
  PEXTENSION ext = context;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->B);
  KeReleaseSpinLock(&ext->A, old);
  return TRUE;
}

VOID bad_twice(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->A); // expected-warning {{'KeAcquireSpinLockAtDpcLevel' on 'ext->A', which this path holds: deadlock [ddi.storport.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
}

BOOLEAN bad_early_return(PVOID context, PSCSI_REQUEST_BLOCK srb) {
  PEXTENSION ext = context;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (ext->Removed)
    return FALSE; // expected-warning {{Returns with 'ext->A' still held [ddi.storport.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  return TRUE;
}

VOID bad_never_initialised(VOID) {
  KIRQL old;
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, 'tset');
  if (!ext)
    return;
  KeAcquireSpinLock(&ext->A, &old); // expected-warning {{'KeAcquireSpinLock' on 'ext->A', which was never initialised [ddi.storport.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  ExFreePoolWithTag(ext, 'tset');
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->A' held, which is released on other paths with the same result [ddi.storport.SpinLock]}}
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
