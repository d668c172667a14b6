// Who is called only through a table of the driver's own, by a function that the system
// enters and that does nothing around it, is entered as that one is.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _HOOK {
  ERESOURCE Resource;
  KSPIN_LOCK Lock;
  KIRQL Level;
  struct _HOOK *Next;
} HOOK, *PHOOK;

static NTSTATUS ignore(PHOOK hook, PIRP irp) { return STATUS_SUCCESS; }

// --- ok ---

static NTSTATUS ok_balanced(PHOOK hook, PIRP irp) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE);
  ExReleaseResourceLite(&hook->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// Somebody else may look at what it has left.
typedef VOID STEP(PHOOK hook);
static VOID ok_lock(PHOOK hook) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE);
}
static VOID ok_unlock(PHOOK hook) {
  ExReleaseResourceLite(&hook->Resource);
  KeLeaveCriticalRegion();
}
static STEP *const steps[] = {ok_lock, ok_unlock};

DRIVER_DISPATCH ok_two_steps;
NTSTATUS ok_two_steps(PDEVICE_OBJECT device, PIRP irp) {
  steps[0](device->DeviceExtension);
  steps[1](device->DeviceExtension);
  return STATUS_SUCCESS;
}

// Its caller has entered the region.
typedef VOID INSIDE(PHOOK hook, PHOOK next);
static VOID ok_inside(PHOOK hook, PHOOK next) {
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE);
  ExReleaseResourceLite(&hook->Resource);
}
static INSIDE *const insides[] = {ok_inside};

DRIVER_DISPATCH ok_region_around;
NTSTATUS ok_region_around(PDEVICE_OBJECT device, PIRP irp) {
  PHOOK hook = device->DeviceExtension;
  KeEnterCriticalRegion();
  insides[hook->Level](hook, hook->Next);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// Told so by a number, it gives back what another caller has acquired.
typedef VOID FINISH(PHOOK hook, BOOLEAN is_held);
static VOID ok_told(PHOOK hook, BOOLEAN is_held) {
  if (is_held)
    KeReleaseSpinLock(&hook->Lock, hook->Level);
}
static FINISH *const finishes[] = {ok_told};

DRIVER_DISPATCH ok_tells;
NTSTATUS ok_tells(PDEVICE_OBJECT device, PIRP irp) {
  PHOOK hook = device->DeviceExtension;
  finishes[hook->Level](hook, FALSE);
  return STATUS_SUCCESS;
}

// The system may call it, too.
typedef VOID GIVEN(PHOOK hook, PIRP irp, PHOOK next);
VOID OutOfSight(GIVEN *given);
static VOID ok_given(PHOOK hook, PIRP irp, PHOOK next) {
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE);
}
static GIVEN *const givens[] = {ok_given};

DRIVER_DISPATCH ok_gives;
NTSTATUS ok_gives(PDEVICE_OBJECT device, PIRP irp) {
  PHOOK hook = device->DeviceExtension;
  OutOfSight(ok_given);
  givens[hook->Level](hook, irp, hook->Next);
  return STATUS_SUCCESS;
}

// --- bad ---

static NTSTATUS bad_keeps(PHOOK hook, PIRP irp) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE);
  ExReleaseResourceLite(&hook->Resource);
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region}}
}

static NTSTATUS bad_outside(PHOOK hook, PIRP irp) {
  ExAcquireResourceExclusiveLite(&hook->Resource, TRUE); // expected-warning {{normal kernel APCs}}
  ExReleaseResourceLite(&hook->Resource);
  return STATUS_SUCCESS;
}

typedef NTSTATUS HANDLER(PHOOK hook, PIRP irp);
static HANDLER *const handlers[] = {ok_balanced, bad_keeps, bad_outside, ignore};

#pragma code_seg("PAGE")
static VOID bad_paged(PHOOK hook, PVOID what, PVOID more) { // expected-warning {{may be paged out}}
  PAGED_CODE();
}
#pragma code_seg()
typedef VOID LATER(PHOOK hook, PVOID what, PVOID more);
static LATER *const laters[] = {bad_paged};

KDEFERRED_ROUTINE ok_dpc;
VOID ok_dpc(PKDPC dpc, PVOID context, PVOID what, PVOID more) {
  PHOOK hook = context;
  laters[hook->Level](hook, what, more);
}

// On through another function.
static NTSTATUS forward(PHOOK hook, PIRP irp) {
  return handlers[hook->Level](hook, irp);
}

DRIVER_DISPATCH ok_dispatch;
NTSTATUS ok_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  if (!device->DeviceExtension)
    return STATUS_SUCCESS;
  return forward(device->DeviceExtension, irp);
}
