/*
 * WdfWaitlockRelease (kmdf): what is released was acquired.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_WAIT_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_waitlock_release = {
    .name = "kmdf.WdfWaitlockRelease",
    .summary = "A framework wait lock is released only by who holds it",
    .text =
        "A release too many frees the lock while another thread relies on it, "
        "and leaves a critical region that nobody entered. After a timeout "
        "nothing is held.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfwaitlockrelease",
    .bad = "status = WdfWaitLockAcquire(ctx->Lock, &timeout);\n"
           "if (status == STATUS_TIMEOUT)\n"
           "    WdfWaitLockRelease(ctx->Lock); /* never held */\n",
    .good = "status = WdfWaitLockAcquire(ctx->Lock, &timeout);\n"
            "if (status == STATUS_SUCCESS)\n"
            "    WdfWaitLockRelease(ctx->Lock);\n",
    .obligations = obligations,
};
