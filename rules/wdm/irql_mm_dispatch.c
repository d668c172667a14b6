/* IrqlMmDispatch (wdm): contiguous memory. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_mm_dispatch, "wdm.IrqlMmDispatch",
                "Contiguous memory is freed at DISPATCH_LEVEL or below",
                "wdm-irqlmmdispatch",
                "/* in an interrupt's service routine, at DIRQL */\n"
                "MmFreeContiguousMemory(ext->Ring);\n",
                "/* in the DPC that the service routine queues */\n"
                "MmFreeContiguousMemory(ext->Ring);\n");
