/*
 * SpinLockSafe (wdm): others do not run while a spin lock is held.
 */
#include "spin_lock_safe.h"

static const struct ddi_obligation obligations[] = {
    NOTHING_HELD_AT(, | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_spin_lock_safe = {
    .name = "wdm.SpinLockSafe",
    .summary = "No IRP is completed, and no next packet started, while a spin lock is "
               "held",
    .text =
        "IoCompleteRequest calls the completion routines of the drivers above, "
        "which may send the next request down and come back for the same lock. "
        "IoStartNextPacket calls the StartIo routine of the driver itself. "
        "Release the locks first, the cancel spin lock too.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-spinlocksafe",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "IoCompleteRequest(irp, IO_NO_INCREMENT);\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "...\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n"
            "IoCompleteRequest(irp, IO_NO_INCREMENT);\n",
    .obligations = obligations,
};
