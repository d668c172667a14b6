// The names are those of macros.
// RUN: %ddi %s --rules ndis.Irql_IrqlSetting_Function --no-mingw 'its ndis.h is old'
#include <ndisddi.h>

VOID ok_pair(VOID) {
  KIRQL irql;
  NDIS_RAISE_IRQL_TO_DISPATCH(&irql);
  NDIS_LOWER_IRQL(irql, DISPATCH_LEVEL);
}

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KIRQL irql;
  NDIS_RAISE_IRQL_TO_DISPATCH(&irql);
  NDIS_LOWER_IRQL(irql, DISPATCH_LEVEL);
}

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  KIRQL irql;
  NDIS_RAISE_IRQL_TO_DISPATCH(&irql); // expected-warning {{'NDIS_RAISE_IRQL_TO_DISPATCH' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.ndis.Irql_IrqlSetting_Function]}}
  NDIS_LOWER_IRQL(irql, DISPATCH_LEVEL);
  return TRUE;
}
