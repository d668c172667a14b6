// A virtual miniport may call the kernel.
// RUN: %ddi %s --rules storport.HwStorPortProhibitedDDIs
#include <wdm.h>
#include <storport.h>

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

VOID ok_resource(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_file(HANDLE handle) { ZwClose(handle); }
