// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

typedef struct _CTX {
  WDFSPINLOCK Lock, Other;
  BOOLEAN Removed;
} CTX, *PCTX;

VOID ok_pair(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  WdfSpinLockRelease(c->Lock);
}

// Who calls it holds the lock.
static VOID Give(PCTX c) { WdfSpinLockRelease(c->Lock); }
VOID ok_released_for_the_caller(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  Give(c);
}

VOID bad_released_twice(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  WdfSpinLockRelease(c->Lock);
  WdfSpinLockRelease(c->Lock); // expected-warning {{'WdfSpinLockRelease' releases 'c->Lock', which this path does not hold [ddi.kmdf.WdfSpinLockRelease]}}
}

EVT_WDF_DPC bad_never_acquired;
VOID bad_never_acquired(WDFDPC dpc) {
  PCTX c = (PCTX)dpc;
  WdfSpinLockRelease(c->Lock); // expected-warning {{releases 'c->Lock', which this path does not hold}}
}
