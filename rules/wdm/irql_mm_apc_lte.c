/* IrqlMmApcLte (wdm): pages of drivers, noncached memory, secured user memory. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlMmApcLte",
     "MmAllocatePagesForMdl, MmAllocatePagesForMdlEx and MmFreePagesFromMdl "
     "at DISPATCH_LEVEL, which their declarations allow"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_mm_apc_lte, "wdm.IrqlMmApcLte",
                "Noncached memory is allocated, sections are locked and user "
                "memory secured at APC_LEVEL or below",
                "wdm-irqlmmapclte",
                "/* in a DPC, at DISPATCH_LEVEL */\n"
                "handle = MmLockPagableDataSection(Send);\n",
                "/* in the dispatch routine for IRP_MJ_CREATE */\n"
                "handle = MmLockPagableDataSection(Send);\n",
                .covers = covers);
