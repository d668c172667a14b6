/* SpinLockRelease (storport), in a virtual miniport */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_KE, | DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_spin_lock_release = {
    .name = "storport.SpinLockRelease",
    .summary = "A virtual miniport releases a spin lock only if it holds it",
    .text =
        "A release of a lock that the path has already released, or never "
        "acquired, frees it while another processor relies on it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-spinlockrelease",
    .bad = "KeReleaseSpinLock(&ext->Lock, irql);\n"
           "KeReleaseSpinLock(&ext->Lock, irql); /* again */\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "...\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .obligations = obligations,
};
