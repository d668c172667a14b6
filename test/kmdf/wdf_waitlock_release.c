// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

typedef struct _CTX {
  WDFWAITLOCK Lock;
} CTX, *PCTX;

EVT_WDF_WORKITEM ok_pair;
VOID ok_pair(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  WdfWaitLockAcquire(c->Lock, NULL);
  WdfWaitLockRelease(c->Lock);
}

EVT_WDF_WORKITEM bad_after_a_timeout;
VOID bad_after_a_timeout(WDFWORKITEM item) {
  PCTX c = (PCTX)item;
  LONGLONG now = 0;
  if (WdfWaitLockAcquire(c->Lock, &now) != STATUS_SUCCESS)
    WdfWaitLockRelease(c->Lock); // expected-warning {{'WdfWaitLockRelease' releases 'c->Lock', which this path does not hold [ddi.kmdf.WdfWaitlockRelease]}}
  else
    WdfWaitLockRelease(c->Lock);
  return; // expected-warning {{[ddi.wdm.CriticalRegions]}}
}

VOID bad_released_twice(PCTX c) {
  WdfWaitLockAcquire(c->Lock, NULL);
  WdfWaitLockRelease(c->Lock);
  WdfWaitLockRelease(c->Lock); // expected-warning {{releases 'c->Lock', which this path does not hold}} {{[ddi.wdm.CriticalRegions]}}
}
