// RUN: %ddi %s --rules wdm,sal
//
// Where annotations are written: before, in and between declarations, in macros and
// typedefs; and those that speak of what the system has one of.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  KIRQL Irql;
} EXTENSION, *PEXTENSION;

static KSPIN_LOCK Lock;

// A declaration as in a header, and a definition without a word.
_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_raises_(DISPATCH_LEVEL)
VOID ok_declared(PEXTENSION e);
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID bad_declared(PEXTENSION e);
_IRQL_requires_(DISPATCH_LEVEL)
VOID bad_called_too_low(PEXTENSION e);

#define PASSIVE_ONLY _IRQL_requires_(PASSIVE_LEVEL)
#define CALLABLE_UP_TO(level) _IRQL_requires_max_(level)
PASSIVE_ONLY VOID ByMacro(VOID);
CALLABLE_UP_TO(APC_LEVEL) VOID ByMacroWithArgument(VOID);

typedef _IRQL_requires_max_(APC_LEVEL) VOID NOTIFY(VOID);
NOTIFY ByTypedef;

_At_(*Old, _IRQL_saves_) _IRQL_raises_(DISPATCH_LEVEL)
VOID RaiseAt(PKIRQL Old);
VOID RestoreAt(_In_ _IRQL_restores_ KIRQL Old);

_Acquires_lock_(_Global_cancel_spin_lock_) _IRQL_raises_(DISPATCH_LEVEL)
VOID AcquireCancel(_Out_ _At_(*Old, _IRQL_saves_) PKIRQL Old);
_Requires_lock_held_(_Global_cancel_spin_lock_)
_Releases_lock_(_Global_cancel_spin_lock_) _IRQL_requires_(DISPATCH_LEVEL)
VOID ReleaseCancel(_In_ _IRQL_restores_ KIRQL Old);
_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);

// --- ok ---

VOID ok_declared(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return;
}

VOID ok_places(VOID) {
  ByMacro();
  ByMacroWithArgument();
  ByTypedef();
}

VOID ok_at(VOID) {
  KIRQL old;
  RaiseAt(&old);
  RestoreAt(old);
  UpToApc();
}

VOID ok_cancel(VOID) {
  KIRQL old;
  AcquireCancel(&old);
  ReleaseCancel(old);
  UpToApc();
}

VOID ok_cancel_mixed(VOID) {
  KIRQL old;
  IoAcquireCancelSpinLock(&old);
  ReleaseCancel(old);
  UpToApc();
}

_IRQL_requires_(DISPATCH_LEVEL)
_Requires_lock_held_(_Global_cancel_spin_lock_)
_Releases_lock_(_Global_cancel_spin_lock_)
VOID ok_cancels(PIRP irp, _In_ _IRQL_uses_cancel_ KIRQL irql) {
  IoReleaseCancelSpinLock(irql);
  UpToApc();
  return;
}

DRIVER_CANCEL ok_cancel_routine;
VOID ok_cancel_routine(PDEVICE_OBJECT device, PIRP irp) {
  ReleaseCancel(irp->CancelIrql);
  return;
}

// --- bad ---

VOID bad_declared(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, &e->Irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

VOID bad_called_too_low(PEXTENSION e) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL}}
}

VOID bad_calls_too_low(PEXTENSION e) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  bad_called_too_low(e); // expected-warning {{'bad_called_too_low' is called at APC_LEVEL}}
  KeLowerIrql(irql);
}

VOID bad_macro(VOID) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  ByMacro(); // expected-warning {{by its annotation '_IRQL_requires_(PASSIVE_LEVEL)'}}
  KeLowerIrql(irql);
}

VOID bad_macro_with_argument(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  ByMacroWithArgument(); // expected-warning {{by its annotation '_IRQL_requires_max_(1)'}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_typedef(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  ByTypedef(); // expected-warning {{'ByTypedef' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_at(VOID) {
  KIRQL old;
  RaiseAt(&old);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'RaiseAt'}}
  RestoreAt(old);
}

VOID bad_cancel(VOID) {
  KIRQL old;
  AcquireCancel(&old);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'AcquireCancel'}}
  ReleaseCancel(old);
}
