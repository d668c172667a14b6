// One driver file that registers both kinds: which routine serves which is not
// known, so nothing is said.
// RUN: %ddi %s --rules storport.HwStorPortProhibitedDDIs
#include <wdm.h>
#include <storport.h>

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  HW_INITIALIZATION_DATA data = {0};
  VIRTUAL_HW_INITIALIZATION_DATA virtualData = {0};
  if (StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&virtualData,
                         NULL) == 0)
    return STATUS_SUCCESS;
  return StorPortInitialize(driver, path, &data, NULL);
}

VOID ok_file(HANDLE handle) { ZwClose(handle); }
