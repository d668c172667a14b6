// As engine/siblings.c, for the locks of the filter manager.
// RUN: %ddi %s --rules flt.Locks
#include <fltKernel.h>

typedef struct _CTX {
  EX_PUSH_LOCK Lock;
} CTX, *PCTX;

BOOLEAN Decide(VOID);

static NTSTATUS ok_keeps_on_success_only(PCTX c) {
  FltAcquirePushLockExclusive(&c->Lock);
  if (Decide())
    return STATUS_SUCCESS;
  FltReleasePushLock(&c->Lock);
  return STATUS_UNSUCCESSFUL;
}

static NTSTATUS bad_keeps_on_one_error_path(PCTX c) {
  FltAcquirePushLockExclusive(&c->Lock);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with push lock 'c->Lock' held, which is released on other paths with the same result [ddi.flt.Locks]}}
  FltReleasePushLock(&c->Lock);
  return STATUS_INVALID_PARAMETER;
}

typedef NTSTATUS HELPER(PCTX c);
HELPER *const Helpers[] = {ok_keeps_on_success_only, bad_keeps_on_one_error_path};
