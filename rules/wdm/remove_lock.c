/*
 * RemoveLock (wdm)
 *
 * The same is demanded of each dispatch routine by a rule of its own
 * (RemoveLockReleaseRead and so on).
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_EXIT,
     .kind = DDI_REMOVE_LOCK,
     .never = DDI_HELD,
     .error = "Returns with a share of remove lock '%o' that is neither released "
              "nor handed on"},
    {.at = DDI_SIBLING_EXIT,
     .kind = DDI_REMOVE_LOCK,
     .never = DDI_HELD,
     .error = "Returns with a share of remove lock '%o', which is released on "
              "other paths with the same result"},
    {.at = DDI_RELEASE,
     .kind = DDI_REMOVE_LOCK,
     .never = DDI_NOT_HELD,
     .error = "'%c' releases '%o' with a tag for which this path has released it"},
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.RemoveLockRelease2"},
    {"wdm.RemoveLockReleaseCleanup"},
    {"wdm.RemoveLockReleaseClose"},
    {"wdm.RemoveLockReleaseCreate"},
    {"wdm.RemoveLockReleaseDeviceControl"},
    {"wdm.RemoveLockReleaseInternalDeviceControl"},
    {"wdm.RemoveLockReleasePnp"},
    {"wdm.RemoveLockReleasePower"},
    {"wdm.RemoveLockReleaseRead"},
    {"wdm.RemoveLockReleaseShutdown"},
    {"wdm.RemoveLockReleaseSystemControl"},
    {"wdm.RemoveLockReleaseWrite"},
    {0}};

const struct ddi_rule ddi_rule_wdm_remove_lock = {
    .name = "wdm.RemoveLock",
    .summary = "A remove lock that a dispatch routine acquires it releases, once, or "
               "hands on with the IRP",
    .text =
        "IoAcquireRemoveLock and IoReleaseRemoveLock go together, for each tag. "
        "A share that is kept is waited for when the device is removed: "
        "IoReleaseRemoveLockAndWait never returns. A share that is released "
        "twice lets the device go while somebody uses it. Who sets a completion "
        "routine, queues the IRP or marks it pending hands the share on.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-removelock",
    .bad = "status = IoAcquireRemoveLock(&ext->RemoveLock, irp);\n"
           "if (!NT_SUCCESS(status))\n"
           "    return status;\n"
           "if (ext->Failed)\n"
           "    return STATUS_UNSUCCESSFUL; /* the share is kept */\n",
    .good = "if (ext->Failed) {\n"
            "    IoReleaseRemoveLock(&ext->RemoveLock, irp);\n"
            "    return STATUS_UNSUCCESSFUL;\n"
            "}\n",
    .obligations = obligations,
    .covers = covers,
};
