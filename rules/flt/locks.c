/*
 * Locks (flt)
 *
 * The push lock and resource routines of the filter manager: they enter a
 * critical region, acquire, release and leave it.  Otherwise a push lock and an
 * ERESOURCE are what they are elsewhere.  Mixing them with the Ex routines on
 * one lock is not addressed by any page; the region's counter tells the rest.
 */
#include "ddi_rule.h"

#define FLT(object_kind) .kind = object_kind, .family = DDI_FLT

static const struct ddi_obligation obligations[] = {
    {.at = DDI_ACQUIRE,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_HELD_EXCLUSIVE,
     .error = "'%c' on '%o', which this path holds exclusive: the system hangs"},
    {.at = DDI_ACQUIRE,
     FLT(DDI_PUSH_LOCK),
     .mode = DDI_EXCLUSIVE,
     .never = DDI_HELD_SHARED,
     .error = "'%c' on '%o', which this path holds shared: the system hangs"},
    {.at = DDI_ACQUIRE,
     FLT(DDI_ERESOURCE),
     .mode = DDI_EXCLUSIVE,
     .never = DDI_HELD_SHARED,
     .error = "'%c' waits for '%o', which this path holds shared: deadlock"},
    {.at = DDI_RELEASE,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_NOT_HELD,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_RELEASE,
     FLT(DDI_ERESOURCE),
     .never = DDI_NOT_HELD,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_ACQUIRE | DDI_RELEASE,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_UNINITIALIZED,
     .error = "'%c' on '%o', which was never initialised"},
    {.at = DDI_ACQUIRE | DDI_RELEASE | DDI_DELETE,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_DELETED,
     .error = "'%c' on '%o', which was deleted"},
    {.at = DDI_DELETE,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_HELD,
     .error = "'%c' on '%o', which is still held"},
    {.at = DDI_EXIT,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_HELD,
     .error = "Returns with push lock '%o' still held"},
    {.at = DDI_EXIT,
     FLT(DDI_ERESOURCE),
     .never = DDI_HELD,
     .error = "Returns with '%o' still held"},
    {.at = DDI_SIBLING_EXIT,
     FLT(DDI_PUSH_LOCK),
     .never = DDI_HELD,
     .error = "Returns with push lock '%o' held, which is released on other paths "
              "with the same result"},
    {0}};

const struct ddi_rule ddi_rule_flt_locks = {
    .name = "flt.Locks",
    .summary = "The filter manager's locks are acquired once, released once, and "
               "used between initialisation and deletion",
    .text =
        "FltAcquirePushLockExclusive, FltAcquirePushLockShared and "
        "FltAcquireResourceExclusive, FltAcquireResourceShared enter a critical "
        "region and acquire; FltReleasePushLock and FltReleaseResource release "
        "and leave it. No region is needed around them. A push lock is not "
        "acquired recursively; a resource not exclusive while it is held "
        "shared. Each acquisition is released before the callback returns. "
        "FltInitializePushLock comes first, FltDeletePushLock last.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/ddi/fltkernel/"
           "nf-fltkernel-fltacquirepushlockexclusive",
    .bad = "FltAcquirePushLockShared(&ctx->Lock);\n"
           "FltAcquirePushLockExclusive(&ctx->Lock);   /* hangs */\n",
    .good = "FltAcquirePushLockExclusive(&ctx->Lock);\n"
            "...\n"
            "FltReleasePushLock(&ctx->Lock);\n",
    .obligations = obligations,
};
