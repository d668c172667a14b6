// One file of many: whoever calls these functions is out of sight.
// RUN: %ddi %s --world open
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

VOID OutOfSight(VOID);

// --- ok ---

VOID ok_release_for_thread(PERESOURCE r) {
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread());
}

VOID ok_release(PERESOURCE r) { ExReleaseResourceLite(r); }

VOID ok_acquire_for_caller(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
}

VOID ok_enter_for_caller(VOID) { KeEnterCriticalRegion(); }

VOID ok_leave_for_caller(VOID) { KeLeaveCriticalRegion(); }

VOID ok_guarded_for_caller(VOID) { KeEnterGuardedRegion(); }

// It may have released what it can reach, and left the region.
VOID ok_out_of_sight_may_do_anything(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  OutOfSight();
  KeLeaveCriticalRegion();
}

KSTART_ROUTINE ok_system_thread;
VOID ok_system_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

// --- bad ---

// What the path itself did is known in both worlds.
VOID bad_acquired_after_leave(PERESOURCE r) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
}

VOID bad_left_while_held(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  ExReleaseResourceLite(r);
}

VOID bad_released_twice(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
}

// A documented routine does only what its page says.
VOID bad_documented_routine_changes_nothing(PERESOURCE r, PKEVENT event) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeSetEvent(event, IO_NO_INCREMENT, FALSE);
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  ExReleaseResourceLite(r);
}

// A role is known wherever the function stands.
DRIVER_DISPATCH bad_dispatch;
NTSTATUS bad_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{[ddi.wdm.WithinCriticalRegion]}}
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Resource' still held}}
}
