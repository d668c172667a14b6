// What kind of miniport it is does not show: silence.
// RUN: %ddi %s --rules storport.HwStorPortProhibitedDDIs
#include <wdm.h>
#include <storport.h>

PHW_INITIALIZATION_DATA Describe(BOOLEAN isVirtual);

VOID ok_file(HANDLE handle) { ZwClose(handle); }

VOID ok_resource(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}
