// How the system enters a driver decides what is known at the entry.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  KDPC Dpc;
} EXTENSION, *PEXTENSION;

static NTSTATUS bad_registered_dispatch(PDEVICE_OBJECT device, PIRP irp);
static VOID bad_registered_unload(PDRIVER_OBJECT driver);
static NTSTATUS bad_registered_add_device(PDRIVER_OBJECT driver,
                                          PDEVICE_OBJECT device);
static VOID ok_registered_thread(PVOID context);
static VOID ok_registered_work_item(PDEVICE_OBJECT device, PVOID context);
static VOID bad_registered_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two);

VOID Unknown(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  UNREFERENCED_PARAMETER(path);
  driver->MajorFunction[IRP_MJ_READ] = bad_registered_dispatch;
  driver->DriverUnload = bad_registered_unload;
  driver->DriverExtension->AddDevice = bad_registered_add_device;
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID ok_start(PEXTENSION ext, PDEVICE_OBJECT device, PIO_WORKITEM item) {
  HANDLE thread;
  KeInitializeDpc(&ext->Dpc, bad_registered_dpc, ext);
  IoQueueWorkItem(item, ok_registered_work_item, DelayedWorkQueue, ext);
  PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, ok_registered_thread, ext);
  UNREFERENCED_PARAMETER(device);
}

// --- ok ---

// It starts inside a critical region.
static VOID ok_registered_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

static VOID ok_registered_work_item(PDEVICE_OBJECT device, PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  UNREFERENCED_PARAMETER(device);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

// The level at which a completion routine runs, and the region, are not known;
// giving back what dispatch took is its job.
IO_COMPLETION_ROUTINE ok_completion;
NTSTATUS ok_completion(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(irp);
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

// A role by the typedef, and a definition that does not repeat it.
DRIVER_ADD_DEVICE ok_add_device;
NTSTATUS ok_add_device(PDRIVER_OBJECT driver, PDEVICE_OBJECT device) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(driver);
  ExInitializeResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

// A role that also has callers.
DRIVER_DISPATCH ok_dispatch_called_too;
NTSTATUS ok_dispatch_called_too(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_calls_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  return ok_dispatch_called_too(device, irp);
}

// --- bad ---

static NTSTATUS bad_registered_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

static VOID bad_registered_unload(PDRIVER_OBJECT driver) {
  UNREFERENCED_PARAMETER(driver);
  KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_registered_add_device(PDRIVER_OBJECT driver,
                                          PDEVICE_OBJECT device) {
  UNREFERENCED_PARAMETER(driver);
  UNREFERENCED_PARAMETER(device);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns with one critical region left too many}}
}

static VOID bad_registered_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  UNREFERENCED_PARAMETER(dpc);
  UNREFERENCED_PARAMETER(context);
  UNREFERENCED_PARAMETER(one);
  UNREFERENCED_PARAMETER(two);
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL, at which the system enters 'bad_registered_dpc' as KDEFERRED_ROUTINE}}
  KeLeaveCriticalRegion();
}

DRIVER_CANCEL bad_cancel;
VOID bad_cancel(PDEVICE_OBJECT device, PIRP irp) {
  UNREFERENCED_PARAMETER(device);
  KeEnterGuardedRegion(); // expected-warning {{'KeEnterGuardedRegion' is called at DISPATCH_LEVEL, at which the system enters 'bad_cancel' as DRIVER_CANCEL}}
  KeLeaveGuardedRegion();
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

DRIVER_DISPATCH bad_dispatch_called_too;
NTSTATUS bad_dispatch_called_too(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

VOID bad_but_not_here(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  bad_dispatch_called_too(device, irp);
  KeLeaveCriticalRegion();
}
