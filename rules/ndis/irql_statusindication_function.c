/* Irql_StatusIndication_Function (ndis): indications of status. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_statusindication_function,
                "ndis.Irql_StatusIndication_Function",
                "Status is indicated at DISPATCH_LEVEL or below",
                "ndis-irql-statusindication-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisMIndicateStatusEx(adapter, &indication);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisMIndicateStatusEx(adapter, &indication);\n");
