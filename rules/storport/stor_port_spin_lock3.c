/*
 * StorPortSpinLock3 (storport): a DPC or the StartIo lock before the interrupt lock.
 */
#include "ddi_rule.h"

#define AFTER_INTERRUPT_LOCK(what)                                             \
  {                                                                            \
    .at = DDI_ACQUIRE, .kind = what, .family = DDI_STOR,                       \
    .others = DDI_KIND(DDI_INTERRUPT_LOCK), .never = DDI_HELD_EXCLUSIVE,       \
    .error = "'%c' acquires another lock while '%o' is held, which comes "     \
             "after it: deadlock"                                              \
  }

static const struct ddi_obligation obligations[] = {
    AFTER_INTERRUPT_LOCK(DDI_DPC_LOCK),
    AFTER_INTERRUPT_LOCK(DDI_STARTIO_LOCK),
    {0}};

static const struct ddi_covered covers[] = {
    {"storport.StorPortSpinLock3",
     "locks that the port driver holds for some miniports only"},
    {0}};

const struct ddi_rule ddi_rule_storport_stor_port_spin_lock3 = {
    .name = "storport.StorPortSpinLock3",
    .summary = "A lock of a DPC or of StartIo is not acquired while the interrupt lock "
               "is held",
    .text =
        "The page of StorPortAcquireSpinLock gives the order: DPC or StartIo, "
        "then Interrupt. Who holds the interrupt lock, and be it that the port "
        "driver took it before it called HwStorInterrupt, and asks for one of "
        "the others, waits for somebody who may wait for him.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-storportspinlock3",
    .bad = "StorPortAcquireSpinLock(ext, InterruptLock, NULL, &first);\n"
           "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &second);\n",
    .good = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &first);\n"
            "StorPortAcquireSpinLock(ext, InterruptLock, NULL, &second);\n",
    .obligations = obligations,
    .covers = covers,
};
