// RUN: %ddi %s --rules storport.SpinLockRelease,wdm.SpinlockRelease
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
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
}

VOID bad_released_twice(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' releases 'ext->A', which this path does not hold [ddi.storport.SpinLockRelease]}}
}
