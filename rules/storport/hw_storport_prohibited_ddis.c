/*
 * HwStorPortProhibitedDDIs (storport)
 *
 * A physical miniport calls Storport and little else of the kernel.  Which
 * kind a miniport is shows in the structure that it gives to StorPortInitialize;
 * where that is out of sight, the rule is silent.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .calls = ddi_storport_prohibited,
     .never = DDI_PHYSICAL_MINIPORT,
     .error = "'%c' is prohibited in a physical Storport miniport"},
    {0}};

const struct ddi_rule ddi_rule_storport_hw_storport_prohibited_ddis = {
    .name = "storport.HwStorPortProhibitedDDIs",
    .summary = "A physical Storport miniport calls no routine that Storport "
               "forbids",
    .text = "A physical miniport runs inside crash dump and hibernation, and "
            "under Storport's own locks, where most of the kernel is out of "
            "reach. It calls the StorPort routines instead. Virtual miniports "
            "may call the kernel.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-hwstorportprohibitedddis",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n",
    .good = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);\n",
    .obligations = obligations,
};
