// A physical miniport.
// RUN: %ddi %s --rules storport.HwStorPortProhibitedDDIs
#include <wdm.h>
#include <storport.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  ERESOURCE Resource;
  EX_PUSH_LOCK PushLock;
  KSPIN_LOCK SpinLock;
  FAST_MUTEX FastMutex;
} EXTENSION, *PEXTENSION;

HW_INITIALIZE ok_initialize;
HW_STARTIO ok_start_io;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  HW_INITIALIZATION_DATA data = {0};
  data.HwInitializationDataSize = sizeof data;
  data.HwInitialize = ok_initialize;
  data.HwStartIo = ok_start_io;
  return StorPortInitialize(driver, path, &data, NULL);
}

// --- ok ---

BOOLEAN ok_initialize(PVOID device) {
  UNREFERENCED_PARAMETER(device);
  return TRUE;
}

BOOLEAN ok_start_io(PVOID device, PSCSI_REQUEST_BLOCK srb) {
  STOR_LOCK_HANDLE handle = {DpcLock};
  UNREFERENCED_PARAMETER(srb);
  StorPortAcquireSpinLock(device, StartIoLock, NULL, &handle);
  StorPortReleaseSpinLock(device, &handle);
  return TRUE;
}

VOID ok_memory_routines(PVOID to, const VOID *from, SIZE_T size) {
  RtlZeroMemory(to, size);
  RtlCopyMemory(to, from, size);
}

// On no list.
VOID ok_not_listed(PEXTENSION ext) {
  ExAcquirePushLockExclusive(&ext->PushLock);
  ExReleasePushLockExclusive(&ext->PushLock);
}

static VOID helper(PEXTENSION ext) { UNREFERENCED_PARAMETER(ext); }

VOID ok_own_helper(PEXTENSION ext) { helper(ext); }

static ULONG ZwSetInformationVirtualMemory(VOID) { return 1; }

// A routine of the driver's own with a body is no DDI, whatever its name.
ULONG ok_own_routine_of_a_listed_name(VOID) { return ZwSetInformationVirtualMemory(); }

// --- bad ---

VOID bad_resource_exclusive(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' is prohibited in a physical Storport miniport [ddi.storport.HwStorPortProhibitedDDIs]}}
}

VOID bad_release_for_thread(PEXTENSION ext) {
  ExReleaseResourceForThreadLite(&ext->Resource, 0); // expected-warning {{'ExReleaseResourceForThreadLite' is prohibited}}
}

VOID bad_owner_pointer(PEXTENSION ext, PVOID owner) {
  ExSetResourceOwnerPointer(&ext->Resource, owner); // expected-warning {{'ExSetResourceOwnerPointer' is prohibited}}
  ExSetResourceOwnerPointerEx(&ext->Resource, owner, 0); // expected-warning {{'ExSetResourceOwnerPointerEx' is prohibited}}
}

VOID bad_combined_form(PEXTENSION ext) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(&ext->Resource); // expected-warning {{'ExEnterCriticalRegionAndAcquireResourceExclusive' is prohibited}}
  ExReleaseResourceAndLeaveCriticalRegion(&ext->Resource); // expected-warning {{'ExReleaseResourceAndLeaveCriticalRegion' is prohibited}}
}

VOID bad_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->FastMutex); // expected-warning {{'ExAcquireFastMutex' is prohibited}}
  ExReleaseFastMutex(&ext->FastMutex); // expected-warning {{'ExReleaseFastMutex' is prohibited}}
}

VOID bad_pool(VOID) {
  PVOID p = ExAllocatePoolWithTag(NonPagedPool, 16, TAG); // expected-warning {{'ExAllocatePoolWithTag' is prohibited}}
  UNREFERENCED_PARAMETER(p);
}

VOID bad_file(HANDLE handle) {
  ZwClose(handle); // expected-warning {{'ZwClose' is prohibited}}
}

VOID bad_region(VOID) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is prohibited}}
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' is prohibited}}
}

static VOID close(HANDLE handle) {
  ZwClose(handle); // expected-warning {{'ZwClose' is prohibited}}
}

VOID bad_through_helper(HANDLE handle) { close(handle); }

VOID bad_on_one_path(HANDLE handle, BOOLEAN now) {
  if (now)
    ZwClose(handle); // expected-warning {{'ZwClose' is prohibited}}
}

// The name on the list is that of a macro.
VOID bad_macro(PVOID object) {
  ObDereferenceObject(object); // expected-warning {{'ObDereferenceObject' is prohibited in a physical Storport miniport}}
}
