// Fast I/O is registered by a table or by stores to one, and entered as a
// dispatch routine is; what holds a file for the system may keep it.
// RUN: %ddi %s
#include <ntifs.h>

static ERESOURCE Lock;

static VOID ok_hold_the_file(struct _FILE_OBJECT *file) {
  UNREFERENCED_PARAMETER(file);
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
}

static VOID bad_in_a_table(PDEVICE_OBJECT source, PDEVICE_OBJECT target) {
  UNREFERENCED_PARAMETER(source);
  UNREFERENCED_PARAMETER(target);
  KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

static VOID bad_stored(PDEVICE_OBJECT source, PDEVICE_OBJECT target) {
  UNREFERENCED_PARAMETER(source);
  UNREFERENCED_PARAMETER(target);
  KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

static FAST_IO_DISPATCH Table = {
    .SizeOfFastIoDispatch = sizeof(FAST_IO_DISPATCH),
    .AcquireFileForNtCreateSection = ok_hold_the_file,
    .FastIoDetachDevice = bad_in_a_table,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  UNREFERENCED_PARAMETER(path);
  driver->FastIoDispatch = &Table;
  driver->FastIoDispatch->FastIoDetachDevice = bad_stored;
  return STATUS_SUCCESS;
}
