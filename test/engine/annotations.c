// RUN: %ddi %s --rules wdm,sal
//
// What annotations on the driver's own declarations allow and demand at a call.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

static KSPIN_LOCK Lock;

_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);
_IRQL_requires_min_(DISPATCH_LEVEL) VOID FromDispatch(VOID);
_IRQL_requires_(PASSIVE_LEVEL) VOID AtPassive(VOID);
_IRQL_always_function_max_(PASSIVE_LEVEL) VOID AlwaysPassive(VOID);
_IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_max_(APC_LEVEL) VOID UpToTwo(VOID);
_IRQL_requires_max_(SOME_LEVEL) VOID Unreadable(VOID);
__drv_maxIRQL(APC_LEVEL) __drv_sameIRQL VOID OldSpelling(VOID);
_IRQL_requires_max_(HIGH_LEVEL) VOID UpToHigh(VOID);

// --- ok ---

VOID ok_levels(VOID) {
  UpToApc();
  AtPassive();
  AlwaysPassive();
  UpToTwo();
  OldSpelling();
}

VOID ok_raised(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  FromDispatch();
  Unreadable();
  UpToHigh();
  KeReleaseSpinLock(&Lock, irql);
}

// The level at entry is only assumed: it may be higher.
VOID ok_entry_may_be_higher(VOID) {
  FromDispatch();
}

// --- bad ---

VOID bad_max(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 52; it may be called at APC_LEVEL at most, by its annotation '_IRQL_requires_max_(APC_LEVEL)' [ddi.wdm.IrqlTooHigh]}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_min(VOID) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  FromDispatch(); // expected-warning {{'FromDispatch' is called at APC_LEVEL, set by 'KeRaiseIrql' on line 59; it may be called at DISPATCH_LEVEL at least, by its annotation '_IRQL_requires_min_(DISPATCH_LEVEL)' [ddi.wdm.IrqlTooLow]}}
  KeLowerIrql(irql);
}

VOID bad_exact(VOID) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  AtPassive(); // expected-warning {{it may be called at PASSIVE_LEVEL only, by its annotation '_IRQL_requires_(PASSIVE_LEVEL)'}}
  KeLowerIrql(irql);
}

VOID bad_always(VOID) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  AlwaysPassive(); // expected-warning {{it may be called at PASSIVE_LEVEL only, by its annotation '_IRQL_always_function_max_(PASSIVE_LEVEL)'}}
  KeLowerIrql(irql);
}

VOID bad_stricter_of_two(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  UpToTwo(); // expected-warning {{it may be called at APC_LEVEL at most, by its annotation '_IRQL_requires_max_(APC_LEVEL)'}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_old_spelling(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  OldSpelling(); // expected-warning {{'OldSpelling' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

// --- conditions: ok ---

_When_(Wait != 0, _IRQL_requires_max_(APC_LEVEL)) VOID WaitUpToApc(BOOLEAN Wait);
_When_((Flags & 4) != 0, _IRQL_requires_max_(APC_LEVEL)) VOID FlagUpToApc(ULONG Flags);
_When_(Event == NULL, _IRQL_requires_max_(APC_LEVEL)) VOID NullUpToApc(PKEVENT Event);
_When_(Time == NULL || Time->QuadPart != 0, _IRQL_requires_max_(APC_LEVEL))
VOID TimeUpToApc(PLARGE_INTEGER Time);
_When_(Kind >= 3, _IRQL_requires_max_(APC_LEVEL)) VOID KindUpToApc(ULONG Kind);

VOID ok_conditions(PKEVENT event) {
  KIRQL irql;
  LARGE_INTEGER none;
  none.QuadPart = 0;
  KeAcquireSpinLock(&Lock, &irql);
  WaitUpToApc(FALSE);
  FlagUpToApc(3);
  if (event)
    NullUpToApc(event);
  TimeUpToApc(&none);
  KindUpToApc(2);
  KeReleaseSpinLock(&Lock, irql);
}

VOID ok_not_known(BOOLEAN wait, ULONG flags, PKEVENT event, PLARGE_INTEGER time) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  WaitUpToApc(wait);
  FlagUpToApc(flags);
  NullUpToApc(event);
  TimeUpToApc(time);
  KindUpToApc(flags);
  KeReleaseSpinLock(&Lock, irql);
}

// --- conditions: bad ---

VOID bad_wait(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  WaitUpToApc(TRUE); // expected-warning {{'WaitUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_wait_on_path(BOOLEAN wait) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  if (wait)
    WaitUpToApc(wait); // expected-warning {{'WaitUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_flag(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  FlagUpToApc(6); // expected-warning {{'FlagUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_null(VOID) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  NullUpToApc(NULL); // expected-warning {{'NullUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_time(VOID) {
  KIRQL irql;
  LARGE_INTEGER second;
  second.QuadPart = -10000000;
  KeAcquireSpinLock(&Lock, &irql);
  TimeUpToApc(&second); // expected-warning {{'TimeUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

VOID bad_kind(ULONG kind) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  if (kind > 4)
    KindUpToApc(kind); // expected-warning {{'KindUpToApc' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}

// --- the tables know the routine: its own declaration counts nothing ---

_IRQL_requires_max_(PASSIVE_LEVEL) _IRQL_raises_(DISPATCH_LEVEL)
VOID NTAPI KeEnterCriticalRegion(VOID);
_IRQL_requires_(PASSIVE_LEVEL)
NTSTATUS NTAPI ZwClose(HANDLE Handle);

VOID ok_table_wins(VOID) {
  KIRQL irql;
  KeRaiseIrql(APC_LEVEL, &irql);
  KeEnterCriticalRegion();
  UpToApc();
  KeLeaveCriticalRegion();
  KeLowerIrql(irql);
}

VOID bad_once(HANDLE handle) {
  KIRQL irql;
  KeAcquireSpinLock(&Lock, &irql);
  ZwClose(handle); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&Lock, irql);
}
