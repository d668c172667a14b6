/* IrqlIoApcLte (wdm): deletion of devices, hard errors. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_apc_lte, "wdm.IrqlIoApcLte",
                "A device object is deleted, and a hard error raised, at "
                "APC_LEVEL or below",
                "wdm-irqlioapclte",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "IoDeleteDevice(ext->Device);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "ext->Removed = TRUE;\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "IoDeleteDevice(ext->Device);\n");
