// RUN: %ddi %s --rules wdm,sal
//
// A function with a body: its annotations say how it is entered, and what it
// promises of its end.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  KIRQL Irql;
  ULONG State;
} EXTENSION, *PEXTENSION;

_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);
_IRQL_requires_(DISPATCH_LEVEL) VOID AtDispatch(VOID);

// --- entry: ok ---

_IRQL_requires_(DISPATCH_LEVEL)
VOID ok_at_dispatch(PEXTENSION e) {
  AtDispatch();
  KeAcquireSpinLockAtDpcLevel(&e->Lock);
  KeReleaseSpinLockFromDpcLevel(&e->Lock);
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_up_to_dispatch(PEXTENSION e) {
  UpToApc();
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_asks(PEXTENSION e) {
  if (KeGetCurrentIrql() < DISPATCH_LEVEL)
    UpToApc();
  return;
}

_When_(State != 0, _IRQL_requires_(DISPATCH_LEVEL))
VOID ok_condition(PEXTENSION e, ULONG State) {
  UpToApc();
  return;
}

// --- entry: bad ---

_IRQL_requires_(DISPATCH_LEVEL)
VOID bad_at_dispatch(PEXTENSION e) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, as '_IRQL_requires_(DISPATCH_LEVEL)' of 'bad_at_dispatch' says; it may be called at APC_LEVEL at most}}
  return;
}

_IRQL_requires_min_(DISPATCH_LEVEL)
VOID bad_from_dispatch(PEXTENSION e) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  return;
}

_IRQL_requires_(PASSIVE_LEVEL)
VOID bad_at_passive(PEXTENSION e) {
  AtDispatch(); // expected-warning {{'AtDispatch' is called at PASSIVE_LEVEL, as '_IRQL_requires_(PASSIVE_LEVEL)' of 'bad_at_passive' says}}
  return;
}

__drv_requiresIRQL(DISPATCH_LEVEL)
VOID bad_old_spelling(PEXTENSION e) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  return;
}

// --- promises: ok ---

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID ok_pair(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  KeReleaseSpinLock(&e->Lock, irql);
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_raises_(DISPATCH_LEVEL)
VOID ok_raises(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return;
}

_IRQL_requires_(DISPATCH_LEVEL)
VOID ok_restores(PEXTENSION e, _In_ _IRQL_restores_ KIRQL irql) {
  KeReleaseSpinLock(&e->Lock, irql);
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_saves_ _IRQL_raises_(DISPATCH_LEVEL)
KIRQL ok_saves(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  return irql;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
_When_(return != 0, _IRQL_raises_(DISPATCH_LEVEL))
BOOLEAN ok_raises_if(PEXTENSION e) {
  if (e->State)
    return FALSE;
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return TRUE;
}

_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
VOID ok_same(PEXTENSION e) {
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  KeLowerIrql(irql);
  return;
}

// Speaks of no level.
_Requires_lock_not_held_(e->Lock)
VOID ok_no_word_of_levels(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  KeReleaseSpinLock(&e->Lock, e->Irql);
  return;
}

_Function_class_(NO_SUCH_ROLE)
VOID ok_class_alone(PEXTENSION e) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  KeLowerIrql(irql);
  return;
}

VOID ok_calls_them(PEXTENSION e) {
  KIRQL irql;
  ok_raises(e);
  ok_restores(e, e->Irql);
  irql = ok_saves(e);
  ok_restores(e, irql);
  if (ok_raises_if(e))
    ok_restores(e, e->Irql);
  ok_same(e);
  UpToApc();
  return;
}

// --- promises: bad ---

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID bad_raises(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 151: no annotation of the function says so [ddi.sal.IrqlContract]}}
}

_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
VOID bad_same(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 157: the annotations promise the level at entry [ddi.sal.IrqlContract]}}
}

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID bad_on_one_path(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  if (e->State) {
    return; // expected-warning {{Returns at DISPATCH_LEVEL}}
  }
  KeReleaseSpinLock(&e->Lock, irql);
  return;
}

_IRQL_requires_min_(DISPATCH_LEVEL)
VOID bad_lowers(PEXTENSION e) {
  KeLowerIrql(PASSIVE_LEVEL);
  return; // expected-warning {{Returns below the level at entry: the IRQL is PASSIVE_LEVEL, set by 'KeLowerIrql' on line 174 [ddi.sal.IrqlContract]}}
}

_IRQL_requires_max_(APC_LEVEL) _IRQL_raises_(APC_LEVEL)
VOID bad_raises_more(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 180: above the level that _IRQL_raises_ declares [ddi.sal.IrqlContract]}}
}

_IRQL_requires_max_(APC_LEVEL) _IRQL_raises_(DISPATCH_LEVEL)
VOID bad_raises_less(PEXTENSION e) {
  KeRaiseIrql(APC_LEVEL, &e->Irql);
  return; // expected-warning {{Returns at APC_LEVEL, set by 'KeRaiseIrql' on line 186: below the level that _IRQL_raises_ declares [ddi.sal.IrqlContract]}}
}

_IRQL_requires_max_(DISPATCH_LEVEL) __drv_sameIRQL
VOID bad_same_by_old_spelling(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{the annotations promise the level at entry}}
}

// --- in a class: the role's levels count, the promise too ---

_Function_class_(KDEFERRED_ROUTINE) _IRQL_requires_(DISPATCH_LEVEL) _IRQL_requires_same_
VOID ok_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION e = context;
  KeAcquireSpinLockAtDpcLevel(&e->Lock);
  KeReleaseSpinLockFromDpcLevel(&e->Lock);
}

// --- called in this file: judged by its annotations all the same, once ---

_IRQL_requires_max_(DISPATCH_LEVEL)
static VOID bad_called(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

_IRQL_requires_(DISPATCH_LEVEL)
static VOID bad_called_as_declared(PEXTENSION e) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  return;
}

_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_
static VOID bad_called_and_raised(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&e->Lock, irql);
  return;
}

VOID ok_calls(PEXTENSION e) {
  KIRQL irql;
  bad_called_and_raised(e);
  bad_called(e);
  KeReleaseSpinLock(&e->Lock, e->Irql);
  KeAcquireSpinLock(&e->Lock, &irql);
  bad_called_as_declared(e);
  KeReleaseSpinLock(&e->Lock, irql);
}
