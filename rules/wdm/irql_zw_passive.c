/* IrqlZwPassive (wdm): the handle and registry routines. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_zw_passive, "wdm.IrqlZwPassive",
                "ZwClose and the Zw routines for registry keys are called at "
                "PASSIVE_LEVEL",
                "wdm-irqlzwpassive",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "ZwClose(ext->Key);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "ExAcquireFastMutex(&ext->Mutex);\n"
                "key = ext->Key;\n"
                "ExReleaseFastMutex(&ext->Mutex);\n"
                "ZwClose(key);\n");
