/* IrqlKeReleaseSpinLock (storport), in a virtual miniport */
#include "release_spin_lock.h"

static const struct ddi_obligation obligations[] = {
    RELEASE_SPIN_LOCK(| DDI_VIRTUAL_MINIPORT, )};

const struct ddi_rule ddi_rule_storport_irql_ke_release_spin_lock = {
    .name = "storport.IrqlKeReleaseSpinLock",
    .summary = "A virtual miniport releases a spin lock at DISPATCH_LEVEL, with the "
               "level that its own acquire saved",
    .text = RELEASE_SPIN_LOCK_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-irqlkereleasespinlock",
    .bad = RELEASE_SPIN_LOCK_BAD,
    .good = RELEASE_SPIN_LOCK_GOOD,
    .obligations = obligations,
};
