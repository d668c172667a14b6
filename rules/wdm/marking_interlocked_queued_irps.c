/*
 * MarkingInterlockedQueuedIrps (wdm): marked pending before the IRP is in the queue.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_USE,
     .kind = DDI_IRP,
     .never = DDI_TRANSFERRED | DDI_BY_INTERLOCKED,
     .error = "'%c' on an IRP that is in an interlocked queue: it may be completed by "
              "now"},
    {0}};

const struct ddi_rule ddi_rule_wdm_marking_interlocked_queued_irps = {
    .name = "wdm.MarkingInterlockedQueuedIrps",
    .summary = "An IRP is marked pending before it is put in an interlocked queue",
    .text =
        "ExInterlockedInsertTailList and its like hold the lock of the queue "
        "only while they run. Behind them another thread may have taken the IRP "
        "out, completed it and freed it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-markinginterlockedqueuedirps",
    .bad = "ExInterlockedInsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry,\n"
           "                            &ext->Lock);\n"
           "IoMarkIrpPending(irp);\n",
    .good = "IoMarkIrpPending(irp);\n"
            "ExInterlockedInsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry,\n"
            "                            &ext->Lock);\n",
    .obligations = obligations,
};
