/*
 * IrqlExAllocatePool (wdm): nonpaged pool up to DISPATCH_LEVEL, paged pool up
 * to APC_LEVEL.
 */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ex_allocate_pool, "wdm.IrqlExAllocatePool",
                "Pool is allocated at DISPATCH_LEVEL or below, paged pool at "
                "APC_LEVEL or below",
                "wdm-irqlexallocatepool",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "node = ExAllocatePoolWithTag(PagedPool, sizeof *node, TAG);\n",
                "node = ExAllocatePoolWithTag(PagedPool, sizeof *node, TAG);\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n");
