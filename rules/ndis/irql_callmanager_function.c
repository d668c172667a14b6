/* Irql_CallManager_Function (ndis): a call manager. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_callmanager_function,
                "ndis.Irql_CallManager_Function",
                "A call manager calls NDIS at the level that each routine's "
                "page allows",
                "ndis-irql-callmanager-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisCmActivateVc(vc, &parameters);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisCmActivateVc(vc, &parameters);\n");
