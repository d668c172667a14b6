/*
 * PushLock (wdm)
 *
 *                acquire exclusive
 *          free -------------------> exclusive --acquire--> hang
 *          ^  | acquire shared
 *          |  +--------------------> shared(n) --acquire exclusive--> hang
 *          +------ release of the same mode
 *
 * Microsoft has no rule of this name: the pages of the routines demand it, and
 * Driver Verifier checks the APCs at run time (0xC4, 0xEA and 0xEB).
 * Zeroed memory is a valid push lock.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_ACQUIRE,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_APCS_ENABLED,
     .fix = DDI_FIX_REGION,
     .error = "'%c' with normal kernel APCs enabled: the thread is in no "
              "critical region"},
    {.at = DDI_RELEASE,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_APCS_ENABLED,
     .error = "'%c' with normal kernel APCs enabled: the thread is in no "
              "critical region"},
    {.at = DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED,
     .kind = DDI_PUSH_LOCK,
     .never = DDI_HELD | DDI_ENABLES_APCS,
     .error = "'%c' lets normal kernel APCs in while push lock '%o' is still "
              "held"},
    {.at = DDI_ACQUIRE,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_HELD_EXCLUSIVE,
     .error = "'%c' on '%o', which this path holds exclusive: the system hangs"},
    {.at = DDI_ACQUIRE,
     .kind = DDI_PUSH_LOCK,
     .mode = DDI_EXCLUSIVE,
     .family = DDI_EX,
     .never = DDI_HELD_SHARED,
     .error = "'%c' on '%o', which this path holds shared: the system hangs"},
    {.at = DDI_ACQUIRE,
     .kind = DDI_PUSH_LOCK,
     .mode = DDI_SHARED,
     .never = DDI_HELD_SHARED,
     .only = DDI_STRICT,
     .error = "'%c' on '%o', which this path holds shared: it hangs behind an "
              "exclusive waiter"},
    {.at = DDI_RELEASE,
     .kind = DDI_PUSH_LOCK,
     .mode = DDI_SHARED,
     .family = DDI_EX,
     .never = DDI_HELD_EXCLUSIVE,
     .fix = DDI_FIX_MODE,
     .error = "'%c' releases '%o', which this path holds exclusive"},
    {.at = DDI_RELEASE,
     .kind = DDI_PUSH_LOCK,
     .mode = DDI_EXCLUSIVE,
     .family = DDI_EX,
     .never = DDI_HELD_SHARED,
     .fix = DDI_FIX_MODE,
     .error = "'%c' releases '%o', which this path holds shared"},
    {.at = DDI_RELEASE,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_NOT_HELD,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_INIT,
     .kind = DDI_PUSH_LOCK,
     .never = DDI_HELD,
     .error = "'%c' on '%o', which this path holds"},
    {.at = DDI_ACQUIRE | DDI_RELEASE,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_UNINITIALIZED,
     .error = "'%c' on '%o', which was never initialised"},
    {.at = DDI_EXIT,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_HELD,
     .error = "Returns with push lock '%o' still held"},
    {.at = DDI_SIBLING_EXIT,
     .kind = DDI_PUSH_LOCK,
     .family = DDI_EX,
     .never = DDI_HELD,
     .error = "Returns with push lock '%o' held, which is released on other paths "
              "with the same result"},
    {0}};

const struct ddi_rule ddi_rule_wdm_push_lock = {
    .name = "wdm.PushLock",
    .summary = "A push lock is never acquired recursively, is released in its own "
               "mode, and is held only with normal kernel APCs disabled",
    .text =
        "A push lock knows no owner. A thread that acquires one that it holds "
        "exclusive, or acquires exclusive what it holds shared, waits for "
        "itself. Each acquisition is matched by the release of the same mode "
        "(ExReleasePushLockExclusive, ExReleasePushLockShared). Normal kernel "
        "APCs are off from before the acquisition until after the release: call "
        "KeEnterCriticalRegion and KeLeaveCriticalRegion around it. "
        "ExInitializePushLock comes first; zeroed memory is a free push lock.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/"
           "nf-wdm-exacquirepushlockexclusive",
    .bad = "ExAcquirePushLockShared(&ctx->Lock);\n"
           "...\n"
           "ExReleasePushLockExclusive(&ctx->Lock);\n",
    .good = "KeEnterCriticalRegion();\n"
            "ExAcquirePushLockShared(&ctx->Lock);\n"
            "...\n"
            "ExReleasePushLockShared(&ctx->Lock);\n"
            "KeLeaveCriticalRegion();\n",
    .obligations = obligations,
};
