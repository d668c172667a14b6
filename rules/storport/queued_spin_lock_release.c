/* QueuedSpinLockRelease (storport), in a virtual miniport */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_LOCK_HANDLE, DDI_QUEUED, | DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_queued_spin_lock_release = {
    .name = "storport.QueuedSpinLockRelease",
    .summary = "A virtual miniport releases a queued spin lock with the handle that it "
               "acquired it with",
    .text =
        "A handle that was not used to acquire, or that was released before, "
        "names no lock, and the routine follows whatever lies in it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-queuedspinlockrelease",
    .bad = "KeReleaseInStackQueuedSpinLock(&handle);\n"
           "KeReleaseInStackQueuedSpinLock(&handle); /* again */\n",
    .good = "KeAcquireInStackQueuedSpinLock(&ext->Lock, &handle);\n"
           "...\n"
           "KeReleaseInStackQueuedSpinLock(&handle);\n",
    .obligations = obligations,
};
