/*
 * StorPortSpinLock (storport): acquired while free, and released before the routine
 * ends; so is its handle.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_DPC_LOCK, DDI_STOR, , ),
    LOCK_IS_FREE(DDI_STARTIO_LOCK, DDI_STOR, , ),
    LOCK_IS_FREE(DDI_INTERRUPT_LOCK, DDI_STOR, , ),
    LOCK_IS_RELEASED(DDI_DPC_LOCK, DDI_STOR, , ),
    LOCK_IS_RELEASED(DDI_STARTIO_LOCK, DDI_STOR, , ),
    LOCK_IS_RELEASED(DDI_INTERRUPT_LOCK, DDI_STOR, , ),
    {.at = DDI_ACQUIRE,
     .kind = DDI_LOCK_HANDLE,
     .family = DDI_STOR,
     .never = DDI_HELD,
     .error = "'%c' with the handle '%o', which is in use for another lock"},
    {0}};

const struct ddi_rule ddi_rule_storport_stor_port_spin_lock = {
    .name = "storport.StorPortSpinLock",
    .summary = "A lock of Storport is acquired only while it is free, and none is held "
               "when a routine of the miniport returns",
    .text =
        "A lock that the processor holds already never comes free, and some are "
        "held before the miniport is called: the port driver takes the "
        "interrupt lock for HwStorInterrupt, and the StartIo lock for "
        "HwStorTimer, HwStorResetBus and HwStorStateChange. A lock that is kept "
        "stops the adapter. Each needs a handle of its own until it is "
        "released.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-storportspinlock",
    .bad = "BOOLEAN HwInterrupt(PVOID ext)\n"
           "{\n"
           "    /* the port driver holds it */\n"
           "    StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);\n"
           "    ...\n"
           "}\n",
    .good = "StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);\n"
            "...\n"
            "StorPortReleaseSpinLock(ext, &handle);\n",
    .obligations = obligations,
};
