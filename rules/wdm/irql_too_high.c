/*
 * IrqlTooHigh (wdm)
 *
 * Microsoft has no rule of this name: the pages of the routines and the
 * annotations in the headers demand it.  Here are the routines that have a bound
 * and that no IRQL rule lists.
 */
#include "irql_bound.h"

static const struct ddi_obligation obligations[] = {
    IRQL_BOUND_ROW(DDI_IRQL_TOO_HIGH, 28121, , , .otherwise = 2), {0}};

const struct ddi_rule ddi_rule_wdm_irql_too_high = {
    .name = "wdm.IrqlTooHigh",
    .summary = "A routine is not called above the IRQL that its page or its "
               "declaration allows",
    .text = IRQL_BOUND_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/kernel/"
           "managing-hardware-priorities",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "IoGetDeviceInterfaces(&guid, NULL, 0, &list); /* DISPATCH_LEVEL */\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .good = "IoGetDeviceInterfaces(&guid, NULL, 0, &list);\n"
            "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .obligations = obligations,
};
