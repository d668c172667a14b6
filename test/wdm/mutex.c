// RUN: %ddi %s --rules wdm.Mutex
#include <wdm.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  KMUTEX Mutex;
  KEVENT Event;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_pair, ok_recursive, ok_timeout, ok_event, ok_wrapped;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

NTSTATUS ok_recursive(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

NTSTATUS ok_timeout(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  LARGE_INTEGER soon;
  NTSTATUS status;
  soon.QuadPart = -10000;
  status = KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, &soon);
  if (status != STATUS_SUCCESS)
    return status;
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

// What is no mutex is not held.
NTSTATUS ok_event(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Event, UserRequest, UserMode, FALSE, NULL);
  return STATUS_SUCCESS;
}

VOID ok_initialised(VOID) {
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  KeInitializeMutex(&ext->Mutex, 0);
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  ExFreePoolWithTag(ext, TAG);
}

// Through a pointer of no type.
static VOID wait_for(PVOID object) {
  KeWaitForSingleObject(object, Executive, KernelMode, FALSE, NULL);
}

NTSTATUS ok_wrapped(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  wait_for(&ext->Mutex);
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

// --- bad ---

DRIVER_DISPATCH bad_early_return, bad_counted, bad_user_mode;
NTSTATUS bad_early_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->Mutex' still held [ddi.wdm.Mutex]}}
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

NTSTATUS bad_counted(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Mutex' still held}}
}

NTSTATUS bad_user_mode(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForSingleObject(&ext->Mutex, UserRequest, UserMode, FALSE, NULL); // expected-warning {{'KeWaitForSingleObject' waits for mutex 'ext->Mutex' in user mode: KernelMode is demanded [ddi.wdm.Mutex]}}
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

VOID bad_never_initialised(VOID) {
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL); // expected-warning {{'KeWaitForSingleObject' on 'ext->Mutex', which was never initialised [ddi.wdm.Mutex]}}
  KeReleaseMutex(&ext->Mutex, FALSE);
  ExFreePoolWithTag(ext, TAG);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Mutex' held, which is released on other paths with the same result [ddi.wdm.Mutex]}}
  KeReleaseMutex(&ext->Mutex, FALSE);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
