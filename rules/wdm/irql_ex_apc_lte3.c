/* IrqlExApcLte3 (wdm): ERESOURCEs. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ex_apc_lte3, "wdm.IrqlExApcLte3",
                "An ERESOURCE is acquired, converted and deleted at APC_LEVEL "
                "or below",
                "wdm-irqlexapclte3",
                "/* in a DPC, at DISPATCH_LEVEL */\n"
                "ExAcquireResourceSharedLite(&ext->Resource, TRUE);\n",
                "/* in the work item that the DPC queues */\n"
                "KeEnterCriticalRegion();\n"
                "ExAcquireResourceSharedLite(&ext->Resource, TRUE);\n");
