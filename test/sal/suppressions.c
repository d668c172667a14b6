// RUN: %ddi %s --rules wdm,sal
//
// The numbers of Code Analysis silence what is found of levels and contracts.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  KIRQL Irql;
} EXTENSION, *PEXTENSION;

_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);
_IRQL_requires_(DISPATCH_LEVEL) VOID AtDispatch(VOID);
_Requires_lock_held_(e->Mutex) VOID Insert(PEXTENSION e);
_Requires_lock_not_held_(e->Mutex) VOID Flush(PEXTENSION e);

// --- ok ---

VOID ok_too_high(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
#pragma prefast(suppress: 28121, "why")
  UpToApc();
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID ok_too_low(PEXTENSION e) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
#pragma warning(suppress: 28120)
  AtDispatch();
  KeLowerIrql(irql);
}

VOID ok_not_held(PEXTENSION e) {
#pragma warning(suppress: 28107)
  Insert(e);
}

VOID ok_held(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
#pragma warning(push)
#pragma warning(disable: 28109)
  Flush(e);
#pragma warning(pop)
  ExReleaseFastMutex(&e->Mutex);
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_at_return(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
#pragma warning(suppress: 28167)
  return;
}

#pragma warning(suppress: 28167)
_IRQL_requires_max_(DISPATCH_LEVEL) VOID ok_at_name(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_at_brace(PEXTENSION e)
#pragma prefast(suppress: 28167, "given back by the caller")
{
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_at_head(PEXTENSION e);

#pragma warning(suppress: 28167)
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
ok_at_head(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return;
}

#pragma prefast(push)
#pragma prefast(disable: 28103, "of the whole function")
_Requires_lock_not_held_(e->Lock)
VOID ok_disabled(PEXTENSION e) {
  KeAcquireSpinLockAtDpcLevel(&e->Lock);
  return;
}
#pragma prefast(pop)

// --- bad ---

VOID bad_other_number(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
#pragma warning(suppress: 28167)
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_after_pop(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  Flush(e); // expected-warning {{'Flush' is called with 'e->Mutex' held}}
  ExReleaseFastMutex(&e->Mutex);
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID bad_other_number_at_return(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
#pragma warning(suppress: 28121)
  return; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

_Requires_lock_not_held_(e->Lock)
VOID bad_enabled_again(PEXTENSION e) {
  KeAcquireSpinLockAtDpcLevel(&e->Lock);
  return; // expected-warning {{Returns with 'e->Lock' held}}
}
