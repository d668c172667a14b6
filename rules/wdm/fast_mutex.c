/*
 * FastMutex (wdm): fast and guarded mutexes, which are one type.
 *
 * Microsoft has no rule of this name: the pages of the routines demand it, and
 * Driver Verifier checks it at run time (0xC4, 0x33 and 0x34).  The safe forms of the
 * guarded mutex enter a guarded region: where one is kept, or left that was not
 * entered, GuardedRegions tells.  Which form goes with which: LockForms.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_FAST_MUTEX, DDI_ANY_FAMILY, , ),
    LOCK_IS_HELD(DDI_FAST_MUTEX, DDI_EX, , ),
    LOCK_IS_HELD(DDI_FAST_MUTEX, DDI_KE, , | DDI_OUTSIDE_GUARDED),
    LOCK_IS_RELEASED(DDI_FAST_MUTEX, DDI_EX, , ),
    LOCK_IS_RELEASED(DDI_FAST_MUTEX, DDI_KE, , | DDI_MORE_GUARDED),
    LOCK_IS_INITIALISED(DDI_FAST_MUTEX, DDI_ANY_FAMILY, , ),
    {0}};

const struct ddi_rule ddi_rule_wdm_fast_mutex = {
    .name = "wdm.FastMutex",
    .summary = "A fast or guarded mutex is never acquired recursively, and is released "
               "before the driver returns",
    .text =
        "A thread that waits for a fast mutex that it holds waits for ever. One "
        "that returns with it leaves the IRQL at APC_LEVEL, or a guarded region "
        "entered, and everybody else waiting. Only the thread that holds the "
        "mutex releases it.",
    .url = DDI_PAGES "wdm/nf-wdm-exacquirefastmutex",
    .bad = "ExAcquireFastMutex(&ext->Mutex);\n"
           "if (ext->Removed)\n"
           "    return STATUS_DELETE_PENDING; /* held */\n"
           "ExReleaseFastMutex(&ext->Mutex);\n",
    .good = "ExAcquireFastMutex(&ext->Mutex);\n"
            "removed = ext->Removed;\n"
            "ExReleaseFastMutex(&ext->Mutex);\n"
            "if (removed)\n"
            "    return STATUS_DELETE_PENDING;\n",
    .obligations = obligations,
};
