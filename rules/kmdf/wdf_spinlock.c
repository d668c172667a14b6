/*
 * WdfSpinlock (kmdf): acquired while free, and released before the callback ends.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_WDF, , ),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_spinlock = {
    .name = "kmdf.WdfSpinlock",
    .summary = "A framework spin lock is acquired only while it is free, and none is "
               "held when a callback returns",
    .text =
        "WdfSpinLockAcquire raises to DISPATCH_LEVEL and spins: a processor "
        "that asks for a lock that it holds spins for ever, and one that keeps "
        "it when the callback returns stays raised and lets nobody else in. "
        "Different locks may nest.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfspinlock",
    .bad = "WdfSpinLockAcquire(ctx->Lock);\n"
           "if (ctx->Removed)\n"
           "    return; /* held */\n"
           "WdfSpinLockRelease(ctx->Lock);\n",
    .good = "WdfSpinLockAcquire(ctx->Lock);\n"
            "removed = ctx->Removed;\n"
            "WdfSpinLockRelease(ctx->Lock);\n"
            "if (removed)\n"
            "    return;\n",
    .obligations = obligations,
};
