/* SpinLock (storport), in a virtual miniport */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_KE, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_KE, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_INITIALISED(DDI_SPIN_LOCK, DDI_KE, | DDI_VIRTUAL_MINIPORT, ),
    {0}};

static const struct ddi_covered covers[] = {
    {"storport.SpinLockDpc"},
    {0}};

const struct ddi_rule ddi_rule_storport_spin_lock = {
    .name = "storport.SpinLock",
    .summary = "A virtual miniport acquires a spin lock only while it is free, and "
               "holds none when it returns",
    .text =
        "A processor that waits for a spin lock that it holds itself waits for "
        "ever, and one that returns from a callback of the miniport with it "
        "keeps everybody else from the lock. Different locks may nest.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-spinlock",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "if (srb->SrbStatus)\n"
           "    return FALSE; /* held */\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "...\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n"
           "return FALSE;\n",
    .obligations = obligations,
    .covers = covers,
};
