// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

typedef struct _CTX {
  WDFINTERRUPT Interrupt;
} CTX, *PCTX;

EVT_WDF_DPC ok_pair;
VOID ok_pair(WDFDPC dpc) {
  PCTX c = (PCTX)dpc;
  WdfInterruptAcquireLock(c->Interrupt);
  WdfInterruptReleaseLock(c->Interrupt);
}

VOID bad_released_twice(PCTX c) {
  WdfInterruptAcquireLock(c->Interrupt);
  WdfInterruptReleaseLock(c->Interrupt);
  WdfInterruptReleaseLock(c->Interrupt); // expected-warning {{'WdfInterruptReleaseLock' releases 'c->Interrupt', which this path does not hold [ddi.kmdf.WdfInterruptLockRelease]}}
}

EVT_WDF_WORKITEM bad_after_a_failed_try;
VOID bad_after_a_failed_try(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  if (!WdfInterruptTryToAcquireLock(c->Interrupt)) {
    WdfInterruptReleaseLock(c->Interrupt); // expected-warning {{releases 'c->Interrupt', which this path does not hold}}
    return;
  }
  WdfInterruptReleaseLock(c->Interrupt);
}
