/* IrqlApcLte (wdm): the security of objects. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_apc_lte, "wdm.IrqlApcLte",
                "Object security is read and given back at APC_LEVEL or below",
                "wdm-irqlapclte",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "status = ObGetObjectSecurity(object, &descriptor, &allocated);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "status = ObGetObjectSecurity(object, &descriptor, &allocated);\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "...\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n");
