/* IrqlExFree3 (wdm): any other block. */
#include "irql_free.h"

IRQL_BOUND_RULE_OF(IRQL_FREE(, | DDI_POOL_BY_TAG | DDI_POOL_BY_PRIORITY), ddi_rule_wdm_irql_ex_free3,
                   "wdm.IrqlExFree3",
                   "A block of which the allocation is not seen is freed at "
                   "DISPATCH_LEVEL or below",
                   "wdm-irqlexfree3",
                   "/* in an interrupt's service routine, at DIRQL */\n"
                   "ExFreePoolWithTag(ext->Block, TAG);\n",
                   "/* in the DPC that the service routine queues */\n"
                   "ExFreePoolWithTag(ext->Block, TAG);\n");
