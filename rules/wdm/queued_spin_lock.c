/*
 * QueuedSpinLock (wdm): lock and handle are acquired while free, and released
 * before the driver returns.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_QUEUED, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_QUEUED, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    HANDLE_IS_FREE(, | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_INITIALISED(DDI_SPIN_LOCK, DDI_QUEUED, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_queued_spin_lock = {
    .name = "wdm.QueuedSpinLock",
    .summary = "An in-stack queued spin lock is acquired with a free handle while it "
               "is free, and released before the driver returns",
    .text =
        "The handle is the place of the processor in the queue of the lock: "
        "with one that is in use the queue is broken, and a lock that the "
        "processor holds it waits for until the end of time. The handle lies on "
        "the stack, so a lock that is held when the routine returns points into "
        "a dead frame.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-queuedspinlock",
    .bad = "KeAcquireInStackQueuedSpinLock(&ext->A, &handle);\n"
           "KeAcquireInStackQueuedSpinLock(&ext->B, &handle); /* in use */\n",
    .good = "KeAcquireInStackQueuedSpinLock(&ext->A, &first);\n"
            "KeAcquireInStackQueuedSpinLock(&ext->B, &second);\n",
    .obligations = obligations,
};
