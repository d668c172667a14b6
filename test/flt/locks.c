// RUN: %ddi %s
// RUN: %ddi %s -DFLT_SKIP_PUSH_LOCK_REDIRECTION
#include <fltKernel.h>

#define TAG 'tset'

typedef struct _CTX {
  EX_PUSH_LOCK Lock;
  EX_PUSH_LOCK Other;
  ERESOURCE Resource;
  BOOLEAN Started;
} CTX, *PCTX;

VOID Unknown(VOID);

// --- ok ---

VOID ok_push_lock_exclusive(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  FltReleasePushLock(lock);
}

VOID ok_push_lock_shared(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockShared(lock);
  FltReleasePushLock(lock);
}

VOID ok_push_lock_long_names(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusiveEx(lock, 0);
  FltReleasePushLockEx(lock, 0);
}

VOID ok_push_lock_shared_upon_shared(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockShared(lock);
  FltAcquirePushLockShared(lock);
  FltReleasePushLock(lock);
  FltReleasePushLock(lock);
}

VOID ok_resource_exclusive(PERESOURCE r) {
  FltAcquireResourceExclusive(r);
  FltReleaseResource(r);
}

VOID ok_resource_shared(PERESOURCE r) {
  FltAcquireResourceShared(r);
  FltReleaseResource(r);
}

VOID ok_resource_nested(PERESOURCE r) {
  FltAcquireResourceExclusive(r);
  FltAcquireResourceExclusive(r);
  FltReleaseResource(r);
  FltReleaseResource(r);
}

VOID ok_in_region(PERESOURCE r) {
  KeEnterCriticalRegion();
  FltAcquireResourceShared(r);
  FltReleaseResource(r);
  KeLeaveCriticalRegion();
}

VOID ok_its_region_serves_others(PCTX c) {
  FltAcquirePushLockExclusive(&c->Lock);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  FltReleasePushLock(&c->Lock);
}

VOID ok_crossed_with_region(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  KeEnterCriticalRegion();
  FltReleasePushLock(lock);
  KeLeaveCriticalRegion();
}

VOID ok_life(VOID) {
  PCTX c = ExAllocatePoolWithTag(PagedPool, sizeof *c, TAG);
  if (!c)
    return;
  FltInitializePushLock(&c->Lock);
  FltAcquirePushLockShared(&c->Lock);
  FltReleasePushLock(&c->Lock);
  FltDeletePushLock(&c->Lock);
  ExFreePoolWithTag(c, TAG);
}

VOID ok_initialised_again(PEX_PUSH_LOCK lock) {
  FltDeletePushLock(lock);
  FltInitializePushLock(lock);
  FltAcquirePushLockShared(lock);
  FltReleasePushLock(lock);
}

VOID ok_early_return(PCTX c) {
  FltAcquirePushLockShared(&c->Lock);
  if (!c->Started) {
    FltReleasePushLock(&c->Lock);
    return;
  }
  FltReleasePushLock(&c->Lock);
}

static VOID lock(PCTX c) { FltAcquireResourceExclusive(&c->Resource); }
static VOID unlock(PCTX c) { FltReleaseResource(&c->Resource); }

VOID ok_through_helpers(PCTX c) {
  lock(c);
  Unknown();
  unlock(c);
}

VOID ok_loop(PEX_PUSH_LOCK lock, ULONG n) {
  while (n--) {
    FltAcquirePushLockExclusive(lock);
    FltReleasePushLock(lock);
  }
}

VOID ok_two_objects(PCTX c) {
  FltAcquirePushLockExclusive(&c->Lock);
  FltAcquirePushLockExclusive(&c->Other);
  FltReleasePushLock(&c->Lock);
  FltReleasePushLock(&c->Other);
}

// --- bad: recursion ---

VOID bad_push_lock_exclusive_twice(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  FltAcquirePushLockExclusive(lock); // expected-warning {{'FltAcquirePushLockExclusive' on 'lock', which this path holds exclusive: the system hangs [ddi.flt.Locks]}}
  FltReleasePushLock(lock);
  FltReleasePushLock(lock);
}

VOID bad_push_lock_shared_upon_exclusive(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  FltAcquirePushLockShared(lock); // expected-warning {{'FltAcquirePushLockShared' on 'lock', which this path holds exclusive: the system hangs}}
  FltReleasePushLock(lock);
  FltReleasePushLock(lock);
}

VOID bad_push_lock_exclusive_upon_shared(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockShared(lock);
  FltAcquirePushLockExclusive(lock); // expected-warning {{'FltAcquirePushLockExclusive' on 'lock', which this path holds shared: the system hangs [ddi.flt.Locks]}}
  FltReleasePushLock(lock);
  FltReleasePushLock(lock);
}

VOID bad_resource_exclusive_upon_shared(PERESOURCE r) {
  FltAcquireResourceShared(r);
  FltAcquireResourceExclusive(r); // expected-warning {{'FltAcquireResourceExclusive' waits for 'r', which this path holds shared: deadlock [ddi.flt.Locks]}}
  FltReleaseResource(r);
  FltReleaseResource(r);
}

// --- bad: releases ---

VOID bad_push_lock_released_twice(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  FltAcquirePushLockShared(lock);
  FltReleasePushLock(lock);
  FltReleasePushLock(lock); // expected-warning {{'FltReleasePushLock' releases 'lock', which this path does not hold [ddi.flt.Locks]}}
}

VOID bad_push_lock_not_held(PEX_PUSH_LOCK lock) {
  FltReleasePushLock(lock); // expected-warning {{'FltReleasePushLock' releases 'lock', which this path does not hold [ddi.flt.Locks]}} {{'FltReleasePushLock' leaves a critical region that was not entered [ddi.wdm.CriticalRegions]}}
}

VOID bad_resource_not_held(PERESOURCE r) {
  KeEnterCriticalRegion();
  FltReleaseResource(r); // expected-warning {{'FltReleaseResource' releases 'r', which this path does not hold [ddi.flt.Locks]}}
}

VOID bad_other_object(PCTX c) {
  FltAcquirePushLockShared(&c->Lock);
  KeEnterCriticalRegion();
  FltReleasePushLock(&c->Other); // expected-warning {{releases 'c->Other', which this path does not hold}}
  FltReleasePushLock(&c->Lock);
}

// --- bad: life ---

VOID bad_never_initialised(VOID) {
  PCTX c = ExAllocatePoolWithTag(PagedPool, sizeof *c, TAG);
  if (!c)
    return;
  FltAcquirePushLockShared(&c->Lock); // expected-warning {{'FltAcquirePushLockShared' on 'c->Lock', which was never initialised [ddi.flt.Locks]}}
  FltReleasePushLock(&c->Lock);
}

VOID bad_acquired_after_delete(PEX_PUSH_LOCK lock) {
  FltDeletePushLock(lock);
  FltAcquirePushLockExclusive(lock); // expected-warning {{'FltAcquirePushLockExclusive' on 'lock', which was deleted [ddi.flt.Locks]}}
  FltReleasePushLock(lock);
}

VOID bad_deleted_twice(PEX_PUSH_LOCK lock) {
  FltDeletePushLock(lock);
  FltDeletePushLock(lock); // expected-warning {{'FltDeletePushLock' on 'lock', which was deleted}}
}

VOID bad_deleted_while_held(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  FltDeletePushLock(lock); // expected-warning {{'FltDeletePushLock' on 'lock', which is still held [ddi.flt.Locks]}}
  KeLeaveCriticalRegion();
}

// --- bad: still held ---

VOID bad_push_lock_not_released(PEX_PUSH_LOCK lock) {
  FltAcquirePushLockExclusive(lock);
  return; // expected-warning {{Returns with push lock 'lock' still held [ddi.flt.Locks]}} {{Returns inside a critical region that was not left [ddi.wdm.CriticalRegions]}}
}

VOID bad_resource_not_released(PERESOURCE r) {
  FltAcquireResourceShared(r);
  return; // expected-warning {{Returns with 'r' still held [ddi.flt.Locks]}} {{[ddi.wdm.CriticalRegions]}}
}

VOID bad_early_return(PCTX c) {
  FltAcquirePushLockShared(&c->Lock);
  if (!c->Started)
    return; // expected-warning {{Returns with push lock 'c->Lock' still held}} {{[ddi.wdm.CriticalRegions]}}
  FltReleasePushLock(&c->Lock);
}

VOID bad_left_while_held(PERESOURCE r) {
  FltAcquireResourceExclusive(r);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while 'r' is still held [ddi.wdm.WithinCriticalRegion]}}
  KeEnterCriticalRegion();
  FltReleaseResource(r);
}
