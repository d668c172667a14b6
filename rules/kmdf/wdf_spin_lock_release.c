/*
 * WdfSpinLockRelease (kmdf): what is released was acquired.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_spin_lock_release = {
    .name = "kmdf.WdfSpinLockRelease",
    .summary = "A framework spin lock is released only by who holds it",
    .text =
        "Acquire and release go in pairs within a callback. A release too many "
        "frees the lock while another processor relies on it, and takes an old "
        "level from where none was kept.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfspinlockrelease",
    .bad = "WdfSpinLockAcquire(ctx->Lock);\n"
           "WdfSpinLockRelease(ctx->Lock);\n"
           "if (failed)\n"
           "    goto out;\n"
           "out:\n"
           "WdfSpinLockRelease(ctx->Lock); /* again */\n",
    .good = "WdfSpinLockAcquire(ctx->Lock);\n"
            "...\n"
            "WdfSpinLockRelease(ctx->Lock);\n",
    .obligations = obligations,
};
