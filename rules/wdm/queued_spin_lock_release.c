/*
 * QueuedSpinLockRelease (wdm): what is released was acquired with this handle.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_LOCK_HANDLE, DDI_QUEUED, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_queued_spin_lock_release = {
    .name = "wdm.QueuedSpinLockRelease",
    .summary = "An in-stack queued spin lock is released with the handle that it was "
               "acquired with",
    .text =
        "KeReleaseInStackQueuedSpinLock takes the handle alone: one that was "
        "not used to acquire, or that was released before, names no lock, and "
        "the routine follows whatever lies in it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-queuedspinlockrelease",
    .bad = "KeAcquireInStackQueuedSpinLock(&ext->Lock, &handle);\n"
           "KeReleaseInStackQueuedSpinLock(&handle);\n"
           "KeReleaseInStackQueuedSpinLock(&handle);\n",
    .good = "KeAcquireInStackQueuedSpinLock(&ext->Lock, &handle);\n"
            "...\n"
            "KeReleaseInStackQueuedSpinLock(&handle);\n",
    .obligations = obligations,
};
