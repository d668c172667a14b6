/*
 * WdfInterruptLock (kmdf): acquired while free, and released before the callback ends.
 * An interrupt's own callbacks start with it.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_INTERRUPT_LOCK, DDI_WDF, , ),
    LOCK_IS_RELEASED(DDI_INTERRUPT_LOCK, DDI_WDF, , ),
    {0}};

const struct ddi_rule ddi_rule_kmdf_wdf_interrupt_lock = {
    .name = "kmdf.WdfInterruptLock",
    .summary = "The lock of an interrupt object is acquired only while it is free, and "
               "is not held when a callback returns",
    .text =
        "The framework holds the lock when it calls EvtInterruptIsr, "
        "EvtInterruptSynchronize, EvtInterruptEnable and EvtInterruptDisable: "
        "acquiring it there, or twice anywhere, is a deadlock. Held when a "
        "callback returns it stops the device's interrupts.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "kmdf-wdfinterruptlock",
    .bad = "BOOLEAN EvtIsr(WDFINTERRUPT interrupt, ULONG message)\n"
           "{\n"
           "    WdfInterruptAcquireLock(interrupt); /* the framework holds it */\n"
           "    ...\n"
           "}\n",
    .good = "BOOLEAN EvtIsr(WDFINTERRUPT interrupt, ULONG message)\n"
            "{\n"
            "    ... /* under the lock already */\n"
            "}\n",
    .obligations = obligations,
};
