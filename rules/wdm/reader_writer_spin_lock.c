/*
 * ReaderWriterSpinLock (wdm)
 *
 * Microsoft has no rule of this name: the pages of the routines demand it.
 *
 *        acquire shared                 try to convert
 *   free --------------> held shared ------------------> held exclusive
 *        acquire exclusive                                    |
 *   free -----------------------------------------------------+
 *
 * Each is released by the routine of its mode.  Which form goes with which is told
 * by LockForms.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_EX, , ),
    {.at = DDI_ACQUIRE,
     .kind = DDI_SPIN_LOCK,
     .family = DDI_EX,
     .never = DDI_HELD_SHARED | DDI_WAITS,
     .error = "'%c' on '%o', which this path holds shared: deadlock"},
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_EX, , ),
    {.at = DDI_RELEASE,
     .kind = DDI_SPIN_LOCK,
     .mode = DDI_SHARED,
     .family = DDI_EX,
     .never = DDI_HELD_EXCLUSIVE,
     .error = "'%c' releases '%o', which this path holds exclusive"},
    {.at = DDI_RELEASE,
     .kind = DDI_SPIN_LOCK,
     .mode = DDI_EXCLUSIVE,
     .family = DDI_EX,
     .never = DDI_HELD_SHARED,
     .error = "'%c' releases '%o', which this path holds shared"},
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_EX, , ),
    LOCK_IS_INITIALISED(DDI_SPIN_LOCK, DDI_EX, , ),
    {.at = DDI_CONVERT,
     .kind = DDI_SPIN_LOCK,
     .family = DDI_EX,
     .never = DDI_NOT_HELD,
     .error = "'%c' on '%o', which this path does not hold"},
    {.at = DDI_CONVERT,
     .kind = DDI_SPIN_LOCK,
     .family = DDI_EX,
     .never = DDI_HELD_EXCLUSIVE,
     .error = "'%c' on '%o', which this path holds exclusive already"},
    {0}};

const struct ddi_rule ddi_rule_wdm_reader_writer_spin_lock = {
    .name = "wdm.ReaderWriterSpinLock",
    .summary = "A reader/writer spin lock is never acquired recursively, is released in "
               "its own mode, and before the driver returns",
    .text =
        "Recursive acquisition deadlocks, of a shared lock too: a writer that "
        "waits holds off new readers. ExReleaseSpinLockShared gives back what "
        "ExAcquireSpinLockShared acquired, unless "
        "ExTryConvertSharedSpinLockExclusive succeeded, and "
        "ExReleaseSpinLockExclusive the rest. The lock is initialised by zeroes.",
    .url = DDI_PAGES "wdm/nf-wdm-exacquirespinlockexclusive",
    .bad = "irql = ExAcquireSpinLockShared(&table->Lock);\n"
           "...\n"
           "ExReleaseSpinLockExclusive(&table->Lock, irql);\n",
    .good = "irql = ExAcquireSpinLockShared(&table->Lock);\n"
            "...\n"
            "ExReleaseSpinLockShared(&table->Lock, irql);\n",
    .obligations = obligations,
};
