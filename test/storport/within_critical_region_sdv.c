// RUN: %ddi %s --strictness sdv --rules storport,wdm.WithinCriticalRegion
#include <wdm.h>
#include <storport.h>

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

VOID ok_critical_region(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID bad_guarded_region(PERESOURCE r) {
  KeEnterGuardedRegion();
  ExAcquireResourceSharedLite(r, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' outside of a critical region [ddi.storport.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
  KeLeaveGuardedRegion();
}
