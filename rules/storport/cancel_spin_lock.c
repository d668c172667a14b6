/* CancelSpinLock (storport), in a virtual miniport */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_CANCEL, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_CANCEL, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_CANCEL, | DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_cancel_spin_lock = {
    .name = "storport.CancelSpinLock",
    .summary = "A virtual miniport acquires and releases the cancel spin lock in turn, "
               "and does not hold it when it returns",
    .text =
        "There is one cancel spin lock for all drivers. Who acquires it twice "
        "waits for himself, and who keeps it stops the cancelling of every IRP.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-cancelspinlock",
    .bad = "IoAcquireCancelSpinLock(&irql);\n"
           "return FALSE; /* held */\n",
    .good = "IoAcquireCancelSpinLock(&irql);\n"
           "...\n"
           "IoReleaseCancelSpinLock(irql);\n"
           "return FALSE;\n",
    .obligations = obligations,
};
