// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  BOOLEAN Started;
} EXTENSION, *PEXTENSION;

VOID Unknown(VOID);
BOOLEAN Decide(VOID);

// --- ok ---

VOID ok_pair(VOID) {
  KeEnterCriticalRegion();
  Unknown();
  KeLeaveCriticalRegion();
}

VOID ok_nested(VOID) {
  KeEnterCriticalRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLeaveCriticalRegion();
}

VOID ok_one_after_the_other(VOID) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

NTSTATUS ok_early_return_leaves(PEXTENSION ext) {
  KeEnterCriticalRegion();
  if (!ext->Started) {
    KeLeaveCriticalRegion();
    return STATUS_UNSUCCESSFUL;
  }
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

VOID ok_same_condition(BOOLEAN wanted) {
  if (wanted)
    KeEnterCriticalRegion();
  Unknown();
  if (wanted)
    KeLeaveCriticalRegion();
}

VOID ok_file_system_macros(VOID) {
  FsRtlEnterFileSystem();
  FsRtlExitFileSystem();
}

VOID ok_macro_and_routine_move_one_counter(VOID) {
  FsRtlEnterFileSystem();
  KeLeaveCriticalRegion();
}

VOID ok_combined_forms(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_combined_enter_plain_leave(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_plain_enter_combined_leave(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(r, TRUE);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_combined_shared(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceShared(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_combined_wait_for_exclusive(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireSharedWaitForExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID ok_at_apc_level(VOID) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLowerIrql(old);
}

VOID ok_in_guarded_region(VOID) {
  KeEnterGuardedRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLeaveGuardedRegion();
}

static VOID enter_for_caller(VOID) { KeEnterCriticalRegion(); }
static VOID leave_for_caller(VOID) { KeLeaveCriticalRegion(); }

VOID ok_through_helpers(VOID) {
  enter_for_caller();
  Unknown();
  leave_for_caller();
}

static BOOLEAN try_to_enter(VOID) {
  if (!Decide())
    return FALSE;
  KeEnterCriticalRegion();
  return TRUE;
}

VOID ok_helper_that_may_enter(VOID) {
  if (try_to_enter())
    KeLeaveCriticalRegion();
}

VOID ok_loop(ULONG n) {
  ULONG i;
  for (i = 0; i < n; i++) {
    KeEnterCriticalRegion();
    Unknown();
    KeLeaveCriticalRegion();
  }
}

VOID ok_out_of_loop(ULONG n) {
  for (;;) {
    KeEnterCriticalRegion();
    if (n-- == 0)
      break;
    KeLeaveCriticalRegion();
  }
  KeLeaveCriticalRegion();
}

VOID ok_goto(PEXTENSION ext) {
  KeEnterCriticalRegion();
  if (!ext->Started)
    goto out;
  Unknown();
out:
  KeLeaveCriticalRegion();
}

KSTART_ROUTINE ok_thread_balanced;
VOID ok_thread_balanced(PVOID context) {
  UNREFERENCED_PARAMETER(context);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

IO_WORKITEM_ROUTINE ok_work_item;
VOID ok_work_item(PDEVICE_OBJECT device, PVOID context) {
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(context);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

IO_COMPLETION_ROUTINE ok_completion_may_leave_what_dispatch_entered;
NTSTATUS ok_completion_may_leave_what_dispatch_entered(PDEVICE_OBJECT device,
                                                       PIRP irp, PVOID context) {
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(irp);
  UNREFERENCED_PARAMETER(context);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

VOID ok_asked_before_leave(VOID) {
  BOOLEAN entered = FALSE;
  if (!KeAreApcsDisabled()) {
    KeEnterCriticalRegion();
    entered = TRUE;
  }
  if (entered)
    KeLeaveCriticalRegion();
}

VOID ok_stops_the_machine(VOID) {
  KeEnterCriticalRegion();
  KeBugCheckEx(1, 2, 3, 4, 5);
}

// --- bad ---

VOID bad_leave_without_enter(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' leaves a critical region that was not entered [ddi.wdm.CriticalRegions]}}
}

VOID bad_left_twice(VOID) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}

VOID bad_wrong_order(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
  KeEnterCriticalRegion();
}

VOID bad_not_left(VOID) {
  KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left [ddi.wdm.CriticalRegions]}}
}

NTSTATUS bad_early_return(PEXTENSION ext) {
  KeEnterCriticalRegion();
  if (!ext->Started)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a critical region that was not left}}
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

VOID bad_nested_left_once(VOID) {
  KeEnterCriticalRegion();
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_wrong_kind(VOID) {
  KeEnterCriticalRegion();
  KeLeaveGuardedRegion(); // expected-warning {{'KeLeaveGuardedRegion' leaves a guarded region that was not entered [ddi.wdm.GuardedRegions]}}
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_macro_not_left(VOID) {
  FsRtlEnterFileSystem();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_macro_leave(VOID) {
  FsRtlExitFileSystem(); // expected-warning {{'FsRtlExitFileSystem' leaves a critical region that was not entered}}
}

VOID bad_combined_enter_not_left(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceLite(r);
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_combined_left_twice(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}

VOID bad_in_loop(ULONG n) {
  ULONG i;
  for (i = 0; i < n; i++)
    KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_other_condition(BOOLEAN one, BOOLEAN other) {
  if (one)
    KeEnterCriticalRegion();
  if (other)
    KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_enter_above_apc_level(PKSPIN_LOCK lock) {
  KIRQL old;
  KeAcquireSpinLock(lock, &old);
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeReleaseSpinLock(lock, old);
  KeLeaveCriticalRegion();
}

VOID bad_leave_above_apc_level(VOID) {
  KIRQL old;
  KeEnterCriticalRegion();
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLeaveCriticalRegion(); // expected-warning {{'KeLeaveCriticalRegion' is called at DISPATCH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(old);
}

VOID bad_combined_above_apc_level(PERESOURCE r, PKSPIN_LOCK lock) {
  KIRQL old;
  KeAcquireSpinLock(lock, &old);
  ExEnterCriticalRegionAndAcquireResourceExclusive(r); // expected-warning {{'ExEnterCriticalRegionAndAcquireResourceExclusive' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(lock, old);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

VOID bad_enter_through_helper(VOID) {
  enter_for_caller();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

KDEFERRED_ROUTINE bad_dpc;
VOID bad_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  UNREFERENCED_PARAMETER(dpc);
  UNREFERENCED_PARAMETER(context);
  UNREFERENCED_PARAMETER(one);
  UNREFERENCED_PARAMETER(two);
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL, at which the system enters 'bad_dpc'}}
  KeLeaveCriticalRegion();
}

KSTART_ROUTINE bad_thread_leaves_the_region_of_the_system;
VOID bad_thread_leaves_the_region_of_the_system(PVOID context) {
  UNREFERENCED_PARAMETER(context);
  KeLeaveCriticalRegion();
  return; // expected-warning {{Returns with one critical region left too many [ddi.wdm.CriticalRegions]}}
}

DRIVER_DISPATCH bad_dispatch;
NTSTATUS bad_dispatch(PDEVICE_OBJECT device, PIRP irp) {
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(irp);
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}
