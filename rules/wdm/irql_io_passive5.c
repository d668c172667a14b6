/*
 * IrqlIoPassive5 (wdm): device objects by name, DMA adapters, timers, share
 * access, WMI.
 */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_passive5, "wdm.IrqlIoPassive5",
                "Device objects are looked up, and timers, shutdown and WMI "
                "registered, at PASSIVE_LEVEL",
                "wdm-irqliopassive5",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "ext->Started = TRUE;\n"
                "ExReleaseFastMutex(&ext->Mutex);\n"
                "IoWMIRegistrationControl(device, WMIREG_ACTION_REGISTER);\n");
