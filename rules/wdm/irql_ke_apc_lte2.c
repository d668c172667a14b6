/*
 * IrqlKeApcLte2 (wdm): critical and guarded regions, NMI callbacks.
 * KeAreApcsDisabled is listed too; its own page allows DISPATCH_LEVEL, and
 * that counts.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlKeApcLte2",
     "KeAreApcsDisabled and KeAreAllApcsDisabled at DISPATCH_LEVEL, which "
     "their own pages allow"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ke_apc_lte2, "wdm.IrqlKeApcLte2",
                "Critical and guarded regions are entered and left, and NMI "
                "callbacks registered, at APC_LEVEL or below",
                "wdm-irqlkeapclte2",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "KeEnterCriticalRegion();\n",
                "KeEnterCriticalRegion();\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n",
                .covers = covers);
