/* IrqlKeApcLte1 (wdm): guarded mutexes, delays. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlKeApcLte1",
     "KeQueryActiveProcessors, whose level is not known"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ke_apc_lte1, "wdm.IrqlKeApcLte1",
                "Guarded mutexes are used, and a thread is delayed, at "
                "APC_LEVEL or below",
                "wdm-irqlkeapclte1",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "KeDelayExecutionThread(KernelMode, FALSE, &interval);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "...\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "KeDelayExecutionThread(KernelMode, FALSE, &interval);\n",
                .covers = covers);
