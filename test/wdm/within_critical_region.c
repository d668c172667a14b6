// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ERESOURCE Other;
  KMUTEX Mutex;
  FAST_MUTEX FastMutex;
  KGUARDED_MUTEX GuardedMutex;
  KSPIN_LOCK SpinLock;
  KEVENT Event;
} EXTENSION, *PEXTENSION;

VOID Unknown(VOID);

// --- ok: what disables normal kernel APCs ---

VOID ok_critical_region(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_file_system_macros(PERESOURCE r) {
  FsRtlEnterFileSystem();
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  FsRtlExitFileSystem();
}

VOID ok_guarded_region(PERESOURCE r) {
  KeEnterGuardedRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveGuardedRegion();
}

VOID ok_guarded_mutex(PEXTENSION ext) {
  KeAcquireGuardedMutex(&ext->GuardedMutex);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseGuardedMutex(&ext->GuardedMutex);
}

VOID ok_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->FastMutex);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseFastMutex(&ext->FastMutex);
}

VOID ok_fast_mutex_tried(PEXTENSION ext) {
  if (!ExTryToAcquireFastMutex(&ext->FastMutex))
    return;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseFastMutex(&ext->FastMutex);
}

VOID ok_mutex_object(PEXTENSION ext) {
  KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseMutex(&ext->Mutex, FALSE);
}

VOID ok_mutex_object_with_timeout(PEXTENSION ext, PLARGE_INTEGER timeout) {
  if (KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE,
                            timeout) != STATUS_SUCCESS)
    return;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseMutex(&ext->Mutex, FALSE);
}

VOID ok_apc_level(PERESOURCE r) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLowerIrql(old);
}

VOID ok_released_under_spin_lock(PEXTENSION ext) {
  KIRQL old;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  KeAcquireSpinLock(&ext->SpinLock, &old);
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseSpinLock(&ext->SpinLock, old);
  KeLeaveCriticalRegion();
}

VOID ok_combined_forms(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_combined_then_plain(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceShared(r);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_inner_region_left(PERESOURCE r) {
  KeEnterCriticalRegion();
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLeaveCriticalRegion();
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_guarded_keeps_them_off(PERESOURCE r) {
  KeEnterGuardedRegion();
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLeaveCriticalRegion();
  ExReleaseResourceLite(r);
  KeLeaveGuardedRegion();
}

VOID ok_failed_attempt_leaves(PERESOURCE r) {
  KeEnterCriticalRegion();
  if (!ExAcquireResourceExclusiveLite(r, FALSE)) {
    KeLeaveCriticalRegion();
    return;
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_asked(PERESOURCE r) {
  if (!KeAreApcsDisabled())
    return;
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_asked_for_all(PERESOURCE r) {
  if (!KeAreAllApcsDisabled())
    return;
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_loop(PERESOURCE r, ULONG n) {
  while (n--) {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(r, TRUE);
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
}

static VOID lock(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
}

static VOID unlock(PEXTENSION ext) {
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_through_helpers(PEXTENSION ext) {
  lock(ext);
  Unknown();
  unlock(ext);
}

static VOID acquire_only(PEXTENSION ext) {
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
}

VOID ok_helper_called_in_region(PEXTENSION ext) {
  KeEnterCriticalRegion();
  acquire_only(ext);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}

// --- ok: who need not, or does not do what needs it ---

KSTART_ROUTINE ok_system_thread;
VOID ok_system_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

KSTART_ROUTINE ok_release_for_thread_in_system_thread;
VOID ok_release_for_thread_in_system_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceForThreadLite(&ext->Resource, ExGetCurrentResourceThread());
}

DRIVER_ADD_DEVICE ok_add_device_is_in_a_system_thread;
NTSTATUS ok_add_device_is_in_a_system_thread(PDRIVER_OBJECT driver,
                                             PDEVICE_OBJECT device) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(driver);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

IO_WORKITEM_ROUTINE ok_work_item_is_unknown;
VOID ok_work_item_is_unknown(PDEVICE_OBJECT device, PVOID context) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(context);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

KDEFERRED_ROUTINE ok_dpc_releases;
VOID ok_dpc_releases(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = (PEXTENSION)context;
  UNREFERENCED_PARAMETER(dpc);
  UNREFERENCED_PARAMETER(two);
  ExReleaseResourceForThreadLite(&ext->Resource, (ERESOURCE_THREAD)one);
}

VOID ok_lifetime_needs_no_region(PEXTENSION ext) {
  ExInitializeResourceLite(&ext->Resource);
  ExReinitializeResourceLite(&ext->Resource);
  ExDeleteResourceLite(&ext->Resource);
}

VOID ok_question_needs_no_region(PERESOURCE r) {
  ExIsResourceAcquiredExclusiveLite(r);
  ExIsResourceAcquiredSharedLite(r);
}

VOID ok_event_is_no_lock(PEXTENSION ext) {
  KeWaitForSingleObject(&ext->Event, Executive, KernelMode, FALSE, NULL);
}

// --- bad: each of the six routines ---

VOID bad_exclusive(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' with normal kernel APCs enabled: the thread is in no critical region [ddi.wdm.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
}

VOID bad_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

VOID bad_starve(PERESOURCE r) {
  ExAcquireSharedStarveExclusive(r, TRUE); // expected-warning {{'ExAcquireSharedStarveExclusive' with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

VOID bad_wait(PERESOURCE r) {
  ExAcquireSharedWaitForExclusive(r, TRUE); // expected-warning {{'ExAcquireSharedWaitForExclusive' with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

VOID bad_attempt(PERESOURCE r) {
  if (ExAcquireResourceExclusiveLite(r, FALSE)) // expected-warning {{with normal kernel APCs enabled}}
    ExReleaseResourceLite(r);
}

// A release that had no acquisition breaks the other rule as well.
VOID bad_release(PERESOURCE r) {
  ExReleaseResourceLite(r); // expected-warning {{'ExReleaseResourceLite' with normal kernel APCs enabled: the thread is in no critical region [ddi.wdm.WithinCriticalRegion]}} {{[ddi.wdm.ExclusiveResourceAccess]}}
}

VOID bad_release_for_thread(PERESOURCE r) {
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread()); // expected-warning {{'ExReleaseResourceForThreadLite' with normal kernel APCs enabled}} {{[ddi.wdm.ExclusiveResourceAccess]}}
}

// --- bad: left too early ---

VOID bad_left_while_held(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' lets normal kernel APCs in while 'r' is still held [ddi.wdm.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
}

VOID bad_guarded_left_while_held(PEXTENSION ext) {
  KeEnterGuardedRegion();
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  KeLeaveGuardedRegion(); // expected-warning {{'KeLeaveGuardedRegion' lets normal kernel APCs in while 'ext->Resource' is still held}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_one_of_two_left_while_held(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExAcquireResourceExclusiveLite(&ext->Other, TRUE);
  ExReleaseResourceLite(&ext->Other);
  KeLeaveCriticalRegion(); // expected-warning {{while 'ext->Resource' is still held}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_combined_left_while_held(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  ExReleaseResourceLite(r);
}

// --- bad: what does not disable them, or no longer ---

VOID bad_acquired_before_enter(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  KeEnterCriticalRegion();
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID bad_after_leave(PERESOURCE r) {
  KeEnterCriticalRegion();
  Unknown();
  KeLeaveCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

VOID bad_after_lower(PERESOURCE r) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  KeLowerIrql(old);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

VOID bad_after_mutex(PEXTENSION ext) {
  KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Mutex, FALSE);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_event_is_no_mutex(PEXTENSION ext) {
  KeWaitForSingleObject(&ext->Event, Executive, KernelMode, FALSE, NULL);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_failed_mutex(PEXTENSION ext) {
  if (!ExTryToAcquireFastMutex(&ext->FastMutex)) {
    ExAcquireResourceExclusiveLite(&ext->Resource, TRUE); // expected-warning {{with normal kernel APCs enabled}}
    ExReleaseResourceLite(&ext->Resource);
    return;
  }
  ExReleaseFastMutex(&ext->FastMutex);
}

VOID bad_on_one_path(PERESOURCE r, BOOLEAN enter) {
  if (enter)
    KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
  if (enter)
    KeLeaveCriticalRegion();
}

VOID bad_asked_and_ignored(PERESOURCE r) {
  if (KeAreApcsDisabled())
    return;
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(r);
}

static VOID acquire_for_caller(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
}

VOID bad_through_helper(PERESOURCE r) {
  acquire_for_caller(r);
  ExReleaseResourceLite(r);
}

VOID bad_second_round_of_loop(PERESOURCE r, ULONG n) {
  KeEnterCriticalRegion();
  while (n--) {
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
  return; // expected-warning {{Returns inside a critical region that was not left}} {{Returns with one critical region left too many}}
}

DRIVER_DISPATCH bad_dispatch;
NTSTATUS bad_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' with normal kernel APCs enabled}}
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

// What was left is known even where the entry is not.
IO_WORKITEM_ROUTINE bad_work_item_after_its_own_region;
VOID bad_work_item_after_its_own_region(PDEVICE_OBJECT device, PVOID context) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(context);
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  KeLeaveCriticalRegion(); // expected-warning {{while 'ext->Resource' is still held}}
  ExReleaseResourceLite(&ext->Resource);
}
