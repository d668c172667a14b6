/* Irql_OID_Function (ndis): OID requests. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_oid_function, "ndis.Irql_OID_Function",
                "OID requests are made, cloned and completed at DISPATCH_LEVEL "
                "or below",
                "ndis-irql-oid-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisMOidRequestComplete(adapter, request, status);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisMOidRequestComplete(adapter, request, status);\n");
