/* IrqlIoPassive2 (wdm): share access, interrupts, controllers. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_passive2, "wdm.IrqlIoPassive2",
                "Share access is checked, interrupts are connected and "
                "controllers made at PASSIVE_LEVEL",
                "wdm-irqliopassive2",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "status = IoCheckShareAccess(access, share, file, &fcb->Share, TRUE);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "KeEnterCriticalRegion();\n"
                "ExAcquireResourceExclusiveLite(&fcb->Resource, TRUE);\n"
                "status = IoCheckShareAccess(access, share, file, &fcb->Share, TRUE);\n");
