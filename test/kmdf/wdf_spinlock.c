// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

typedef struct _CTX {
  WDFSPINLOCK Lock, Other;
  KSPIN_LOCK Plain;
  BOOLEAN Removed;
} CTX, *PCTX;

CTX *ContextOf(WDFDPC dpc);
VOID Unknown(VOID);

EVT_WDF_DPC ok_released_on_all_paths;
VOID ok_released_on_all_paths(WDFDPC dpc) {
  PCTX c = ContextOf(dpc);
  WdfSpinLockAcquire(c->Lock);
  if (c->Removed) {
    WdfSpinLockRelease(c->Lock);
    return;
  }
  WdfSpinLockRelease(c->Lock);
}

VOID ok_nested(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  WdfSpinLockAcquire(c->Other);
  WdfSpinLockRelease(c->Other);
  WdfSpinLockRelease(c->Lock);
}

VOID ok_after_a_call_that_may_change_the_handle(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  Unknown();
  WdfSpinLockRelease(c->Lock);
}

// The framework finds the context anew: the handles are two values here.
EVT_WDF_DPC ok_by_another_name;
VOID ok_by_another_name(WDFDPC dpc) {
  WdfSpinLockAcquire(ContextOf(dpc)->Lock);
  WdfSpinLockRelease(ContextOf(dpc)->Lock);
}

static VOID Take(PCTX c) {
  WdfSpinLockAcquire(c->Lock); // expected-warning {{on 'c->Lock', which this path holds}}
}
static VOID Give(PCTX c) { WdfSpinLockRelease(c->Lock); }
EVT_WDF_DPC ok_by_helpers;
VOID ok_by_helpers(WDFDPC dpc) {
  PCTX c = ContextOf(dpc);
  Take(c);
  Give(c);
}

VOID bad_twice(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  WdfSpinLockAcquire(c->Lock); // expected-warning {{'WdfSpinLockAcquire' on 'c->Lock', which this path holds: deadlock [ddi.kmdf.WdfSpinlock]}}
  WdfSpinLockRelease(c->Lock);
  WdfSpinLockRelease(c->Lock);
}

EVT_WDF_DPC bad_held_at_the_end;
VOID bad_held_at_the_end(WDFDPC dpc) {
  PCTX c = ContextOf(dpc);
  WdfSpinLockAcquire(c->Lock);
  if (c->Removed)
    return; // expected-warning {{Returns with 'c->Lock' still held [ddi.kmdf.WdfSpinlock]}}
  WdfSpinLockRelease(c->Lock);
}

VOID bad_twice_by_a_helper(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  Take(c);
  Give(c);
  Give(c);
}

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PCTX c) {
  WdfSpinLockAcquire(c->Lock);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'c->Lock' held, which is released on other paths with the same result [ddi.kmdf.WdfSpinlock]}}
  WdfSpinLockRelease(c->Lock);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PCTX c);
HELPER *const Helper = bad_held_on_one_of_two_ways;
