/* SpinLockSafe (storport), in a virtual miniport */
#include "spin_lock_safe.h"

static const struct ddi_obligation obligations[] = {
    NOTHING_HELD_AT(| DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_spin_lock_safe = {
    .name = "storport.SpinLockSafe",
    .summary = "A virtual miniport completes no IRP, and starts no next packet, while "
               "it holds a spin lock",
    .text =
        "IoCompleteRequest calls the completion routines of the drivers above, "
        "which may come back for the same lock. Release the locks first.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-spinlocksafe",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "IoCompleteRequest(irp, IO_NO_INCREMENT);\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "...\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n"
           "IoCompleteRequest(irp, IO_NO_INCREMENT);\n",
    .obligations = obligations,
};
