/*
 * SpinlockRelease (wdm): what is released was acquired.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_KE, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_HELD(DDI_INTERRUPT_LOCK, DDI_KE, , ),
    {0}};

const struct ddi_rule ddi_rule_wdm_spinlock_release = {
    .name = "wdm.SpinlockRelease",
    .summary = "A spin lock is released only by who holds it",
    .text =
        "A release of a lock that the path has already released, or never "
        "acquired, frees it while another processor relies on it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-spinlockrelease",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n"
           "if (failed)\n"
           "    goto out;\n"
           "out:\n"
           "KeReleaseSpinLock(&ext->Lock, irql); /* again */\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "...\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .obligations = obligations,
};
