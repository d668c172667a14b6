/*
 * RemoveLockMnRemove (wdm): behind the release that waits the lock is not used.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_USE | DDI_INIT,
     .kind = DDI_REMOVE_LOCK,
     .never = DDI_DELETED,
     .error = "'%c' on '%o' behind IoReleaseRemoveLockAndWait"},
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.RemoveLockMnRemove",
     "whether the lock is acquired before the IRP goes down, and released before the "
     "device is detached"},
    {"wdm.RemoveLockMnRemove2",
     "whether the lock is acquired before the IRP goes down"},
    {"wdm.RemoveLockCheck",
     "the device that is deleted, and the minor code"},
    {0}};

const struct ddi_rule ddi_rule_wdm_remove_lock_mn_remove = {
    .name = "wdm.RemoveLockMnRemove",
    .summary = "Behind the release of a remove lock that waits for all others the lock "
               "is not used",
    .text =
        "When its device is removed a driver passes the IRP down, waits for all "
        "others with IoReleaseRemoveLockAndWait, detaches from the stack and "
        "deletes the device, in this order. Behind the wait nobody acquires or "
        "initialises the lock again.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-removelockmnremove",
    .bad = "IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);\n"
           "IoAcquireRemoveLock(&ext->RemoveLock, next);\n",
    .good = "IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);\n"
            "IoDetachDevice(ext->LowerDevice);\n"
            "IoDeleteDevice(device);\n",
    .obligations = obligations,
    .covers = covers,
};
