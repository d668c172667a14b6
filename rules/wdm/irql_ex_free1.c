/* IrqlExFree1 (wdm): a block from ExAllocatePoolWithTag. */
#include "irql_free.h"

IRQL_BOUND_RULE_OF(IRQL_FREE(| DDI_POOL_BY_TAG, ), ddi_rule_wdm_irql_ex_free1,
                   "wdm.IrqlExFree1",
                   "A block from ExAllocatePoolWithTag is freed at DISPATCH_LEVEL or "
                   "below, paged pool at APC_LEVEL or below",
                   "wdm-irqlexfree1",
                   "block = ExAllocatePoolWithTag(PagedPool, size, TAG);\n"
                   "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                   "ExFreePoolWithTag(block, TAG);\n",
                   "KeReleaseSpinLock(&ext->Lock, irql);\n"
                   "ExFreePoolWithTag(block, TAG);\n");
