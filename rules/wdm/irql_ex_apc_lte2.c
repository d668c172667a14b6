/*
 * IrqlExApcLte2 (wdm): registry callbacks, callback objects, paged lookaside
 * lists, probes.  Its page lists the quota allocators too; their own pages
 * allow DISPATCH_LEVEL, and that counts.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlExApcLte2",
     "quota pool at DISPATCH_LEVEL, which its own pages allow"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ex_apc_lte2, "wdm.IrqlExApcLte2",
                "Registry callbacks, paged lookaside lists and probes of user "
                "memory are used at APC_LEVEL or below",
                "wdm-irqlexapclte2",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "entry = ExAllocateFromPagedLookasideList(&ext->Entries);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "entry = ExAllocateFromPagedLookasideList(&ext->Entries);\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "InsertTailList(&ext->List, &entry->Link);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                .covers = covers);
