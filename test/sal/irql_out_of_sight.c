// RUN: %ddi %s --rules wdm,sal
//
// A lock's wrappers that are compiled elsewhere. One raises and keeps the old level
// where no annotation says; then no annotation can say of the other one that it
// brings that level back, only that it must be called at the raised level.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

_IRQL_raises_(DISPATCH_LEVEL) VOID TakeIt(PVOID a, ULONG type);
_IRQL_requires_(DISPATCH_LEVEL) VOID GiveIt(PVOID a, ULONG type);
_IRQL_requires_(DISPATCH_LEVEL) _IRQL_requires_same_ VOID CountIt(PVOID a);
_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);

// --- ok ---

VOID ok_pair(PVOID a) {
  TakeIt(a, 1);
  CountIt(a);
  GiveIt(a, 1);
  UpToApc();
  return;
}

VOID ok_nested(PVOID a) {
  TakeIt(a, 1);
  TakeIt(a, 2);
  GiveIt(a, 2);
  GiveIt(a, 1);
  UpToApc();
  return;
}

VOID ok_at_dispatch(PVOID a) {
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  TakeIt(a, 1);
  GiveIt(a, 1);
  CountIt(a);
  KeLowerIrql(irql);
  UpToApc();
  return;
}

// --- bad ---

VOID bad_inside(PVOID a) {
  TakeIt(a, 1);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  GiveIt(a, 1);
  return;
}

VOID bad_no_unlock(PVOID a) {
  TakeIt(a, 1);
  CountIt(a);
  return; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

VOID bad_inner_only(PVOID a) {
  TakeIt(a, 1);
  TakeIt(a, 2);
  GiveIt(a, 2);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
  GiveIt(a, 1);
  return;
}

VOID bad_too_low(PVOID a) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  GiveIt(a, 1); // expected-warning {{'GiveIt' is called at APC_LEVEL}}
  return;
}
