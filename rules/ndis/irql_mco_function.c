/* Irql_MCO_Function (ndis): a connection-oriented miniport. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_mco_function, "ndis.Irql_MCO_Function",
                "A connection-oriented miniport calls NDIS at the level that "
                "each routine's page allows",
                "ndis-irql-mco-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisMCoOidRequestComplete(adapter, vc, request, status);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisMCoOidRequestComplete(adapter, vc, request, status);\n");
