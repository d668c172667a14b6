// RUN: %ddi %s --rules wdm.ExclusiveResourceAccess
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ERESOURCE Other;
  BOOLEAN Started;
} EXTENSION, *PEXTENSION;

ERESOURCE Global;
VOID Unknown(VOID);
VOID UnknownWith(PERESOURCE r);

// --- ok ---

VOID ok_exclusive(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_starve(PERESOURCE r) {
  ExAcquireSharedStarveExclusive(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_wait_for_exclusive(PERESOURCE r) {
  ExAcquireSharedWaitForExclusive(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_old_names(PERESOURCE r) {
  ExAcquireResourceExclusive(r, TRUE);
  ExReleaseResource(r);
}

VOID ok_released_for_current_thread(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread());
}

VOID ok_thread_kept_in_variable(PERESOURCE r) {
  ERESOURCE_THREAD me = ExGetCurrentResourceThread();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceForThreadLite(r, me);
}

VOID ok_global(VOID) {
  ExAcquireResourceExclusiveLite(&Global, TRUE);
  ExReleaseResourceLite(&Global);
}

VOID ok_nested_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID ok_nested_exclusive(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID ok_shared_upon_exclusive(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID ok_exclusive_upon_shared_without_wait(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  if (ExAcquireResourceExclusiveLite(r, FALSE))
    ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID ok_release_before_exclusive(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}

VOID ok_convert(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExConvertExclusiveToSharedLite(r);
  ExReleaseResourceLite(r);
}

VOID ok_two_objects_crossed(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExAcquireResourceSharedLite(&ext->Other, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseResourceLite(&ext->Other);
}

VOID ok_attempt(PERESOURCE r) {
  if (ExAcquireResourceExclusiveLite(r, FALSE))
    ExReleaseResourceLite(r);
}

NTSTATUS ok_attempt_fails_early(PERESOURCE r) {
  if (!ExAcquireResourceSharedLite(r, FALSE))
    return STATUS_CANT_WAIT;
  ExReleaseResourceLite(r);
  return STATUS_SUCCESS;
}

VOID ok_attempt_kept_in_variable(PERESOURCE r) {
  BOOLEAN got = ExAcquireResourceSharedLite(r, FALSE);
  Unknown();
  if (got)
    ExReleaseResourceLite(r);
}

NTSTATUS ok_wait_is_a_parameter(PERESOURCE r, BOOLEAN wait) {
  if (!ExAcquireResourceSharedLite(r, wait))
    return STATUS_PENDING;
  ExReleaseResourceLite(r);
  return STATUS_SUCCESS;
}

VOID ok_result_of_waiting_tested(PERESOURCE r) {
  if (!ExAcquireResourceExclusiveLite(r, TRUE))
    return;
  ExReleaseResourceLite(r);
}

VOID ok_combined(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_combined_and_plain(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceShared(r);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

static VOID lock(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
}

static VOID unlock(PEXTENSION ext) { ExReleaseResourceLite(&ext->Resource); }

VOID ok_through_helpers(PEXTENSION ext) {
  lock(ext);
  unlock(ext);
}

VOID ok_helper_and_own(PEXTENSION ext) {
  lock(ext);
  ExReleaseResourceLite(&ext->Resource);
}

VOID ok_loop(PERESOURCE r, ULONG n) {
  while (n--) {
    ExAcquireResourceExclusiveLite(r, TRUE);
    ExReleaseResourceLite(r);
  }
}

VOID ok_each_of_an_array(PEXTENSION *all, ULONG n) {
  ULONG i;
  for (i = 0; i < n; i++) {
    ExAcquireResourceExclusiveLite(&all[i]->Resource, TRUE);
    ExReleaseResourceLite(&all[i]->Resource);
  }
}

VOID ok_alias(PEXTENSION ext) {
  PERESOURCE r = &ext->Resource;
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

VOID ok_unknown_call_between(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  UnknownWith(r);
  ExReleaseResourceLite(r);
}

VOID ok_asked_held(PERESOURCE r) {
  if (ExIsResourceAcquiredExclusiveLite(r))
    ExReleaseResourceLite(r);
}

VOID ok_asked_held_shared(PERESOURCE r) {
  if (ExIsResourceAcquiredSharedLite(r))
    ExReleaseResourceLite(r);
}

VOID ok_asked_before_acquiring(PERESOURCE r) {
  BOOLEAN acquired = FALSE;
  if (!ExIsResourceAcquiredSharedLite(r)) {
    ExAcquireResourceSharedLite(r, TRUE);
    acquired = TRUE;
  }
  if (acquired)
    ExReleaseResourceLite(r);
}

VOID ok_transferred_is_not_held(PERESOURCE r, PVOID owner) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExSetResourceOwnerPointerEx(r, owner, 0);
}

VOID ok_early_return_releases(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!ext->Started) {
    ExReleaseResourceLite(&ext->Resource);
    return;
  }
  ExReleaseResourceLite(&ext->Resource);
}

// --- bad: releases ---

VOID bad_release_without_acquire(PERESOURCE r) {
  ExReleaseResourceLite(r); // expected-warning {{'ExReleaseResourceLite' releases 'r', which this path does not hold [ddi.wdm.ExclusiveResourceAccess]}}
}

VOID bad_released_twice(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
}

VOID bad_wrong_order(PERESOURCE r) {
  ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
  ExAcquireResourceExclusiveLite(r, TRUE);
  return; // expected-warning {{Returns with 'r' still held}}
}

VOID bad_other_object(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Other); // expected-warning {{releases 'ext->Other', which this path does not hold}}
  ExReleaseResourceLite(&ext->Resource);
}

VOID bad_release_for_current_thread(PERESOURCE r) {
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread()); // expected-warning {{'ExReleaseResourceForThreadLite' releases 'r', which this path does not hold}}
}

VOID bad_released_after_failed_attempt(PERESOURCE r) {
  if (!ExAcquireResourceExclusiveLite(r, FALSE)) {
    ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
    return;
  }
  ExReleaseResourceLite(r);
}

VOID bad_attempt_not_looked_at(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, FALSE);
  ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
}

VOID bad_combined_release_twice(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceLite(r);
  ExReleaseResourceAndLeaveCriticalRegion(r); // expected-warning {{'ExReleaseResourceAndLeaveCriticalRegion' releases 'r', which this path does not hold}}
}

VOID bad_old_name(PERESOURCE r) {
  ExReleaseResource(r); // expected-warning {{'ExReleaseResource' releases 'r', which this path does not hold}}
}

VOID bad_released_through_helper(PEXTENSION ext) {
  lock(ext);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseResourceLite(&ext->Resource); // expected-warning {{releases 'ext->Resource', which this path does not hold}}
}

VOID bad_asked_and_not_held(PERESOURCE r) {
  if (!ExIsResourceAcquiredSharedLite(r))
    ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
}

// --- bad: exclusive upon shared ---

VOID bad_exclusive_upon_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' waits for 'r', which this path holds shared: deadlock [ddi.wdm.ExclusiveResourceAccess]}}
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

VOID bad_combined_exclusive_upon_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExEnterCriticalRegionAndAcquireResourceExclusive(r); // expected-warning {{waits for 'r', which this path holds shared: deadlock}}
  ExReleaseResourceAndLeaveCriticalRegion(r);
  ExReleaseResourceLite(r);
}

VOID bad_exclusive_upon_converted(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExConvertExclusiveToSharedLite(r);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{waits for 'r', which this path holds shared: deadlock}}
  ExReleaseResourceLite(r);
  ExReleaseResourceLite(r);
}

// --- bad: conversion ---

VOID bad_convert_not_held(PERESOURCE r) {
  ExConvertExclusiveToSharedLite(r); // expected-warning {{'ExConvertExclusiveToSharedLite' on 'r', which this path does not hold [ddi.wdm.ExclusiveResourceAccess]}}
}

VOID bad_convert_shared(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  ExConvertExclusiveToSharedLite(r); // expected-warning {{'ExConvertExclusiveToSharedLite' on 'r', which this path holds shared [ddi.wdm.ExclusiveResourceAccess]}}
  ExReleaseResourceLite(r);
}

VOID bad_convert_twice(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExConvertExclusiveToSharedLite(r);
  ExConvertExclusiveToSharedLite(r); // expected-warning {{on 'r', which this path holds shared}}
  ExReleaseResourceLite(r);
}

// --- bad: still held ---

VOID bad_not_released(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  return; // expected-warning {{Returns with 'r' still held [ddi.wdm.ExclusiveResourceAccess]}}
}

VOID bad_shared_not_released(PERESOURCE r) {
  ExAcquireResourceSharedLite(r, TRUE);
  return; // expected-warning {{Returns with 'r' still held}}
}

VOID bad_nested_released_once(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  return; // expected-warning {{Returns with 'r' still held}}
}

NTSTATUS bad_early_return(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!ext->Started)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'ext->Resource' still held}}
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

VOID bad_one_of_two(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExAcquireResourceExclusiveLite(&ext->Other, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  return; // expected-warning {{Returns with 'ext->Other' still held}}
}

VOID bad_both(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExAcquireResourceExclusiveLite(&ext->Other, TRUE);
  return; // expected-warning {{Returns with 'ext->Resource' still held}} {{Returns with 'ext->Other' still held}}
}

VOID bad_attempt_kept(PERESOURCE r) {
  if (!ExAcquireResourceSharedLite(r, FALSE))
    return;
  return; // expected-warning {{Returns with 'r' still held}}
}

VOID bad_combined_not_released(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  KeLeaveCriticalRegion();
  return; // expected-warning {{Returns with 'r' still held}}
}

VOID bad_out_of_loop(PERESOURCE r, ULONG n) {
  while (n--) {
    ExAcquireResourceExclusiveLite(r, TRUE);
    if (n == 3)
      break;
    ExReleaseResourceLite(r);
  }
  return; // expected-warning {{Returns with 'r' still held}}
}

VOID bad_kept_by_helper(PEXTENSION ext) {
  lock(ext);
  return; // expected-warning {{Returns with 'ext->Resource' still held}}
}

DRIVER_DISPATCH bad_dispatch;
NTSTATUS bad_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = (PEXTENSION)device->DeviceExtension;
  UNREFERENCED_PARAMETER(irp);
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  return STATUS_SUCCESS; // expected-warning {{Returns with 'ext->Resource' still held}}
}
