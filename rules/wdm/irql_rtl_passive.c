/* IrqlRtlPassive (wdm): values of the registry. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_rtl_passive, "wdm.IrqlRtlPassive",
                "A value of the registry is deleted at PASSIVE_LEVEL",
                "wdm-irqlrtlpassive",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, L\"Last\");\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "...\n"
                "ExReleaseFastMutex(&ext->Mutex);\n"
                "RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, path, L\"Last\");\n");
