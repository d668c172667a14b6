/* IrqlExApcLte1 (wdm): fast mutexes. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ex_apc_lte1, "wdm.IrqlExApcLte1",
                "A fast mutex is acquired at APC_LEVEL or below",
                "wdm-irqlexapclte1",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "ExAcquireFastMutex(&ext->Mutex);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "ExAcquireFastMutex(&ext->Mutex);\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "...\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n");
