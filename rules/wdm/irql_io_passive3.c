/* IrqlIoPassive3 (wdm): links, detaching, interfaces. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_passive3, "wdm.IrqlIoPassive3",
                "A device is detached, and links and interfaces are "
                "registered, at PASSIVE_LEVEL",
                "wdm-irqliopassive3",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "IoDetachDevice(ext->Lower);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "ext->Removed = TRUE;\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "IoDetachDevice(ext->Lower);\n");
