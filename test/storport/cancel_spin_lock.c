// RUN: %ddi %s --rules storport.CancelSpinLock,wdm.CancelSpinLock
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

HW_STARTIO ok_pair, bad_kept;
BOOLEAN ok_pair(PVOID context, PSCSI_REQUEST_BLOCK srb) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  IoReleaseCancelSpinLock(old);
  return TRUE;
}

BOOLEAN bad_kept(PVOID context, PSCSI_REQUEST_BLOCK srb) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  return TRUE; // expected-warning {{Returns with 'the cancel spin lock' still held [ddi.storport.CancelSpinLock]}}
}

VOID bad_twice(VOID) {
  KIRQL old, again;
  IoAcquireCancelSpinLock(&old);
  IoAcquireCancelSpinLock(&again); // expected-warning {{'IoAcquireCancelSpinLock' on 'the cancel spin lock', which this path holds: deadlock [ddi.storport.CancelSpinLock]}}
  IoReleaseCancelSpinLock(old);
}

VOID bad_released_twice(VOID) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  IoReleaseCancelSpinLock(old);
  IoReleaseCancelSpinLock(old); // expected-warning {{'IoReleaseCancelSpinLock' releases 'the cancel spin lock', which this path does not hold [ddi.storport.CancelSpinLock]}}
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(VOID) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'the cancel spin lock' held, which is released on other paths with the same result [ddi.storport.CancelSpinLock]}}
  IoReleaseCancelSpinLock(old);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(VOID);
HELPER *const Helpers[] = {bad_kept_on_one_way};
