/*
 * WdfInterruptLockRelease (kmdf): what is released was acquired.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_INTERRUPT_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_interrupt_lock_release = {
    .name = "kmdf.WdfInterruptLockRelease",
    .summary = "The lock of an interrupt object is released only by who holds it",
    .text =
        "A release too many frees the lock while the interrupt's own callback, "
        "on another processor, relies on it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfinterruptlockrelease",
    .bad = "WdfInterruptAcquireLock(ctx->Interrupt);\n"
           "WdfInterruptReleaseLock(ctx->Interrupt);\n"
           "WdfInterruptReleaseLock(ctx->Interrupt); /* again */\n",
    .good = "WdfInterruptAcquireLock(ctx->Interrupt);\n"
            "...\n"
            "WdfInterruptReleaseLock(ctx->Interrupt);\n",
    .obligations = obligations,
};
