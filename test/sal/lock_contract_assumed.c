// RUN: %ddi %s --rules sal,wdm.ExclusiveResourceAccess,wdm.CriticalRegions --no-mingw "it has no such macros"
//
// What a driver tells Code Analysis of its locks is believed.
#include <ntifs.h>

typedef struct _EXTENSION {
  FAST_MUTEX Mutex;
  ERESOURCE Resource;
  ULONG State;
} EXTENSION, *PEXTENSION;

_Requires_lock_held_(e->Mutex) VOID Insert(PEXTENSION e);
_Requires_lock_not_held_(e->Mutex) VOID Flush(PEXTENSION e);

// --- ok ---

VOID ok_held(PEXTENSION e) {
  _Analysis_assume_lock_held_(e->Mutex);
  Insert(e);
}

VOID ok_not_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  _Analysis_assume_lock_not_held_(e->Mutex);
  Flush(e);
}

VOID ok_acquired(PEXTENSION e) {
  _Analysis_assume_lock_acquired_(e->Mutex);
  Insert(e);
  _Analysis_assume_lock_released_(e->Mutex);
}

VOID ok_released(PEXTENSION e) {
  ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
  _Analysis_assume_lock_released_(e->Resource);
  return;
}

_Acquires_lock_(e->Mutex)
VOID ok_promise(PEXTENSION e) {
  _Analysis_assume_lock_acquired_(e->Mutex);
  return;
}

VOID ok_condition(PEXTENSION e) {
  _Analysis_assume_(e->State == 0);
  if (e->State != 0)
    Insert(e);
}

// f may be e.
VOID ok_other_may_be_this(PEXTENSION e, PEXTENSION f) {
  _Analysis_assume_lock_held_(f->Mutex);
  Insert(e);
}

// --- bad ---

VOID bad_acquired(PEXTENSION e) {
  _Analysis_assume_lock_acquired_(e->Mutex);
  Flush(e); // expected-warning {{'Flush' is called with 'e->Mutex' held}}
  _Analysis_assume_lock_released_(e->Mutex);
}

VOID bad_released(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  _Analysis_assume_lock_released_(e->Mutex);
  Insert(e); // expected-warning {{'Insert' is called without 'e->Mutex'}}
}

VOID bad_condition(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  ExReleaseFastMutex(&e->Mutex);
  _Analysis_assume_(e->State != 0);
  if (e->State != 0)
    Insert(e); // expected-warning {{'Insert' is called without 'e->Mutex'}}
}
