// A helper that takes for its caller is fine; one that keeps on one path what it
// gives back on another with the same result is not.  The address of these
// functions is taken, so nothing is known of their entry.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  EX_PUSH_LOCK Lock;
  BOOLEAN Started;
  BOOLEAN Locked;
} EXTENSION, *PEXTENSION;

BOOLEAN Decide(VOID);
VOID Unknown(VOID);

typedef NTSTATUS HELPER(PEXTENSION ext);

// --- ok ---

static NTSTATUS ok_takes_for_caller(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  return STATUS_SUCCESS;
}

static NTSTATUS ok_keeps_on_success_only(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!Decide()) {
    ExReleaseResourceLite(&ext->Resource);
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}

static NTSTATUS ok_gives_back_everywhere(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (Decide()) {
    ExReleaseResourceLite(&ext->Resource);
    return STATUS_UNSUCCESSFUL;
  }
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_UNSUCCESSFUL;
}

// The caller knows what it put into the member.
static NTSTATUS ok_decided_by_the_caller(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (ext->Locked)
    return STATUS_SUCCESS;
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

static NTSTATUS ok_decided_by_a_parameter(PEXTENSION ext, BOOLEAN keep) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!keep)
    ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

// Asked twice, the system says the same of the thread; the analyzer does not know.
static NTSTATUS ok_decided_by_the_system(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (KeGetCurrentThread() != NULL)
    return STATUS_SUCCESS;
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

NTSTATUS (*const Keeper)(PEXTENSION, BOOLEAN) = ok_decided_by_a_parameter;

static NTSTATUS ok_region_for_caller(PEXTENSION ext) {
  UNREFERENCED_PARAMETER(ext);
  KeEnterCriticalRegion();
  if (!Decide()) {
    KeLeaveCriticalRegion();
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}

// --- bad ---

static NTSTATUS bad_keeps_on_one_error_path(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->Resource' held, which is released on other paths with the same result [ddi.wdm.ExclusiveResourceAccess]}}
  Unknown();
  ExReleaseResourceLite(&ext->Resource);
  if (!Decide())
    return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

static NTSTATUS bad_keeps_push_lock(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&ext->Lock);
  if (!Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with push lock 'ext->Lock' held, which is released on other paths with the same result [ddi.wdm.PushLock]}} {{Returns inside a critical region that is left on other paths with the same result [ddi.wdm.CriticalRegions]}}
  ExReleasePushLockExclusive(&ext->Lock);
  KeLeaveCriticalRegion();
  if (!Decide())
    return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

static NTSTATUS bad_stays_in_critical_region(PEXTENSION ext) {
  UNREFERENCED_PARAMETER(ext);
  KeEnterCriticalRegion();
  if (!Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a critical region that is left on other paths with the same result [ddi.wdm.CriticalRegions]}}
  KeLeaveCriticalRegion();
  if (!Decide())
    return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

static NTSTATUS bad_stays_in_guarded_region(PEXTENSION ext) {
  UNREFERENCED_PARAMETER(ext);
  KeEnterGuardedRegion();
  if (!Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a guarded region that is left on other paths with the same result [ddi.wdm.GuardedRegions]}}
  KeLeaveGuardedRegion();
  if (!Decide())
    return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

HELPER *const Helpers[] = {
    ok_takes_for_caller,      ok_keeps_on_success_only,
    ok_gives_back_everywhere, ok_decided_by_the_caller, ok_decided_by_the_system,
    ok_region_for_caller,     bad_keeps_on_one_error_path,
    bad_keeps_push_lock,      bad_stays_in_critical_region,
    bad_stays_in_guarded_region};
