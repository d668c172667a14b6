// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>
#include <ntifs.h>

typedef struct _CTX {
  WDFINTERRUPT Interrupt, Other;
  ERESOURCE Resource;
  BOOLEAN Removed;
} CTX, *PCTX;

EVT_WDF_DPC ok_pair;
VOID ok_pair(WDFDPC dpc) {
  PCTX c = (PCTX)dpc;
  WdfInterruptAcquireLock(c->Interrupt);
  WdfInterruptReleaseLock(c->Interrupt);
}

EVT_WDF_WORKITEM ok_tried;
VOID ok_tried(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  if (!WdfInterruptTryToAcquireLock(c->Interrupt))
    return;
  WdfInterruptReleaseLock(c->Interrupt);
}

// One that is handled at PASSIVE_LEVEL has a critical region around it.
DRIVER_DISPATCH ok_resource_under_it;
NTSTATUS ok_resource_under_it(PDEVICE_OBJECT device, PIRP irp) {
  PCTX c = (PCTX)device;
  if (WdfInterruptTryToAcquireLock(c->Interrupt)) {
    ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
    ExReleaseResourceLite(&c->Resource);
    WdfInterruptReleaseLock(c->Interrupt);
  }
  return STATUS_SUCCESS;
}

EVT_WDF_INTERRUPT_ISR ok_another_in_an_isr;
BOOLEAN ok_another_in_an_isr(WDFINTERRUPT interrupt, ULONG message) {
  PCTX c = (PCTX)interrupt;
  WdfInterruptAcquireLock(c->Other);
  WdfInterruptReleaseLock(c->Other);
  return TRUE;
}

VOID bad_twice(PCTX c) {
  WdfInterruptAcquireLock(c->Interrupt);
  WdfInterruptAcquireLock(c->Interrupt); // expected-warning {{'WdfInterruptAcquireLock' on 'c->Interrupt', which this path holds: deadlock [ddi.kmdf.WdfInterruptLock]}}
  WdfInterruptReleaseLock(c->Interrupt);
}

EVT_WDF_DPC bad_held_at_the_end;
VOID bad_held_at_the_end(WDFDPC dpc) {
  PCTX c = (PCTX)dpc;
  WdfInterruptAcquireLock(c->Interrupt);
  if (c->Removed)
    return; // expected-warning {{Returns with 'c->Interrupt' still held [ddi.kmdf.WdfInterruptLock]}}
  WdfInterruptReleaseLock(c->Interrupt);
}

EVT_WDF_INTERRUPT_ISR bad_in_its_isr;
BOOLEAN bad_in_its_isr(WDFINTERRUPT interrupt, ULONG message) {
  WdfInterruptAcquireLock(interrupt); // expected-warning {{'WdfInterruptAcquireLock' on 'interrupt', which this path holds}}
  WdfInterruptReleaseLock(interrupt);
  return TRUE;
}

static VOID Disarm(WDFINTERRUPT interrupt) {
  WdfInterruptAcquireLock(interrupt); // expected-warning {{on 'interrupt', which this path holds}}
  WdfInterruptReleaseLock(interrupt);
}
EVT_WDF_INTERRUPT_SYNCHRONIZE bad_in_its_synchronize;
BOOLEAN bad_in_its_synchronize(WDFINTERRUPT interrupt, PVOID context) {
  Disarm(interrupt);
  return TRUE;
}

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PCTX c) {
  WdfInterruptAcquireLock(c->Interrupt);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'c->Interrupt' held, which is released on other paths with the same result [ddi.kmdf.WdfInterruptLock]}}
  WdfInterruptReleaseLock(c->Interrupt);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PCTX c);
HELPER *const Helper = bad_held_on_one_of_two_ways;
