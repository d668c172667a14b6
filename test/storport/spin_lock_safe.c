// RUN: %ddi %s --rules storport.SpinLockSafe,wdm.SpinLockSafe
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

VOID ok_after_release(PEXTENSION ext, PIRP irp) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
}

VOID bad_inside(PEXTENSION ext, PIRP irp) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called while this path holds 'ext->A' [ddi.storport.SpinLockSafe]}}
  KeReleaseSpinLock(&ext->A, old);
}
