// RUN: %ddi %s --rules wdm.IrqlKeRaiseLower2
#include <wdm.h>

typedef struct _EXTENSION {
  KIRQL Old;
} EXTENSION, *PEXTENSION;

// --- ok ---

VOID ok_in_order(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(APC_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(inner);
  KeLowerIrql(outer);
}

VOID ok_through_another_variable(PEXTENSION ext) {
  KIRQL old, copy;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  copy = old;
  ext->Old = copy;
  KeLowerIrql(ext->Old);
}

// Both are the same level.
VOID ok_equal_levels(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(DISPATCH_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(inner);
  KeLowerIrql(outer);
}

VOID ok_constant_is_right(VOID) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  KeLowerIrql(PASSIVE_LEVEL);
}

VOID ok_unknown_value(KIRQL value) {
  KIRQL outer, inner;
  KeRaiseIrql(APC_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(value);
}

// --- bad ---

VOID bad_outer_first(VOID) {
  KIRQL outer, inner;
  KeRaiseIrql(APC_LEVEL, &outer);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(outer); // expected-warning {{'KeLowerIrql' restores the level that an earlier raise saved, while a later one is in force: the IRQL is DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 53 [ddi.wdm.IrqlKeRaiseLower2]}}
}

VOID bad_through_a_member(PEXTENSION ext) {
  KIRQL inner;
  KeRaiseIrql(APC_LEVEL, &ext->Old);
  KeRaiseIrql(DISPATCH_LEVEL, &inner);
  KeLowerIrql(ext->Old); // expected-warning {{'KeLowerIrql' restores the level that an earlier raise saved}}
}

VOID bad_fast_mutex_in_between(PFAST_MUTEX mutex) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  KeRaiseIrqlToDpcLevel();
  KeLowerIrql(old); // expected-warning {{'KeLowerIrql' restores the level that an earlier raise saved}}
}
