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
  IoAcquireCancelSpinLock(&again); // expected-warning {{'IoAcquireCancelSpinLock' on 'the cancel spin lock', which this path holds: deadlock}}
  IoReleaseCancelSpinLock(old);
}

VOID bad_released_twice(VOID) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  IoReleaseCancelSpinLock(old);
  IoReleaseCancelSpinLock(old); // expected-warning {{'IoReleaseCancelSpinLock' releases 'the cancel spin lock', which this path does not hold}}
}
