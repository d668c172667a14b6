// RUN: %ddi %s --rules wdm.IrqlKeRaiseLower
#include <wdm.h>

BOOLEAN Decide(VOID);

// --- ok ---

VOID ok_pair(VOID) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLowerIrql(old);
}

VOID ok_nested(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(APC_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(inner);
  KeLowerIrql(outer);
}

VOID ok_same_level_again(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(DISPATCH_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(inner);
  KeLowerIrql(outer);
}

VOID ok_raised_if_needed(VOID) {
  KIRQL old = KeGetCurrentIrql();
  BOOLEAN raised = old < DISPATCH_LEVEL;
  if (raised)
    KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (raised)
    KeLowerIrql(old);
}

// Which level comes back is not known.
VOID ok_level_of_others(KIRQL old) {
  KIRQL mine;
  KeRaiseIrql(DISPATCH_LEVEL, &mine);
  KeLowerIrql(old);
}

static KIRQL raise_for_caller(VOID) { return KeRaiseIrqlToDpcLevel(); }
static VOID lower_for_caller(KIRQL old) { KeLowerIrql(old); }

VOID ok_through_helpers(VOID) {
  KIRQL old = raise_for_caller();
  lower_for_caller(old);
}

DRIVER_CANCEL ok_cancel;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

KDEFERRED_ROUTINE ok_dpc_raises_and_lowers;
VOID ok_dpc_raises_and_lowers(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KIRQL old;
  KeRaiseIrql(HIGH_LEVEL, &old);
  KeLowerIrql(old);
}

// --- bad ---

VOID bad_raise_down(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(DISPATCH_LEVEL, &outer);
  KeRaiseIrql(APC_LEVEL, &inner); // expected-warning {{'KeRaiseIrql' raises to a level below the current one: the IRQL is DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 70 [ddi.wdm.IrqlKeRaiseLower]}}
  KeLowerIrql(inner);
  KeLowerIrql(outer);
}

VOID bad_raise_down_under_spin_lock(PKSPIN_LOCK lock) {
  KIRQL outer, inner;
  KeAcquireSpinLock(lock, &outer);
  KeRaiseIrql(PASSIVE_LEVEL, &inner); // expected-warning {{'KeRaiseIrql' raises to a level below the current one: the IRQL is DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeLowerIrql(inner);
  KeReleaseSpinLock(lock, outer);
}

VOID bad_lower_up(VOID) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  KeLowerIrql(DISPATCH_LEVEL); // expected-warning {{'KeLowerIrql' lowers to a level above the current one: the IRQL is APC_LEVEL, set by 'KeRaiseIrql' on line 86 [ddi.wdm.IrqlKeRaiseLower]}}
}

KDEFERRED_ROUTINE bad_dpc_lowers;
VOID bad_dpc_lowers(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeLowerIrql(PASSIVE_LEVEL); // expected-warning {{'KeLowerIrql' lowers the IRQL, which was not raised: it is DISPATCH_LEVEL, at which the system enters 'bad_dpc_lowers' as KDEFERRED_ROUTINE [ddi.wdm.IrqlKeRaiseLower]}}
}

DRIVER_DISPATCH bad_lowered_twice;
NTSTATUS bad_lowered_twice(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLowerIrql(old);
  KeLowerIrql(old); // expected-warning {{'KeLowerIrql' lowers the IRQL, which was not raised: it is PASSIVE_LEVEL}}
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_lowered_on_one_path;
NTSTATUS bad_lowered_on_one_path(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old = PASSIVE_LEVEL;
  if (Decide())
    KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLowerIrql(old); // expected-warning {{'KeLowerIrql' lowers the IRQL, which was not raised}}
  return STATUS_SUCCESS;
}
