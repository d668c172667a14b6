// A function is entered as what its pointer ends up as, however it gets there:
// through locals, tables, members, parameters, results and macros.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  KDPC Dpc;
  NTSTATUS (*Handler)(PDEVICE_OBJECT, PIRP);
  VOID (*OwnCallback)(PKDPC, PVOID, PVOID, PVOID);
} EXTENSION, *PEXTENSION;

typedef NTSTATUS HANDLER(PDEVICE_OBJECT device, PIRP irp);
typedef VOID WORKER(PKDPC dpc, PVOID context, PVOID one, PVOID two);

static HANDLER bad_local, bad_either, bad_or, bad_table, bad_array, bad_member,
    bad_cast, bad_result;
static WORKER ok_own_callback, bad_dpc_of_helper, bad_dpc_of_comma;
static VOID bad_cancel(PDEVICE_OBJECT device, PIRP irp);
static VOID ok_thread(PVOID context);

static const struct {
  UCHAR Major;
  NTSTATUS (*Handler)(PDEVICE_OBJECT, PIRP);
} Table[] = {{IRP_MJ_CREATE, bad_table}, {IRP_MJ_CLOSE, bad_table}};

static NTSTATUS (*Array[])(PDEVICE_OBJECT, PIRP) = {bad_array, NULL};

static VOID QueueDpc(PEXTENSION ext, VOID (*routine)(PKDPC, PVOID, PVOID, PVOID)) {
  KeInitializeDpc(&ext->Dpc, (PKDEFERRED_ROUTINE)routine, ext);
}

static NTSTATUS (*Choose(VOID))(PDEVICE_OBJECT, PIRP) { return bad_result; }

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  PEXTENSION ext = driver->DeviceObject->DeviceExtension;
  NTSTATUS (*local)(PDEVICE_OBJECT, PIRP) = bad_local;
  NTSTATUS (**pointer)(PDEVICE_OBJECT, PIRP) = Array;
  ULONG i;
  driver->MajorFunction[0] = local;
  driver->MajorFunction[2] = path ? bad_either : bad_or;
  for (i = 0; i < 2; i++)
    driver->MajorFunction[Table[i].Major] = Table[i].Handler;
  driver->MajorFunction[3] = pointer[0];
  ext->Handler = bad_member;
  driver->MajorFunction[4] = ext->Handler;
  driver->MajorFunction[5] = (PVOID)bad_cast;
  driver->MajorFunction[6] = Choose();
  QueueDpc(ext, bad_dpc_of_helper);
  QueueDpc(ext, (i++, bad_dpc_of_comma));
  ext->OwnCallback = ok_own_callback;
  return STATUS_SUCCESS;
}

NTSTATUS ok_start(PIRP irp, PEXTENSION ext) {
  HANDLE thread;
  VOID (*start)(PVOID) = ok_thread;
  IoSetCancelRoutine(irp, bad_cancel);
  return PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, start, ext);
}

// --- ok ---

// Entered by the driver alone, whoever does so.
static VOID ok_own_callback(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

static VOID ok_thread(PVOID context) {
  PEXTENSION ext = context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

// --- bad ---

static NTSTATUS bad_local(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_either(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_or(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_table(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_array(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_member(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_cast(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static NTSTATUS bad_result(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

static VOID bad_dpc_of_helper(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
}

static VOID bad_dpc_of_comma(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
}

static VOID bad_cancel(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
  IoReleaseCancelSpinLock(irp->CancelIrql);
}
