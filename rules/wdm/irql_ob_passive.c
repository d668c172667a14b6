/* IrqlObPassive (wdm): handles. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ob_passive, "wdm.IrqlObPassive",
                "A handle is turned into a pointer at PASSIVE_LEVEL",
                "wdm-irqlobpassive",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "status = ObReferenceObjectByHandle(handle, access, NULL, UserMode,\n"
                "                                   &object, NULL);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "status = ObReferenceObjectByHandle(handle, access, NULL, UserMode,\n"
                "                                   &object, NULL);\n"
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "ext->Object = object;\n"
                "ExReleaseFastMutex(&ext->Mutex);\n");
