/* IrqlIoRtlZwPassive (wdm): files, directories and registry keys. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_rtl_zw_passive, "wdm.IrqlIoRtlZwPassive",
                "Files, directories and keys are created, set and deleted at "
                "PASSIVE_LEVEL",
                "wdm-irqliortlzwpassive",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "ZwDeleteValueKey(ext->Key, &name);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "key = ext->Key;\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "ZwDeleteValueKey(key, &name);\n");
