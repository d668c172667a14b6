// RUN: %ddi %s
#include <ntifs.h>

#define TAG 'tset'

typedef struct _CTX {
  EX_PUSH_LOCK Lock;
  EX_PUSH_LOCK Other;
  ERESOURCE Resource;
  BOOLEAN Started;
} CTX, *PCTX;

EX_PUSH_LOCK Global;
VOID Unknown(VOID);

// --- ok ---

VOID ok_exclusive(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock);
  KeLeaveCriticalRegion();
}

VOID ok_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  KeLeaveCriticalRegion();
}

VOID ok_long_names(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusiveEx(lock, 0);
  ExReleasePushLockExclusiveEx(lock, 0);
  KeLeaveCriticalRegion();
}

VOID ok_shared_upon_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  ExReleasePushLockShared(lock);
  KeLeaveCriticalRegion();
}

VOID ok_two_objects(PCTX c) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&c->Lock);
  ExAcquirePushLockShared(&c->Other);
  ExReleasePushLockExclusive(&c->Lock);
  ExReleasePushLockShared(&c->Other);
  KeLeaveCriticalRegion();
}

VOID ok_early_return(PCTX c) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&c->Lock);
  if (!c->Started) {
    ExReleasePushLockShared(&c->Lock);
    KeLeaveCriticalRegion();
    return;
  }
  ExReleasePushLockShared(&c->Lock);
  KeLeaveCriticalRegion();
}

VOID ok_guarded_region(PEX_PUSH_LOCK lock) {
  KeEnterGuardedRegion();
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock);
  KeLeaveGuardedRegion();
}

VOID ok_apc_level(PEX_PUSH_LOCK lock) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock);
  KeLowerIrql(old);
}

VOID ok_region_of_a_combined_form(PCTX c) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(&c->Resource);
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Lock);
  ExReleaseResourceAndLeaveCriticalRegion(&c->Resource);
}

VOID ok_initialised(VOID) {
  PCTX c = ExAllocatePoolWithTag(PagedPool, sizeof *c, TAG);
  if (!c)
    return;
  ExInitializePushLock(&c->Lock);
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Lock);
  KeLeaveCriticalRegion();
  ExFreePoolWithTag(c, TAG);
}

VOID ok_zeroed(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_PAGED, sizeof *c, TAG);
  if (!c)
    return;
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Lock);
  KeLeaveCriticalRegion();
}

VOID ok_global(VOID) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&Global);
  ExReleasePushLockShared(&Global);
  KeLeaveCriticalRegion();
}

VOID ok_initialised_when_free(PEX_PUSH_LOCK lock) {
  ExInitializePushLock(lock);
  ExInitializePushLock(lock);
}

static VOID lock_shared(PCTX c) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&c->Lock);
}

static VOID unlock_shared(PCTX c) {
  ExReleasePushLockShared(&c->Lock);
  KeLeaveCriticalRegion();
}

VOID ok_through_helpers(PCTX c) {
  lock_shared(c);
  Unknown();
  unlock_shared(c);
}

VOID ok_loop(PEX_PUSH_LOCK lock, ULONG n) {
  KeEnterCriticalRegion();
  while (n--) {
    ExAcquirePushLockExclusive(lock);
    ExReleasePushLockExclusive(lock);
  }
  KeLeaveCriticalRegion();
}

VOID ok_upgrade_by_release(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock);
  KeLeaveCriticalRegion();
}

KSTART_ROUTINE ok_system_thread;
VOID ok_system_thread(PVOID context) {
  PCTX c = (PCTX)context;
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Lock);
}

IO_WORKITEM_ROUTINE ok_work_item_is_unknown;
VOID ok_work_item_is_unknown(PDEVICE_OBJECT device, PVOID context) {
  PCTX c = (PCTX)context;
  UNREFERENCED_PARAMETER(device);
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Lock);
}

VOID ok_asked(PEX_PUSH_LOCK lock) {
  if (!KeAreApcsDisabled())
    return;
  ExAcquirePushLockShared(lock);
  ExReleasePushLockShared(lock);
}

// --- bad: normal kernel APCs ---

VOID bad_without_region(PEX_PUSH_LOCK lock) {
  ExAcquirePushLockExclusive(lock); // expected-warning {{'ExAcquirePushLockExclusive' with normal kernel APCs enabled: the thread is in no critical region [ddi.wdm.PushLock]}}
  ExReleasePushLockExclusive(lock);
}

VOID bad_shared_without_region(PEX_PUSH_LOCK lock) {
  ExAcquirePushLockShared(lock); // expected-warning {{'ExAcquirePushLockShared' with normal kernel APCs enabled}}
  ExReleasePushLockShared(lock);
}

VOID bad_after_leave(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  ExAcquirePushLockShared(lock); // expected-warning {{with normal kernel APCs enabled}}
  ExReleasePushLockShared(lock);
}

VOID bad_left_while_held(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while push lock 'lock' is still held [ddi.wdm.PushLock]}}
  ExReleasePushLockExclusive(lock);
}

VOID bad_guarded_left_while_held(PEX_PUSH_LOCK lock) {
  KeEnterGuardedRegion();
  ExAcquirePushLockExclusive(lock);
  KeLeaveGuardedRegion(); // expected-warning {{'KeLeaveGuardedRegion' lets normal kernel APCs in while push lock 'lock' is still held}}
  ExReleasePushLockExclusive(lock);
}

VOID bad_file_system_macro_left_while_held(PEX_PUSH_LOCK lock) {
  FsRtlEnterFileSystem();
  ExAcquirePushLockShared(lock);
  FsRtlExitFileSystem(); // expected-warning {{'FsRtlExitFileSystem' lets normal kernel APCs in while push lock 'lock' is still held}}
  ExReleasePushLockShared(lock);
}

// A release that had no acquisition breaks two sentences of the page.
VOID bad_release_without_region(PEX_PUSH_LOCK lock) {
  ExReleasePushLockExclusive(lock); // expected-warning {{'ExReleasePushLockExclusive' with normal kernel APCs enabled: the thread is in no critical region [ddi.wdm.PushLock]}}
}

// --- bad: recursion ---

VOID bad_exclusive_twice(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExAcquirePushLockExclusive(lock); // expected-warning {{'ExAcquirePushLockExclusive' on 'lock', which this path holds exclusive: the system hangs [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_shared_upon_exclusive(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExAcquirePushLockShared(lock); // expected-warning {{'ExAcquirePushLockShared' on 'lock', which this path holds exclusive: the system hangs}}
  KeLeaveCriticalRegion();
}

VOID bad_exclusive_upon_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExAcquirePushLockExclusive(lock); // expected-warning {{'ExAcquirePushLockExclusive' on 'lock', which this path holds shared: the system hangs [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_recursion_through_helper(PCTX c) {
  KeEnterCriticalRegion();
  lock_shared(c);
  ExAcquirePushLockExclusive(&c->Lock); // expected-warning {{on 'c->Lock', which this path holds shared: the system hangs}}
  unlock_shared(c);
  KeLeaveCriticalRegion();
}

VOID bad_recursion_in_loop(PEX_PUSH_LOCK lock, ULONG n) {
  KeEnterCriticalRegion();
  do
    ExAcquirePushLockExclusive(lock); // expected-warning {{on 'lock', which this path holds exclusive: the system hangs}}
  while (n--);
  ExReleasePushLockExclusive(lock);
  KeLeaveCriticalRegion();
}

// --- bad: releases ---

VOID bad_shared_release_of_exclusive(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockShared(lock); // expected-warning {{'ExReleasePushLockShared' releases 'lock', which this path holds exclusive [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_exclusive_release_of_shared(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(lock);
  ExReleasePushLockExclusive(lock); // expected-warning {{'ExReleasePushLockExclusive' releases 'lock', which this path holds shared [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_release_not_held(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExReleasePushLockShared(lock); // expected-warning {{'ExReleasePushLockShared' releases 'lock', which this path does not hold [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_released_twice(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock);
  ExReleasePushLockExclusive(lock); // expected-warning {{releases 'lock', which this path does not hold}}
  KeLeaveCriticalRegion();
}

VOID bad_other_object_released(PCTX c) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&c->Lock);
  ExReleasePushLockExclusive(&c->Other); // expected-warning {{releases 'c->Other', which this path does not hold}}
  ExReleasePushLockExclusive(&c->Lock);
  KeLeaveCriticalRegion();
}

// --- bad: initialisation, level, exit ---

VOID bad_initialised_while_held(PEX_PUSH_LOCK lock) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  ExInitializePushLock(lock); // expected-warning {{'ExInitializePushLock' on 'lock', which this path holds [ddi.wdm.PushLock]}}
  KeLeaveCriticalRegion();
}

VOID bad_never_initialised(VOID) {
  PCTX c = ExAllocatePoolWithTag(PagedPool, sizeof *c, TAG);
  if (!c)
    return;
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&c->Lock); // expected-warning {{'ExAcquirePushLockShared' on 'c->Lock', which was never initialised [ddi.wdm.PushLock]}}
  ExReleasePushLockShared(&c->Lock);
  KeLeaveCriticalRegion();
}

VOID bad_local_never_initialised(VOID) {
  EX_PUSH_LOCK lock;
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&lock); // expected-warning {{'ExAcquirePushLockExclusive' on 'lock', which was never initialised}}
  ExReleasePushLockExclusive(&lock);
  KeLeaveCriticalRegion();
}

VOID bad_above_apc_level(PEX_PUSH_LOCK lock, PKSPIN_LOCK spin) {
  KIRQL old;
  KeAcquireSpinLock(spin, &old);
  ExAcquirePushLockExclusive(lock); // expected-warning {{'ExAcquirePushLockExclusive' is called at DISPATCH_LEVEL}}
  ExReleasePushLockExclusive(lock);
  KeReleaseSpinLock(spin, old);
}

VOID bad_not_released(PEX_PUSH_LOCK lock) {
  KeEnterGuardedRegion();
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(lock);
  KeLeaveCriticalRegion();
  return; // expected-warning {{Returns with push lock 'lock' still held [ddi.wdm.PushLock]}} {{[ddi.wdm.GuardedRegions]}}
}

VOID bad_early_return(PCTX c) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquirePushLockShared(&c->Lock);
  if (!c->Started)
    return; // expected-warning {{Returns with push lock 'c->Lock' still held}} {{Returns at APC_LEVEL, set by 'KeRaiseIrql'}}
  ExReleasePushLockShared(&c->Lock);
  KeLowerIrql(old);
}
