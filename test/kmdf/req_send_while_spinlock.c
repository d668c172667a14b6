// RUN: %ddi %s --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

typedef struct _CTX {
  WDFSPINLOCK Lock;
  WDFWAITLOCK WaitLock;
  KSPIN_LOCK Plain;
  WDFIOTARGET Target;
} CTX, *PCTX;

VOID ok_sent_behind(PCTX c, WDFREQUEST request) {
  WdfSpinLockAcquire(c->Lock);
  WdfSpinLockRelease(c->Lock);
  WdfRequestSend(request, c->Target, NULL);
}

VOID ok_under_wait_lock(PCTX c, WDFREQUEST request) {
  WdfWaitLockAcquire(c->WaitLock, NULL);
  WdfRequestSend(request, c->Target, NULL);
  WdfWaitLockRelease(c->WaitLock);
}

VOID bad_under_spin_lock(PCTX c, WDFREQUEST request) {
  WdfSpinLockAcquire(c->Lock);
  WdfRequestSend(request, c->Target, NULL); // expected-warning {{'WdfRequestSend' sends a request while this path holds 'c->Lock' [ddi.kmdf.ReqSendWhileSpinlock]}}
  WdfSpinLockRelease(c->Lock);
}

VOID bad_under_executive_spin_lock(PCTX c, WDFREQUEST request) {
  KIRQL irql;
  KeAcquireSpinLock(&c->Plain, &irql);
  WdfRequestSend(request, c->Target, NULL); // expected-warning {{sends a request while this path holds 'c->Plain'}}
  KeReleaseSpinLock(&c->Plain, irql);
}

static VOID Send(PCTX c, WDFREQUEST request) {
  WdfRequestSend(request, c->Target, NULL); // expected-warning {{sends a request while this path holds 'c->Lock'}}
}
VOID bad_by_a_helper(PCTX c, WDFREQUEST request) {
  WdfSpinLockAcquire(c->Lock);
  Send(c, request);
  WdfSpinLockRelease(c->Lock);
}
