/*
 * MarkingQueuedIrps (wdm): marked pending before the lock of the queue is released.
 *
 * Microsoft's rule asks for four things on one path: a spin lock, the IRP put in a
 * queue, the lock released, and IoMarkIrpPending.  Left out is KeInsertQueueDpc,
 * which queues no IRP; in a device queue, which has a lock of its own, the IRP is at
 * anybody's mercy at once.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_USE,
     .kind = DDI_IRP,
     .never = DDI_TRANSFERRED | DDI_NO_SPIN_LOCK,
     .unless = DDI_BY_INTERLOCKED,
     .error = "'%c' on an IRP that is in a queue, and whose lock is released: it may "
              "be completed by now"},
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.MarkingQueuedIrps",
     "KeInsertQueueDpc, which queues no IRP; queues of the driver's own without a "
     "spin lock"},
    {0}};

const struct ddi_rule ddi_rule_wdm_marking_queued_irps = {
    .name = "wdm.MarkingQueuedIrps",
    .summary = "An IRP is marked pending before the spin lock is released under which "
               "it was put in a queue",
    .text =
        "As soon as the lock of the queue is released another thread may take "
        "the IRP out, complete it and free it. IoMarkIrpPending writes to the "
        "IRP, so it comes first: before the IRP is put in the queue, or under "
        "the lock.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-markingqueuedirps",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n"
           "IoMarkIrpPending(irp);\n"
           "return STATUS_PENDING;\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "IoMarkIrpPending(irp);\n"
            "InsertTailList(&ext->Queue, &irp->Tail.Overlay.ListEntry);\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n"
            "return STATUS_PENDING;\n",
    .obligations = obligations,
    .covers = covers,
};
