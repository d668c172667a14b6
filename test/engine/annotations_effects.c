// RUN: %ddi %s --rules wdm,sal
//
// What a routine without a body does to the IRQL, to regions and to locks, by its
// annotations.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _GATE {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  ERESOURCE Resource;
  ULONG State;
} GATE, *PGATE;

_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);
_IRQL_requires_(DISPATCH_LEVEL) VOID AtDispatch(VOID);

_IRQL_raises_(DISPATCH_LEVEL) _IRQL_saves_ KIRQL RaiseAndReturn(VOID);
_IRQL_raises_(DISPATCH_LEVEL)
VOID RaiseAndStore(_Out_ _At_(*Old, _IRQL_saves_) PKIRQL Old);
_IRQL_raises_(NewLevel) _IRQL_saves_ KIRQL RaiseTo(KIRQL NewLevel);
VOID Restore(_In_ _IRQL_restores_ KIRQL Old);
_IRQL_raises_(DISPATCH_LEVEL) _IRQL_saves_global_(Gate, Gate)
VOID RaiseByObject(PGATE Gate);
_IRQL_requires_(DISPATCH_LEVEL) _IRQL_restores_global_(Gate, Gate)
VOID RestoreByObject(PGATE Gate);
_When_(return != 0, _IRQL_raises_(DISPATCH_LEVEL))
_When_(return != 0, _IRQL_saves_global_(Gate, Gate))
BOOLEAN TryRaise(PGATE Gate);
__drv_raisesIRQL(DISPATCH_LEVEL)
VOID OldRaise(__out __drv_deref(__drv_savesIRQL) PKIRQL Old);
VOID OldRestore(__in __drv_restoresIRQL KIRQL Old);

_Acquires_lock_(_Global_critical_region_) VOID EnterRegion(VOID);
_Requires_lock_held_(_Global_critical_region_)
_Releases_lock_(_Global_critical_region_) VOID LeaveRegion(VOID);
_Requires_lock_held_(_Global_critical_region_) VOID NeedsRegion(VOID);

// --- levels: ok ---

VOID ok_returned(VOID) {
  KIRQL old = RaiseAndReturn();
  AtDispatch();
  Restore(old);
  UpToApc();
}

VOID ok_stored(VOID) {
  KIRQL old;
  RaiseAndStore(&old);
  AtDispatch();
  Restore(old);
  UpToApc();
}

VOID ok_to(VOID) {
  KIRQL old = RaiseTo(APC_LEVEL);
  UpToApc();
  Restore(old);
}

VOID ok_by_object(PGATE gate) {
  RaiseByObject(gate);
  AtDispatch();
  RestoreByObject(gate);
  UpToApc();
}

VOID ok_try(PGATE gate) {
  if (!TryRaise(gate)) {
    UpToApc();
    return;
  }
  AtDispatch();
  RestoreByObject(gate);
  UpToApc();
}

VOID ok_old_spelling(VOID) {
  KIRQL old;
  OldRaise(&old);
  AtDispatch();
  OldRestore(old);
  UpToApc();
}

// --- levels: bad ---

VOID bad_returned(VOID) {
  KIRQL old = RaiseAndReturn();
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'RaiseAndReturn' on line 90}}
  Restore(old);
}

VOID bad_stored(VOID) {
  KIRQL old;
  RaiseAndStore(&old);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'RaiseAndStore'}}
  Restore(old);
}

VOID bad_to(VOID) {
  KIRQL old = RaiseTo(DISPATCH_LEVEL);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'RaiseTo'}}
  Restore(old);
}

VOID bad_to_too_low(VOID) {
  KIRQL old = RaiseTo(APC_LEVEL);
  AtDispatch(); // expected-warning {{'AtDispatch' is called at APC_LEVEL, set by 'RaiseTo'}}
  Restore(old);
}

VOID bad_by_object(PGATE gate) {
  RaiseByObject(gate);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'RaiseByObject'}}
  RestoreByObject(gate);
}

VOID bad_try(PGATE gate) {
  if (TryRaise(gate)) {
    UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'TryRaise'}}
    RestoreByObject(gate);
  }
}

VOID bad_old_spelling(VOID) {
  KIRQL old;
  OldRaise(&old);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'OldRaise'}}
  OldRestore(old);
}

VOID bad_wrong_order(PGATE gate) {
  KIRQL first = RaiseTo(APC_LEVEL);
  KIRQL second = RaiseTo(DISPATCH_LEVEL);
  Restore(first);
  UpToApc();
  Restore(second);
  return; // expected-warning {{Returns at APC_LEVEL, set by 'RaiseTo' on line 135}}
}

DRIVER_UNLOAD bad_not_restored;
VOID bad_not_restored(PDRIVER_OBJECT driver) {
  KIRQL old = RaiseAndReturn();
  AtDispatch();
  return; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

// --- regions: ok ---

VOID ok_region(PGATE gate) {
  EnterRegion();
  ExAcquireResourceExclusiveLite(&gate->Resource, TRUE);
  NeedsRegion();
  ExReleaseResourceLite(&gate->Resource);
  LeaveRegion();
}

VOID ok_region_mixed(PGATE gate) {
  EnterRegion();
  NeedsRegion();
  KeLeaveCriticalRegion();
  KeEnterCriticalRegion();
  LeaveRegion();
}

// --- regions: bad ---

VOID bad_region_left(PGATE gate) {
  EnterRegion();
  LeaveRegion();
  ExAcquireResourceExclusiveLite(&gate->Resource, TRUE); // expected-warning {{[ddi.wdm.WithinCriticalRegion]}}
  ExReleaseResourceLite(&gate->Resource);
}

VOID bad_region_not_left(PGATE gate) {
  EnterRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}
