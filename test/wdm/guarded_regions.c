// RUN: %ddi %s
#include <ntifs.h>

VOID Unknown(VOID);
BOOLEAN Decide(VOID);

// --- ok ---

VOID ok_pair(VOID) {
  KeEnterGuardedRegion();
  Unknown();
  KeLeaveGuardedRegion();
}

VOID ok_nested(VOID) {
  KeEnterGuardedRegion();
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
  KeLeaveGuardedRegion();
}

VOID ok_early_return_leaves(BOOLEAN stop) {
  KeEnterGuardedRegion();
  if (stop) {
    KeLeaveGuardedRegion();
    return;
  }
  KeLeaveGuardedRegion();
}

VOID ok_both_kinds(VOID) {
  KeEnterCriticalRegion();
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
  KeLeaveCriticalRegion();
}

VOID ok_both_kinds_crossed(VOID) {
  KeEnterCriticalRegion();
  KeEnterGuardedRegion();
  KeLeaveCriticalRegion();
  KeLeaveGuardedRegion();
}

VOID ok_guarded_mutex(PKGUARDED_MUTEX mutex) {
  KeAcquireGuardedMutex(mutex);
  KeReleaseGuardedMutex(mutex);
}

VOID ok_guarded_mutex_tried(PKGUARDED_MUTEX mutex) {
  if (KeTryToAcquireGuardedMutex(mutex))
    KeReleaseGuardedMutex(mutex);
}

VOID ok_guarded_mutex_tried_and_kept_in_variable(PKGUARDED_MUTEX mutex) {
  BOOLEAN got = KeTryToAcquireGuardedMutex(mutex);
  Unknown();
  if (got)
    KeReleaseGuardedMutex(mutex);
}

static VOID enter_for_caller(VOID) { KeEnterGuardedRegion(); }
static VOID leave_for_caller(VOID) { KeLeaveGuardedRegion(); }

VOID ok_through_helpers(VOID) {
  enter_for_caller();
  leave_for_caller();
}

VOID ok_loop(ULONG n) {
  while (n--) {
    KeEnterGuardedRegion();
    KeLeaveGuardedRegion();
  }
}

KSTART_ROUTINE ok_thread;
VOID ok_thread(PVOID context) {
  UNREFERENCED_PARAMETER(context);
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
}

IO_WORKITEM_ROUTINE ok_work_item_is_unknown;
VOID ok_work_item_is_unknown(PDEVICE_OBJECT device, PVOID context) {
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(context);
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
}

VOID ok_asked_before(VOID) {
  BOOLEAN entered = FALSE;
  if (!KeAreAllApcsDisabled()) {
    KeEnterGuardedRegion();
    entered = TRUE;
  }
  if (entered)
    KeLeaveGuardedRegion();
}

// --- bad ---

VOID bad_leave_without_enter(VOID) {
  KeLeaveGuardedRegion(); // expected-warning {{'KeLeaveGuardedRegion' leaves a guarded region that was not entered [ddi.wdm.GuardedRegions]}}
}

VOID bad_left_twice(VOID) {
  KeEnterGuardedRegion();
  KeLeaveGuardedRegion();
  KeLeaveGuardedRegion(); // expected-warning {{leaves a guarded region that was not entered}}
}

VOID bad_not_left(VOID) {
  KeEnterGuardedRegion();
  return; // expected-warning {{Returns inside a guarded region that was not left [ddi.wdm.GuardedRegions]}}
}

VOID bad_early_return(BOOLEAN stop) {
  KeEnterGuardedRegion();
  if (stop)
    return; // expected-warning {{Returns inside a guarded region that was not left}}
  KeLeaveGuardedRegion();
}

VOID bad_wrong_kind(VOID) {
  KeEnterGuardedRegion();
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' leaves a critical region that was not entered [ddi.wdm.CriticalRegions]}}
  return; // expected-warning {{Returns inside a guarded region that was not left}}
}

VOID bad_guarded_mutex_kept(PKGUARDED_MUTEX mutex) {
  KeAcquireGuardedMutex(mutex);
  return; // expected-warning {{Returns inside a guarded region that was not left}}
}

VOID bad_guarded_mutex_not_acquired(PKGUARDED_MUTEX mutex) {
  if (!KeTryToAcquireGuardedMutex(mutex))
    KeReleaseGuardedMutex(mutex); // expected-warning {{'KeReleaseGuardedMutex' leaves a guarded region that was not entered}}
  else
    KeReleaseGuardedMutex(mutex);
}

VOID bad_enter_above_apc_level(PKSPIN_LOCK lock) {
  KIRQL old;
  KeAcquireSpinLock(lock, &old);
  KeEnterGuardedRegion(); // expected-warning {{'KeEnterGuardedRegion' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeReleaseSpinLock(lock, old);
  KeLeaveGuardedRegion();
}

VOID bad_leave_above_apc_level(VOID) {
  KIRQL old;
  KeEnterGuardedRegion();
  old = KeRaiseIrqlToDpcLevel();
  KeLeaveGuardedRegion(); // expected-warning {{'KeLeaveGuardedRegion' is called at DISPATCH_LEVEL, set by 'KeRaiseIrqlToDpcLevel'}}
  KeLowerIrql(old);
}

VOID bad_through_helper(VOID) {
  enter_for_caller();
  return; // expected-warning {{Returns inside a guarded region that was not left}}
}

VOID bad_loop(ULONG n) {
  while (n--)
    KeEnterGuardedRegion();
  return; // expected-warning {{Returns inside a guarded region that was not left}}
}

// Where the depth at entry is unknown the path still returns deeper, or less
// deep, than it came.
IO_WORKITEM_ROUTINE bad_work_item_leaves_too_often;
VOID bad_work_item_leaves_too_often(PDEVICE_OBJECT device, PVOID context) {
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(context);
  KeLeaveGuardedRegion();
  return; // expected-warning {{Returns with one guarded region left too many [ddi.wdm.GuardedRegions]}}
}

DRIVER_UNLOAD bad_unload;
VOID bad_unload(PDRIVER_OBJECT driver) {
  UNREFERENCED_PARAMETER(driver);
  KeEnterGuardedRegion();
  return; // expected-warning {{Returns inside a guarded region that was not left}}
}
