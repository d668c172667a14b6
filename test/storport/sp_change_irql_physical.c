// Storport's own locks, in a physical miniport.
// RUN: %ddi %s --rules storport.SpChangeIrql,wdm.IrqlReturn
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

BOOLEAN ok_pair(PVOID ext) {
  STOR_LOCK_HANDLE lock;
  StorPortAcquireSpinLock(ext, DpcLock, NULL, &lock);
  StorPortReleaseSpinLock(ext, &lock);
  return TRUE;
}

BOOLEAN bad_early_return(PEXTENSION ext) {
  STOR_LOCK_HANDLE lock;
  StorPortAcquireSpinLock(ext, DpcLock, NULL, &lock);
  if (ext->Removed)
    return FALSE; // expected-warning {{Returns at DISPATCH_LEVEL or above, set by 'StorPortAcquireSpinLock' on line 26: the level at entry was not restored [ddi.storport.SpChangeIrql]}}
  StorPortReleaseSpinLock(ext, &lock);
  return TRUE;
}
