/* IrqlExFree2 (wdm): a block from ExAllocatePoolWithTagPriority. */
#include "irql_free.h"

IRQL_BOUND_RULE_OF(IRQL_FREE(| DDI_POOL_BY_PRIORITY, ), ddi_rule_wdm_irql_ex_free2,
                   "wdm.IrqlExFree2",
                   "A block from ExAllocatePoolWithTagPriority is freed at "
                   "DISPATCH_LEVEL or below, paged pool at APC_LEVEL or below",
                   "wdm-irqlexfree2",
                   "block = ExAllocatePoolWithTagPriority(PagedPool, size, TAG,\n"
                   "                                      LowPoolPriority);\n"
                   "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                   "ExFreePoolWithTag(block, TAG);\n",
                   "KeReleaseSpinLock(&ext->Lock, irql);\n"
                   "ExFreePoolWithTag(block, TAG);\n");
