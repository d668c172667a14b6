// RUN: %ddi %s --rules wdm.PagedCode
//
// Code that may be paged out, by its section or by PAGED_CODE().
#include <ntifs.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  ULONG State;
} EXTENSION, *PEXTENSION;

VOID InPage(VOID);
VOID InNamedPage(VOID);
VOID InLockable(VOID);
VOID InPageOfDriver(VOID);
VOID NotPaged(VOID);
DRIVER_UNLOAD ok_raises_in_helper, ok_fast_mutex_inside;
DRIVER_UNLOAD ok_paged_code_alone_raises;
KDEFERRED_ROUTINE bad_paged_dpc, bad_dpc_says_paged;
DRIVER_UNLOAD bad_raises_inside, bad_goes_on, bad_spin_lock_inside;

#pragma alloc_text(PAGE, InPage)
#pragma alloc_text("PAGE", InNamedPage)
#pragma alloc_text(PAGELK, InLockable)
#pragma alloc_text(PAGEDRV1, InPageOfDriver)
#pragma alloc_text(INIT, NotPaged)
#pragma alloc_text(PAGE, ok_raises_in_helper)
#pragma alloc_text(PAGE, ok_fast_mutex_inside)
#pragma alloc_text(PAGE, bad_raises_inside)
#pragma alloc_text(PAGE, bad_paged_dpc)
#pragma alloc_text(PAGE, bad_goes_on)
#pragma alloc_text(PAGE, bad_spin_lock_inside)

static ULONG Calls;
VOID InPage(VOID) { Calls++; }
VOID InNamedPage(VOID) { Calls++; }
VOID InLockable(VOID) { Calls++; }
VOID InPageOfDriver(VOID) { Calls++; }
VOID NotPaged(VOID) { Calls++; }

__declspec(code_seg("PAGE")) VOID InCodeSeg(VOID) { Calls++; }
__declspec(code_seg(".text")) VOID InText(VOID) { Calls++; }

#pragma code_seg("PAGE")
VOID BelowPragma(VOID) { Calls++; }
#pragma code_seg()
VOID AfterPragma(VOID) { Calls++; }
#pragma code_seg(push, "PAGE")
VOID BelowPush(VOID) { Calls++; }
#pragma code_seg(pop)
VOID AfterPop(VOID) { Calls++; }

VOID SaysPaged(VOID) {
  PAGED_CODE();
  Calls++;
}

static VOID raise(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  e->State++;
  KeReleaseSpinLock(&e->Lock, irql);
}

// --- ok ---

VOID ok_low(PEXTENSION e) {
  ExAcquireFastMutex(&e->Mutex);
  InPage();
  InNamedPage();
  InCodeSeg();
  BelowPragma();
  BelowPush();
  SaysPaged();
  ExReleaseFastMutex(&e->Mutex);
}

VOID ok_not_paged(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  InLockable();
  InPageOfDriver();
  NotPaged();
  InText();
  AfterPragma();
  AfterPop();
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID ok_after_release(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  e->State++;
  KeReleaseSpinLock(&e->Lock, irql);
  InPage();
}

VOID ok_asked(PEXTENSION e) {
  if (KeGetCurrentIrql() <= APC_LEVEL)
    InPage();
}

VOID ok_raises_in_helper(PDRIVER_OBJECT driver) {
  raise((PEXTENSION)driver->DriverStart);
}

VOID ok_fast_mutex_inside(PDRIVER_OBJECT driver) {
  PEXTENSION e = driver->DriverStart;
  ExAcquireFastMutex(&e->Mutex);
  e->State++;
  ExReleaseFastMutex(&e->Mutex);
}

// Where the code lies is not said, only how it is called.
VOID ok_paged_code_alone_raises(PDRIVER_OBJECT driver) {
  PEXTENSION e = driver->DriverStart;
  KIRQL irql;
  PAGED_CODE();
  KeAcquireSpinLock(&e->Lock, &irql);
  e->State++;
  KeReleaseSpinLock(&e->Lock, irql);
}

// --- bad ---

KDEFERRED_ROUTINE bad_dpc;

VOID bad_spin_lock(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  InPage(); // expected-warning {{'InPage', which may be paged out, runs at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 130 [ddi.wdm.PagedCode]}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_named(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  InNamedPage(); // expected-warning {{'InNamedPage', which may be paged out}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_code_seg(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  InCodeSeg(); // expected-warning {{'InCodeSeg', which may be paged out}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_below_pragma(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  BelowPragma(); // expected-warning {{'BelowPragma', which may be paged out}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_below_push(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  BelowPush(); // expected-warning {{'BelowPush', which may be paged out}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_says_paged(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  SaysPaged(); // expected-warning {{'SaysPaged', which may be paged out}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  InPage(); // expected-warning {{'InPage', which may be paged out, runs at DISPATCH_LEVEL, at which the system enters 'bad_dpc' as KDEFERRED_ROUTINE}}
}

VOID bad_paged_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) { // expected-warning {{'bad_paged_dpc', which may be paged out, runs at DISPATCH_LEVEL}}
  InText();
}

VOID bad_dpc_says_paged(PKDPC dpc, PVOID context, PVOID one, PVOID two) { // expected-warning {{'bad_dpc_says_paged', which may be paged out, runs at DISPATCH_LEVEL}}
  PAGED_CODE();
  InText();
}

VOID bad_raises_inside(PDRIVER_OBJECT driver) {
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql); // expected-warning {{Behind 'KeRaiseIrql' code that may be paged out goes on at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 185 [ddi.wdm.PagedCode]}}
  KeLowerIrql(irql);
}

static VOID leave_raised(PEXTENSION e) {
  KeAcquireSpinLock(&e->Lock, (PKIRQL)&e->State);
}

VOID bad_goes_on(PDRIVER_OBJECT driver) {
  PEXTENSION e = driver->DriverStart;
  leave_raised(e); // expected-warning {{Behind 'leave_raised' code that may be paged out goes on at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&e->Lock, (KIRQL)e->State);
}

VOID bad_spin_lock_inside(PDRIVER_OBJECT driver) {
  PEXTENSION e = driver->DriverStart;
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql); // expected-warning {{Behind 'KeAcquireSpinLock' code that may be paged out goes on}}
  e->State++;
  KeReleaseSpinLock(&e->Lock, irql);
}
