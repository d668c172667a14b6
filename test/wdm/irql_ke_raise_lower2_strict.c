// Under strict a constant is wrong too.
// RUN: %ddi %s --rules wdm.IrqlKeRaiseLower2 --strictness strict
#include <wdm.h>

VOID ok_saved_value(VOID) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLowerIrql(old);
}

VOID ok_member(PKIRQL saved) {
  *saved = KeRaiseIrqlToDpcLevel();
  KeLowerIrql(*saved);
}

VOID bad_constant(VOID) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  KeLowerIrql(PASSIVE_LEVEL); // expected-warning {{'KeLowerIrql' lowers to a constant and not to the level that the raise saved [ddi.wdm.IrqlKeRaiseLower2]}}
}
