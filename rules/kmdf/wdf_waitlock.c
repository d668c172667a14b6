/*
 * WdfWaitlock (kmdf): acquired while free, and released before the callback ends.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_WAIT_LOCK, DDI_WDF, , ),
    LOCK_IS_RELEASED(DDI_WAIT_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_waitlock = {
    .name = "kmdf.WdfWaitlock",
    .summary = "A framework wait lock is acquired only while it is free, and none is "
               "held when a callback returns",
    .text =
        "WdfWaitLockAcquire enters a critical region and waits; a lock that the "
        "thread holds itself never comes free. With a timeout it may fail: only "
        "STATUS_SUCCESS means that the lock is held. One that is held when the "
        "callback returns keeps the thread in the region.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfwaitlock",
    .bad = "WdfWaitLockAcquire(ctx->Lock, NULL);\n"
           "if (ctx->Removed)\n"
           "    return STATUS_DELETE_PENDING; /* held */\n"
           "WdfWaitLockRelease(ctx->Lock);\n",
    .good = "WdfWaitLockAcquire(ctx->Lock, NULL);\n"
            "removed = ctx->Removed;\n"
            "WdfWaitLockRelease(ctx->Lock);\n"
            "if (removed)\n"
            "    return STATUS_DELETE_PENDING;\n",
    .obligations = obligations,
};
