/*
 * IrqlExPassive (wdm): UUIDs and exceptions.  The page has PASSIVE_LEVEL and
 * APC_LEVEL for ExRaiseStatus; the laxer counts.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlExPassive",
     "ExCreateCallback at APC_LEVEL, which its own page allows"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ex_passive, "wdm.IrqlExPassive",
                "UUIDs are made, and exceptions raised, at PASSIVE_LEVEL; "
                "ExCreateCallback and ExRaiseStatus also run at APC_LEVEL",
                "wdm-irqlexpassive",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "status = ExUuidCreate(&ext->Id);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "status = ExUuidCreate(&id);\n"
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "ext->Id = id;\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                .covers = covers);
