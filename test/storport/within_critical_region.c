// A virtual miniport: the rule goes by its Storport name.
// RUN: %ddi %s --rules storport,wdm.WithinCriticalRegion
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

HW_INITIALIZE ok_initialize;
HW_STARTIO bad_start_io;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  data.HwInitializationDataSize = sizeof data;
  data.HwInitialize = ok_initialize;
  data.HwStartIo = bad_start_io;
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

// --- ok ---

BOOLEAN ok_initialize(PVOID device) {
  PEXTENSION ext = (PEXTENSION)device;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
  return TRUE;
}

VOID ok_guarded_region(PERESOURCE r) {
  KeEnterGuardedRegion();
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveGuardedRegion();
}

VOID ok_combined_forms(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

KSTART_ROUTINE ok_system_thread;
VOID ok_system_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceForThreadLite(&ext->Resource, ExGetCurrentResourceThread());
}

// --- bad ---

VOID bad_acquire(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' with normal kernel APCs enabled: the thread is in no critical region [ddi.storport.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
}

VOID bad_release(PERESOURCE r) {
  ExReleaseResourceLite(r); // expected-warning {{'ExReleaseResourceLite' with normal kernel APCs enabled: the thread is in no critical region [ddi.storport.WithinCriticalRegion]}}
}

VOID bad_release_for_thread(PERESOURCE r) {
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread()); // expected-warning {{'ExReleaseResourceForThreadLite' with normal kernel APCs enabled: the thread is in no critical region [ddi.storport.WithinCriticalRegion]}}
}

VOID bad_left_while_held(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while 'r' is still held [ddi.storport.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
}
