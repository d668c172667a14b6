/*
 * RemoveLockForward (wdm), and the same for each kind of IRP by a rule of its own
 * (RemoveLockForwardRead and so on).
 */
#include "ddi_rule.h"
#include <stddef.h>

static const char *const forwarding[] = {"IoCallDriver", "IofCallDriver",
                                         "PoCallDriver", NULL};

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .others = DDI_KIND(DDI_REMOVE_LOCK),
     .never = DDI_NOT_HELD | DDI_ENTERED_FREE,
     .unless = DDI_ANOTHER_HELD,
     .calls = forwarding,
     .error = "'%c' passes the IRP down after this path has released remove lock "
              "'%o'"},
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.RemoveLockForward",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForward2",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardDeviceControl",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardDeviceControl2",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardDeviceControlInternal",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardDeviceControlInternal2",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardRead",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardRead2",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardWrite",
     "an IRP for which the lock was never acquired"},
    {"wdm.RemoveLockForwardWrite2",
     "an IRP for which the lock was never acquired"},
    {0}};

const struct ddi_rule ddi_rule_wdm_remove_lock_forward = {
    .name = "wdm.RemoveLockForward",
    .summary = "The remove lock is held while an IRP is passed down",
    .text =
        "Between the release and the call of the driver below the device may be "
        "removed, and the pointer to the driver below, which lies in its "
        "extension, is gone. Release the lock behind IoCallDriver, or in the "
        "completion routine.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-removelockforward",
    .bad = "IoReleaseRemoveLock(&ext->RemoveLock, irp);\n"
           "IoSkipCurrentIrpStackLocation(irp);\n"
           "return IoCallDriver(ext->LowerDevice, irp);\n",
    .good = "IoSkipCurrentIrpStackLocation(irp);\n"
            "status = IoCallDriver(ext->LowerDevice, irp);\n"
            "IoReleaseRemoveLock(&ext->RemoveLock, irp);\n"
            "return status;\n",
    .obligations = obligations,
    .covers = covers,
};
