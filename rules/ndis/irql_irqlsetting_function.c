/* Irql_IrqlSetting_Function (ndis): the macros that raise and lower. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_irqlsetting_function,
                "ndis.Irql_IrqlSetting_Function",
                "NDIS_RAISE_IRQL_TO_DISPATCH is used at DISPATCH_LEVEL or "
                "below",
                "ndis-irql-irqlsetting-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NDIS_RAISE_IRQL_TO_DISPATCH(&irql);\n",
                "/* in MiniportInterruptDPC */\n"
                "NDIS_RAISE_IRQL_TO_DISPATCH(&irql);\n");
