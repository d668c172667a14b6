/* IrqlIoPassive1 (wdm): devices and interfaces come into being. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlIoPassive1",
     "IoCreateDevice at APC_LEVEL, which its own page allows"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_passive1, "wdm.IrqlIoPassive1",
                "Devices are attached and interfaces set at PASSIVE_LEVEL; "
                "devices and control requests are made at APC_LEVEL at most",
                "wdm-irqliopassive1",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "IoSetDeviceInterfaceState(&ext->Link, TRUE);\n"
                "ExReleaseFastMutex(&ext->Mutex);\n",
                "ExAcquireFastMutex(&ext->Mutex); /* APC_LEVEL */\n"
                "ext->Started = TRUE;\n"
                "ExReleaseFastMutex(&ext->Mutex);\n"
                "IoSetDeviceInterfaceState(&ext->Link, TRUE);\n",
                .covers = covers);
