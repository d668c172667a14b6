// RUN: %ddi %s --rules wdm,sal
//
// What a driver asks about its IRQL: the code behind the question is judged by the
// answer if it runs only because of it.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  ERESOURCE Resource;
  PETHREAD Owner;
  ULONG Count;
} EXTENSION, *PEXTENSION;

_IRQL_requires_max_(APC_LEVEL) VOID UpToApc(VOID);
_IRQL_requires_max_(PASSIVE_LEVEL) VOID AtPassive(VOID);
_IRQL_requires_min_(DISPATCH_LEVEL) VOID FromDispatch(VOID);
VOID Log(ULONG level);

// --- ok ---

VOID ok_if(VOID) {
  if (KeGetCurrentIrql() <= APC_LEVEL)
    UpToApc();
  else
    FromDispatch();
}

VOID ok_early_return(VOID) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  UpToApc();
}

VOID ok_variable(VOID) {
  KIRQL irql = KeGetCurrentIrql();
  if (irql >= DISPATCH_LEVEL)
    FromDispatch();
  else
    UpToApc();
}

VOID ok_not_equal(VOID) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  AtPassive();
}

VOID ok_condition_in_two(BOOLEAN now) {
  if (now && KeGetCurrentIrql() == PASSIVE_LEVEL)
    AtPassive();
}

VOID ok_switch(VOID) {
  switch (KeGetCurrentIrql()) {
  case PASSIVE_LEVEL:
    AtPassive();
    break;
  case APC_LEVEL:
    UpToApc();
    break;
  default:
    break;
  }
}

// A log and an assertion ask, and go on.
VOID ok_log(VOID) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    Log(1);
  UpToApc();
}

VOID ok_log_variable(VOID) {
  KIRQL irql = KeGetCurrentIrql();
  if (irql > APC_LEVEL)
    Log(irql);
  UpToApc();
  AtPassive();
}

VOID ok_not_used(VOID) {
  (void)(KeGetCurrentIrql() == PASSIVE_LEVEL);
  UpToApc();
  AtPassive();
}

VOID ok_conditional_expression(VOID) {
  (void)(KeGetCurrentIrql() <= APC_LEVEL || (Log(2), 0));
  UpToApc();
}

VOID ok_apcs_asked(PEXTENSION e) {
  if (!KeAreApcsDisabled())
    KeEnterCriticalRegion();
  else
    KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
  ExReleaseResourceLite(&e->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_apcs_disabled(PEXTENSION e) {
  if (KeAreApcsDisabled()) {
    ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
    ExReleaseResourceLite(&e->Resource);
  }
}

static BOOLEAN can_wait(VOID) {
  return KeGetCurrentIrql() <= APC_LEVEL;
}

VOID ok_helper_guards(VOID) {
  if (can_wait())
    UpToApc();
}

static VOID log_level(VOID) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    Log(3);
}

VOID ok_helper_logs(VOID) {
  log_level();
  UpToApc();
}

// Whoever raised it here knows the level.
VOID ok_raised_when_low(PEXTENSION e) {
  KIRQL irql = KeGetCurrentIrql();
  if (irql < DISPATCH_LEVEL)
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
  FromDispatch();
  if (irql < DISPATCH_LEVEL)
    KeLowerIrql(irql);
}

// A lock that counts its owner's acquisitions.
static VOID acquire_counted(PEXTENSION e) {
  if (e->Owner == PsGetCurrentThread()) {
    e->Count++;
    return;
  }
  ExAcquireFastMutex(&e->Mutex);
  e->Owner = PsGetCurrentThread();
  e->Count = 1;
}

static VOID release_counted(PEXTENSION e) {
  if (--e->Count != 0)
    return;
  e->Owner = NULL;
  ExReleaseFastMutex(&e->Mutex);
}

VOID ok_counted(PEXTENSION e) {
  acquire_counted(e);
  e->Count += 0;
  release_counted(e);
  AtPassive();
}

VOID ok_counted_twice(PEXTENSION e) {
  acquire_counted(e);
  acquire_counted(e);
  release_counted(e);
  release_counted(e);
  return;
}

// A fast mutex that this path did not take was taken by an earlier call: of the level
// that says nothing.
DRIVER_DISPATCH ok_caller;
static VOID release_for_caller(PEXTENSION e) {
  ExReleaseFastMutex(&e->Mutex); // expected-warning {{'ExReleaseFastMutex' releases 'e->Mutex', which this path does not hold [ddi.wdm.FastMutex]}}
}

NTSTATUS ok_caller(PDEVICE_OBJECT device, PIRP irp) {
  release_for_caller(device->DeviceExtension);
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_if(VOID) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL or above, as 'KeGetCurrentIrql' tells on line 188; it may be called at APC_LEVEL at most}}
}

VOID bad_else(VOID) {
  if (KeGetCurrentIrql() < DISPATCH_LEVEL)
    Log(4);
  else
    UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL or above, as 'KeGetCurrentIrql' tells}}
}

VOID bad_early_return(VOID) {
  if (KeGetCurrentIrql() < DISPATCH_LEVEL)
    return;
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL or above}}
}

VOID bad_too_low(VOID) {
  if (KeGetCurrentIrql() == APC_LEVEL)
    FromDispatch(); // expected-warning {{'FromDispatch' is called at APC_LEVEL}}
}

VOID bad_variable(VOID) {
  KIRQL irql = KeGetCurrentIrql();
  if (irql == DISPATCH_LEVEL)
    UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, as 'KeGetCurrentIrql' tells}}
}

// FIXME: a helper that asks and answers is no guard, so nothing is found behind it.
VOID bad_behind_helper(VOID) {
  if (!can_wait())
    UpToApc();
}

VOID bad_apcs_asked(PEXTENSION e) {
  if (!KeAreApcsDisabled()) {
    ExAcquireResourceExclusiveLite(&e->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
    ExReleaseResourceLite(&e->Resource);
  }
}

static VOID wait_inside(VOID) {
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL or above}}
}

VOID bad_guard_outside_helper(VOID) {
  if (KeGetCurrentIrql() >= DISPATCH_LEVEL)
    wait_inside();
}

// A log in between, and the level is known anyway.
VOID bad_logged_while_raised(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  if (KeGetCurrentIrql() > APC_LEVEL)
    Log(5);
  UpToApc(); // expected-warning {{'UpToApc' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeReleaseSpinLock(&e->Lock, irql);
}
