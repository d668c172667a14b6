// RUN: %ddi %s --rules wdm
#include <wdm.h>

typedef struct _EXTENSION {
  FAST_MUTEX Mutex;
  KGUARDED_MUTEX Guarded;
  KMUTEX Owner;
  HANDLE File;
  IO_STATUS_BLOCK Status;
  UCHAR Buffer[16];
} EXTENSION, *PEXTENSION;

static VOID read(PEXTENSION ext) {
  ZwReadFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL); // expected-warning {{'ZwReadFile' with special kernel APCs disabled: it waits for one [ddi.wdm.SpecialKernelApcs]}}
}

// --- ok ---

VOID ok_plain(PEXTENSION ext) { read(ext); }

VOID ok_in_critical_region(PEXTENSION ext) {
  KeEnterCriticalRegion();
  read(ext);
  KeLeaveCriticalRegion();
}

// A mutex object holds off normal kernel APCs alone.
VOID ok_with_mutex_object(PEXTENSION ext) {
  KeWaitForMutexObject(&ext->Owner, Executive, KernelMode, FALSE, NULL);
  read(ext);
  KeReleaseMutex(&ext->Owner, FALSE);
}

VOID ok_after_guarded_region(PEXTENSION ext) {
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
  read(ext);
}

// It waits for nothing.
VOID ok_close_in_guarded_region(PEXTENSION ext) {
  KeEnterGuardedRegion();
  ZwClose(ext->File);
  KeLeaveGuardedRegion();
}

// Whether it is in one is not known.
IO_WORKITEM_ROUTINE ok_work_item;
VOID ok_work_item(PDEVICE_OBJECT device, PVOID context) { read(context); }

// --- bad ---

VOID bad_in_guarded_region(PEXTENSION ext) {
  KeEnterGuardedRegion();
  read(ext);
  KeLeaveGuardedRegion();
}

VOID bad_two_in_guarded_region(PEXTENSION ext) {
  KeEnterGuardedRegion();
  ZwWriteFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL); // expected-warning {{'ZwWriteFile' with special kernel APCs disabled: it waits for one}}
  ZwQueryInformationFile(ext->File, &ext->Status, ext->Buffer, 16, FileStandardInformation); // told once
  KeLeaveGuardedRegion();
}

VOID bad_in_both_regions(PEXTENSION ext) {
  KeEnterCriticalRegion();
  KeEnterGuardedRegion();
  ZwQueryInformationFile(ext->File, &ext->Status, ext->Buffer, 16, FileStandardInformation); // expected-warning {{'ZwQueryInformationFile' with special kernel APCs disabled}}
  KeLeaveGuardedRegion();
  KeLeaveCriticalRegion();
}

// The level is what is wrong, and is told alone.
VOID bad_level_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ZwWriteFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL); // expected-warning {{'ZwWriteFile' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_level_under_guarded_mutex(PEXTENSION ext) {
  KeAcquireGuardedMutex(&ext->Guarded);
  ZwWriteFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL); // expected-warning {{'ZwWriteFile' is called at APC_LEVEL, set by 'KeAcquireGuardedMutex'}}
  KeReleaseGuardedMutex(&ext->Guarded);
}
