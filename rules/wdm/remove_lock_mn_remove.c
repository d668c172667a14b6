/*
 * RemoveLockMnRemove (wdm): wait for the others, then detach, then delete.
 */
#include "ddi_rule.h"
#include <stddef.h>

static const char *const detaching[] = {"IoDetachDevice", NULL};

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .others = DDI_KIND(DDI_REMOVE_LOCK),
     .never = DDI_HELD,
     .calls = detaching,
     .error = "'%c' while this path holds a share of remove lock '%o': "
              "IoReleaseRemoveLockAndWait comes first"},
    {.at = DDI_USE | DDI_INIT,
     .kind = DDI_REMOVE_LOCK,
     .never = DDI_DELETED,
     .error = "'%c' on '%o' behind IoReleaseRemoveLockAndWait"},
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.RemoveLockMnRemove",
     "whether the lock is acquired before the IRP goes down"},
    {"wdm.RemoveLockMnRemove2",
     "whether the lock is acquired before the IRP goes down"},
    {"wdm.RemoveLockCheck",
     "the device that is deleted, and the minor code"},
    {0}};

const struct ddi_rule ddi_rule_wdm_remove_lock_mn_remove = {
    .name = "wdm.RemoveLockMnRemove",
    .summary = "A device is detached only after the release of its remove lock that "
               "waits, and the lock is not used behind it",
    .text =
        "When its device is removed a driver passes the IRP down, waits for all "
        "others with IoReleaseRemoveLockAndWait, detaches from the stack and "
        "deletes the device, in this order. Behind the wait nobody acquires or "
        "initialises the lock again.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-removelockmnremove",
    .bad = "IoDetachDevice(ext->LowerDevice);\n"
           "IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);\n"
           "IoDeleteDevice(device);\n",
    .good = "IoReleaseRemoveLockAndWait(&ext->RemoveLock, irp);\n"
            "IoDetachDevice(ext->LowerDevice);\n"
            "IoDeleteDevice(device);\n",
    .obligations = obligations,
    .covers = covers,
};
