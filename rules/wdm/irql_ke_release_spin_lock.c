/* IrqlKeReleaseSpinLock (wdm) */
#include "release_spin_lock.h"

static const struct ddi_obligation obligations[] = {
    RELEASE_SPIN_LOCK(, | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT)};

const struct ddi_rule ddi_rule_wdm_irql_ke_release_spin_lock = {
    .name = "wdm.IrqlKeReleaseSpinLock",
    .summary = "A spin lock is released at DISPATCH_LEVEL, with the level that its "
               "own acquire saved",
    .text = RELEASE_SPIN_LOCK_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlkereleasespinlock",
    .bad = RELEASE_SPIN_LOCK_BAD,
    .good = RELEASE_SPIN_LOCK_GOOD,
    .obligations = obligations,
};
