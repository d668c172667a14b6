/*
 * CancelSpinlockRelease (wdm): acquire and release alternate.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_CANCEL, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_cancel_spinlock_release = {
    .name = "wdm.CancelSpinlockRelease",
    .summary = "The cancel spin lock is released only by who holds it",
    .text =
        "Acquire and release alternate. A second release frees the lock while "
        "another driver holds it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-cancelspinlockrelease",
    .bad = "IoReleaseCancelSpinLock(irp->CancelIrql);\n"
           "IoReleaseCancelSpinLock(irp->CancelIrql);\n",
    .good = "IoReleaseCancelSpinLock(irp->CancelIrql);\n",
    .obligations = obligations,
};
