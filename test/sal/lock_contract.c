// RUN: %ddi %s --rules wdm,sal
//
// What annotations say of locks: at calls of what has no body here, and as a
// promise of what has one.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Spin;
  FAST_MUTEX Mutex;
  FAST_MUTEX Other;
  ERESOURCE Resource;
  ULONG State;
} EXTENSION, *PEXTENSION;

_Requires_lock_held_(e->Mutex) VOID Insert(PEXTENSION e);
_Requires_lock_not_held_(e->Mutex) VOID Flush(PEXTENSION e);
_Requires_lock_held_(*mutex) VOID InsertBy(PFAST_MUTEX mutex);
VOID FlushBy(_Requires_lock_not_held_(*_Curr_) PFAST_MUTEX mutex);
_Requires_lock_held_(_Global_critical_region_) VOID InRegion(VOID);
_When_(State != 0, _Requires_lock_held_(e->Mutex))
VOID SetState(PEXTENSION e, ULONG State);
_Requires_lock_held_(Unknown->Lock) VOID Unreadable(PEXTENSION e);

VOID OldInsert(__drv_mustHold(X) PFAST_MUTEX mutex);

// --- demands: ok ---

VOID ok_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  Insert(e);
  InsertBy(&e->Mutex);
  OldInsert(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
}

VOID ok_not_held(PEXTENSION e) {
  Flush(e);
  ExAcquireFastMutex(&e->Other);
  Flush(e);
  FlushBy(&e->Mutex);
  ExReleaseFastMutex(&e->Other);
}

VOID ok_region(VOID) {
  KeEnterCriticalRegion();
  InRegion();
  KeLeaveCriticalRegion();
  KeEnterGuardedRegion();
  InRegion();
  KeLeaveGuardedRegion();
}

VOID ok_condition(PEXTENSION e) {
  SetState(e, 0);
  ExAcquireFastMutex(&e->Mutex);
  SetState(e, 1);
  ExReleaseFastMutex(&e->Mutex);
  SetState(e, e->State);
  Unreadable(e);
}

// What is only known as a lock may have been taken in ways that are not seen.
_Requires_lock_held_(e->State) VOID OfOwnKind(PEXTENSION e);
VOID ok_of_own_kind(PEXTENSION e) {
  OfOwnKind(e);
}

// Whoever calls this may hold it.
VOID ok_helper(PEXTENSION e, ULONG state) {
  Insert(e);
  SetState(e, 1);
}

VOID ok_calls(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ok_helper(e, 0);
  ExReleaseFastMutex(&e->Mutex);
}

// --- demands: bad ---

DRIVER_DISPATCH bad_in_dispatch;
NTSTATUS bad_in_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  ExAcquireFastMutex(&e->Mutex);
  Insert(e);
  ExReleaseFastMutex(&e->Mutex);
  Insert(device->DeviceExtension); // expected-warning {{'Insert' is called without 'e->Mutex'}}
  return STATUS_SUCCESS;
}

VOID bad_not_touched(PEXTENSION e) {
  Insert(e); // expected-warning {{'Insert' is called without 'e->Mutex'}}
}

VOID bad_released(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  Insert(e); // expected-warning {{'Insert' is called without 'e->Mutex', which its annotation demands [ddi.sal.LockContract]}}
}

VOID bad_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  Flush(e); // expected-warning {{'Flush' is called with 'e->Mutex' held, which its annotation forbids [ddi.sal.LockContract]}}
  ExReleaseFastMutex(&e->Mutex);
}

VOID bad_pointer_not_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  InsertBy(&e->Mutex); // expected-warning {{'InsertBy' is called without 'e->Mutex'}}
}

VOID bad_pointer_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  FlushBy(&e->Mutex); // expected-warning {{'FlushBy' is called with 'e->Mutex' held}}
  ExReleaseFastMutex(&e->Mutex);
}

VOID bad_old(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  OldInsert(&e->Mutex); // expected-warning {{'OldInsert' is called without 'e->Mutex'}}
}

VOID bad_outside(VOID) {
  InRegion(); // expected-warning {{'InRegion' is called outside of a critical region, which its annotation demands [ddi.sal.LockContract]}}
}

VOID bad_condition(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  SetState(e, 1); // expected-warning {{'SetState' is called without 'e->Mutex'}}
}

// --- wrappers: ok ---

_Acquires_lock_(e->Mutex) VOID Enter(PEXTENSION e);
_Requires_lock_held_(e->Mutex) _Releases_lock_(e->Mutex) VOID Leave(PEXTENSION e);
_When_(return != 0, _Acquires_lock_(e->Mutex)) BOOLEAN TryEnter(PEXTENSION e);
_Acquires_exclusive_lock_(*r) VOID EnterResource(PERESOURCE r);
_Requires_lock_held_(*r) _Releases_lock_(*r) VOID LeaveResource(PERESOURCE r);

VOID ok_wrapped(PEXTENSION e) {
  Enter(e);
  Insert(e);
  Leave(e);
  Flush(e);
}

VOID ok_tried(PEXTENSION e) {
  if (!TryEnter(e)) {
    Flush(e);
    return;
  }
  Insert(e);
  Leave(e);
}

VOID ok_mixed(PEXTENSION e) {
  KeEnterCriticalRegion();
  EnterResource(&e->Resource);
  ExReleaseResourceLite(&e->Resource);
  ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
  LeaveResource(&e->Resource);
  KeLeaveCriticalRegion();
}

// --- wrappers: bad ---

VOID bad_wrapped(PEXTENSION e) {
  Enter(e);
  Flush(e); // expected-warning {{'Flush' is called with 'e->Mutex' held}}
  Leave(e);
}

VOID bad_unlocked(PEXTENSION e) {
  Enter(e);
  Leave(e);
  Leave(e); // expected-warning {{'Leave' is called without 'e->Mutex'}}
}

VOID bad_tried(PEXTENSION e) {
  Enter(e);
  Leave(e);
  if (TryEnter(e))
    Leave(e);
  else
    Insert(e); // expected-warning {{'Insert' is called without 'e->Mutex'}}
}

VOID bad_not_released(PEXTENSION e) {
  KeEnterCriticalRegion();
  EnterResource(&e->Resource);
  KeLeaveCriticalRegion(); // expected-warning {{[ddi.wdm.WithinCriticalRegion]}}
  return;
}

// --- promises: ok ---

_Acquires_lock_(e->Mutex) _IRQL_raises_(APC_LEVEL)
VOID ok_promised(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  return;
}

_Requires_lock_held_(e->Mutex) _Releases_lock_(e->Mutex)
VOID ok_given_back(PEXTENSION e) {
  ExReleaseFastMutex(&e->Mutex);
  return;
}

_Requires_lock_not_held_(e->Mutex)
VOID ok_pair(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  return;
}

_Requires_lock_held_(*mutex)
VOID ok_by_another_name(PFAST_MUTEX mutex, PEXTENSION e) {
  e->State = 1;
  return;
}

_When_(return != 0, _Acquires_lock_(e->Mutex))
BOOLEAN ok_if(PEXTENSION e) {
  return ExTryToAcquireFastMutex(&e->Mutex);
}

// Says nothing of locks.
_IRQL_requires_max_(APC_LEVEL) _IRQL_raises_(APC_LEVEL)
VOID ok_no_word_of_locks(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  return;
}

VOID ok_uses_them(PEXTENSION e, PEXTENSION f) {
  ok_promised(e);
  ok_by_another_name(&e->Mutex, f);
  ok_given_back(e);
  ok_pair(e);
  if (ok_if(e))
    ExReleaseFastMutex(&e->Mutex);
  ok_no_word_of_locks(e);
  ExReleaseFastMutex(&e->Mutex);
}

// What was held at entry is given back and taken again.
_Requires_lock_held_(e->Mutex)
VOID ok_held_again(PEXTENSION e) {
  ExReleaseFastMutex(&e->Mutex);
  ExAcquireFastMutex(&e->Mutex);
}

// --- promises: bad ---

_Acquires_lock_(e->Mutex) _IRQL_raises_(APC_LEVEL)
VOID bad_other_lock(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExAcquireFastMutex(&e->Other);
  return; // expected-warning {{Returns with 'e->Other' held, which no annotation of the function declares [ddi.sal.LockContract]}}
}

_Requires_lock_not_held_(e->Mutex)
VOID bad_not_given_back(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  if (e->State) {
    return; // expected-warning {{Returns with 'e->Mutex' held}}
  }
  ExReleaseFastMutex(&e->Mutex);
  return;
}
