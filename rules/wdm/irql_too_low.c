/*
 * IrqlTooLow (wdm)
 *
 * Microsoft has no rule of this name: the pages of the routines and the
 * annotations in the headers demand it.  Here are the routines that have a bound
 * and that no IRQL rule lists.
 */
#include "irql_bound.h"

static const struct ddi_obligation obligations[] = {
    IRQL_BOUND_ROW(DDI_IRQL_TOO_LOW, 28120, , , .otherwise = 2), {0}};

const struct ddi_rule ddi_rule_wdm_irql_too_low = {
    .name = "wdm.IrqlTooLow",
    .summary = "A routine is not called below the IRQL that its page or its "
               "declaration allows",
    .text = IRQL_BOUND_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/kernel/"
           "managing-hardware-priorities",
    .bad = "KeAcquireSpinLockAtDpcLevel(&ext->Lock); /* in a dispatch routine */\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n",
    .obligations = obligations,
};
