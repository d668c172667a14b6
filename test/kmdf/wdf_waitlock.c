// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>
#include <ntifs.h>

typedef struct _CTX {
  WDFWAITLOCK Lock;
  ERESOURCE Resource;
  BOOLEAN Removed;
} CTX, *PCTX;

EVT_WDF_WORKITEM ok_released_on_all_paths;
VOID ok_released_on_all_paths(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  WdfWaitLockAcquire(c->Lock, NULL);
  if (c->Removed) {
    WdfWaitLockRelease(c->Lock);
    return;
  }
  WdfWaitLockRelease(c->Lock);
}

EVT_WDF_WORKITEM ok_timed_out;
VOID ok_timed_out(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  LONGLONG timeout = -10000;
  if (WdfWaitLockAcquire(c->Lock, &timeout) != STATUS_SUCCESS)
    return;
  WdfWaitLockRelease(c->Lock);
}

// It does not wait for itself.
VOID ok_asked_for_again_without_a_wait(PCTX c) {
  LONGLONG now = 0;
  WdfWaitLockAcquire(c->Lock, NULL);
  if (WdfWaitLockAcquire(c->Lock, &now) == STATUS_SUCCESS)
    WdfWaitLockRelease(c->Lock);
  WdfWaitLockRelease(c->Lock);
}

// The framework has entered a critical region.
DRIVER_DISPATCH ok_resource_under_wait_lock;
NTSTATUS ok_resource_under_wait_lock(PDEVICE_OBJECT device, PIRP irp) {
  PCTX c = (PCTX)device;
  WdfWaitLockAcquire(c->Lock, NULL);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  WdfWaitLockRelease(c->Lock);
  return STATUS_SUCCESS;
}

// Whether an object's lock has a critical region around it depends on the object.
DRIVER_DISPATCH ok_resource_under_object_lock;
NTSTATUS ok_resource_under_object_lock(PDEVICE_OBJECT device, PIRP irp) {
  PCTX c = (PCTX)device;
  WdfObjectAcquireLock(device);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  WdfObjectReleaseLock(device);
  return STATUS_SUCCESS;
}

VOID bad_twice(PCTX c) {
  WdfWaitLockAcquire(c->Lock, NULL);
  WdfWaitLockAcquire(c->Lock, NULL); // expected-warning {{'WdfWaitLockAcquire' on 'c->Lock', which this path holds: deadlock [ddi.kmdf.WdfWaitlock]}}
  WdfWaitLockRelease(c->Lock);
  WdfWaitLockRelease(c->Lock);
}

EVT_WDF_IO_QUEUE_IO_READ bad_held_at_the_end;
VOID bad_held_at_the_end(WDFQUEUE queue, WDFREQUEST request, size_t length) {
  PCTX c = (PCTX)queue;
  WdfWaitLockAcquire(c->Lock, NULL);
  if (c->Removed)
    return; // expected-warning {{Returns with 'c->Lock' still held [ddi.kmdf.WdfWaitlock]}} {{[ddi.wdm.CriticalRegions]}}
  WdfWaitLockRelease(c->Lock);
}

EVT_WDF_DPC bad_wait_in_a_dpc;
VOID bad_wait_in_a_dpc(WDFDPC dpc) {
  PCTX c = (PCTX)dpc;
  WdfWaitLockAcquire(c->Lock, NULL); // expected-warning {{[ddi.kmdf.KmdfIrql]}}
  WdfWaitLockRelease(c->Lock);
}

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PCTX c) {
  WdfWaitLockAcquire(c->Lock, NULL);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'c->Lock' held, which is released on other paths with the same result [ddi.kmdf.WdfWaitlock]}} {{[ddi.wdm.CriticalRegions]}}
  WdfWaitLockRelease(c->Lock);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PCTX c);
HELPER *const Helper = bad_held_on_one_of_two_ways;
