/* QueuedSpinLock (storport), in a virtual miniport */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_QUEUED, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_QUEUED, | DDI_VIRTUAL_MINIPORT, ),
    LOCK_IS_INITIALISED(DDI_SPIN_LOCK, DDI_QUEUED, | DDI_VIRTUAL_MINIPORT, ),
    HANDLE_IS_FREE(| DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_queued_spin_lock = {
    .name = "storport.QueuedSpinLock",
    .summary = "A virtual miniport acquires a queued spin lock with a free handle "
               "while it is free, and releases it before it returns",
    .text =
        "The handle is the place of the processor in the queue of the lock, and "
        "lies on the stack: one that is in use breaks the queue, and a lock that "
        "is kept points into a dead frame.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-queuedspinlock",
    .bad = "KeAcquireInStackQueuedSpinLock(&ext->A, &handle);\n"
           "KeAcquireInStackQueuedSpinLock(&ext->B, &handle); /* in use */\n",
    .good = "KeAcquireInStackQueuedSpinLock(&ext->A, &first);\n"
           "KeAcquireInStackQueuedSpinLock(&ext->B, &second);\n",
    .obligations = obligations,
};
