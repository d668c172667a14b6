/*
 * CancelSpinLock (wdm): one lock for all drivers; a Cancel routine starts with it.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_CANCEL, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_CANCEL, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_cancel_spin_lock = {
    .name = "wdm.CancelSpinLock",
    .summary = "The cancel spin lock is acquired only while it is free, and is not "
               "held when a routine returns to the system",
    .text =
        "There is one cancel spin lock for all drivers. A Cancel routine is "
        "entered with it held, and releases it with Irp->CancelIrql before it "
        "completes the IRP. Who acquires it twice waits for himself, and who "
        "keeps it stops the cancelling of every IRP.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-cancelspinlock",
    .bad = "VOID Cancel(PDEVICE_OBJECT device, PIRP irp)\n"
           "{\n"
           "    RemoveEntryList(&irp->Tail.Overlay.ListEntry);\n"
           "    /* the lock is still held */\n"
           "}\n",
    .good = "VOID Cancel(PDEVICE_OBJECT device, PIRP irp)\n"
            "{\n"
            "    IoReleaseCancelSpinLock(irp->CancelIrql);\n"
            "    ...\n"
            "}\n",
    .obligations = obligations,
};
