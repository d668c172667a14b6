/* Irql_MCM_Function (ndis): a miniport call manager. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_mcm_function, "ndis.Irql_MCM_Function",
                "A miniport call manager calls NDIS at the level that each "
                "routine's page allows",
                "ndis-irql-mcm-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisMCmDeleteVc(vc);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisMCmDeleteVc(vc);\n");
