/*
 * SpinLock (wdm): acquired while free, and released before the driver returns.
 * Interrupt spin locks too.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_KE, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_KE, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    LOCK_IS_FREE(DDI_INTERRUPT_LOCK, DDI_KE, , ),
    LOCK_IS_RELEASED(DDI_INTERRUPT_LOCK, DDI_KE, , ),
    LOCK_IS_INITIALISED(DDI_SPIN_LOCK, DDI_KE, , | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

static const struct ddi_covered covers[] = {
    {"wdm.SpinLockDpc"},
    {"kmdf.Spinlock"},
    {"kmdf.SpinlockDpc"},
    {"kmdf.SpinlockRelease"},
    {0}};

const struct ddi_rule ddi_rule_wdm_spin_lock = {
    .name = "wdm.SpinLock",
    .summary = "A spin lock is acquired only while it is free, and none is held when "
               "the driver returns to the system",
    .text =
        "A processor that waits for a spin lock that it holds itself waits for "
        "ever. A lock that is still held when a dispatch routine or a callback "
        "returns leaves the processor at DISPATCH_LEVEL and the next thread "
        "that wants the lock spinning. Different locks may nest.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-spinlock",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "if (ext->Removed)\n"
           "    return STATUS_DELETE_PENDING; /* held */\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "removed = ext->Removed;\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n"
            "if (removed)\n"
            "    return STATUS_DELETE_PENDING;\n",
    .obligations = obligations,
    .covers = covers,
};
