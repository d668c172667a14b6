/*
 * ReqSendWhileSpinlock (kmdf): nothing is sent under a spin lock.
 */
#include "spin_lock.h"
#include <stddef.h>

static const char *const sending[] = {"WdfRequestSend", NULL};

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .others = DDI_KIND(DDI_SPIN_LOCK),
     .never = DDI_HELD,
     .calls = sending,
     .error = "'%c' sends a request while this path holds '%o'"},
    {0}};

const struct ddi_rule ddi_rule_kmdf_req_send_while_spinlock = {
    .name = "kmdf.ReqSendWhileSpinlock",
    .summary = "No request is sent while a spin lock is held",
    .text =
        "The driver below runs on the sender's thread: it may acquire locks of "
        "its own, complete the request at once, and so come back into this "
        "driver for the lock that it holds.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-reqsendwhilespinlock",
    .bad = "WdfSpinLockAcquire(ctx->Lock);\n"
           "WdfRequestSend(request, target, NULL);\n"
           "WdfSpinLockRelease(ctx->Lock);\n",
    .good = "WdfSpinLockAcquire(ctx->Lock);\n"
            "...\n"
            "WdfSpinLockRelease(ctx->Lock);\n"
            "WdfRequestSend(request, target, NULL);\n",
    .obligations = obligations,
};
