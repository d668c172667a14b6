// RUN: %ddi %s --rules wdm.FastMutex,wdm.GuardedRegions,wdm.IrqlReturn
#include <wdm.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  FAST_MUTEX Fast, Other;
  KGUARDED_MUTEX Guarded;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_pair, ok_guarded, ok_try, ok_through_helpers, ok_unsafe;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  ExAcquireFastMutex(&ext->Fast);
  ExAcquireFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Fast);
  return STATUS_SUCCESS;
}

NTSTATUS ok_guarded(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeAcquireGuardedMutex(&ext->Guarded);
  KeReleaseGuardedMutex(&ext->Guarded);
  return STATUS_SUCCESS;
}

NTSTATUS ok_try(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (ExTryToAcquireFastMutex(&ext->Fast))
    ExReleaseFastMutex(&ext->Fast);
  if (!KeTryToAcquireGuardedMutex(&ext->Guarded))
    return STATUS_UNSUCCESSFUL;
  KeReleaseGuardedMutex(&ext->Guarded);
  return STATUS_SUCCESS;
}

NTSTATUS ok_unsafe(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireFastMutexUnsafe(&ext->Fast);
  KeAcquireGuardedMutexUnsafe(&ext->Guarded);
  KeReleaseGuardedMutexUnsafe(&ext->Guarded);
  ExReleaseFastMutexUnsafe(&ext->Fast);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

static VOID lock(PEXTENSION ext) { ExAcquireFastMutex(&ext->Fast); }
static VOID unlock(PEXTENSION ext) { ExReleaseFastMutex(&ext->Fast); }

NTSTATUS ok_through_helpers(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  lock(ext);
  unlock(ext);
  return STATUS_SUCCESS;
}

VOID ok_initialised(VOID) {
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  ExInitializeFastMutex(&ext->Fast);
  KeInitializeGuardedMutex(&ext->Guarded);
  ExAcquireFastMutex(&ext->Fast);
  KeAcquireGuardedMutex(&ext->Guarded);
  KeReleaseGuardedMutex(&ext->Guarded);
  ExReleaseFastMutex(&ext->Fast);
  ExFreePoolWithTag(ext, TAG);
}

// As the macro of old headers does it.
VOID ok_initialised_by_hand(VOID) {
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  ext->Fast.Count = 1;
  ext->Fast.Owner = NULL;
  KeInitializeEvent(&ext->Fast.Event, SynchronizationEvent, FALSE);
  ExAcquireFastMutex(&ext->Fast);
  ExReleaseFastMutex(&ext->Fast);
  ExFreePoolWithTag(ext, TAG);
}

VOID ok_local(VOID) {
  FAST_MUTEX mutex;
  ExInitializeFastMutex(&mutex);
  ExAcquireFastMutex(&mutex);
  ExReleaseFastMutex(&mutex);
}

// --- bad ---

VOID bad_twice(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Fast);
  ExAcquireFastMutex(&ext->Fast); // expected-warning {{'ExAcquireFastMutex' on 'ext->Fast', which this path holds: deadlock [ddi.wdm.FastMutex]}}
  ExReleaseFastMutex(&ext->Fast);
}

DRIVER_DISPATCH bad_guarded_twice;
NTSTATUS bad_guarded_twice(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  KeAcquireGuardedMutexUnsafe(&ext->Guarded);
  KeAcquireGuardedMutexUnsafe(&ext->Guarded); // expected-warning {{'KeAcquireGuardedMutexUnsafe' on 'ext->Guarded', which this path holds: deadlock}}
  KeReleaseGuardedMutexUnsafe(&ext->Guarded);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

VOID bad_released_twice(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Fast);
  ExReleaseFastMutex(&ext->Fast);
  ExReleaseFastMutex(&ext->Fast); // expected-warning {{'ExReleaseFastMutex' releases 'ext->Fast', which this path does not hold [ddi.wdm.FastMutex]}}
}

DRIVER_DISPATCH bad_failed_try, bad_early_return, bad_guarded_kept, bad_unsafe_kept, bad_guarded_released;
NTSTATUS bad_failed_try(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  if (!ExTryToAcquireFastMutex(&ext->Fast))
    ext->Removed = TRUE;
  ExReleaseFastMutex(&ext->Fast); // expected-warning {{'ExReleaseFastMutex' releases 'ext->Fast', which this path does not hold}}
  return STATUS_SUCCESS;
}

NTSTATUS bad_early_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  ExAcquireFastMutex(&ext->Fast);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->Fast' still held [ddi.wdm.FastMutex]}}
  ExReleaseFastMutex(&ext->Fast);
  return STATUS_SUCCESS;
}

// The region that it entered is told, and it alone.
NTSTATUS bad_guarded_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeAcquireGuardedMutex(&ext->Guarded);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{[ddi.wdm.GuardedRegions]}}
  KeReleaseGuardedMutex(&ext->Guarded);
  return STATUS_SUCCESS;
}

NTSTATUS bad_guarded_released(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeReleaseGuardedMutex(&ext->Guarded); // expected-warning {{[ddi.wdm.GuardedRegions]}}
  return STATUS_SUCCESS;
}

NTSTATUS bad_unsafe_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeEnterCriticalRegion();
  KeAcquireGuardedMutexUnsafe(&ext->Guarded);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Guarded' still held}}
}

VOID bad_never_initialised(VOID) {
  PEXTENSION ext = ExAllocatePoolWithTag(NonPagedPool, sizeof *ext, TAG);
  if (!ext)
    return;
  ExAcquireFastMutex(&ext->Fast); // expected-warning {{'ExAcquireFastMutex' on 'ext->Fast', which was never initialised [ddi.wdm.FastMutex]}}
  ExReleaseFastMutex(&ext->Fast);
  ExFreePoolWithTag(ext, TAG);
}

BOOLEAN Decide(VOID);

static NTSTATUS bad_kept_on_one_way(PEXTENSION ext) {
  ExAcquireFastMutexUnsafe(&ext->Fast);
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Fast' held, which is released on other paths with the same result [ddi.wdm.FastMutex]}}
  ExReleaseFastMutexUnsafe(&ext->Fast);
  return STATUS_SUCCESS;
}

// Handed out: who calls it nobody knows.
typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {bad_kept_on_one_way};
