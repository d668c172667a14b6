/*
 * StorPortSpinLock4 (storport): what is released was acquired with this handle.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_LOCK_HANDLE, DDI_STOR, , ),
    {0}};

const struct ddi_rule ddi_rule_storport_stor_port_spin_lock4 = {
    .name = "storport.StorPortSpinLock4",
    .summary = "A lock of Storport is released with the handle that it was acquired "
               "with",
    .text =
        "StorPortReleaseSpinLock takes the handle alone: one that was not used "
        "to acquire, or that was released before, names no lock, and Storport "
        "releases whatever lies in it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-storportspinlock4",
    .bad = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);\n"
           "StorPortReleaseSpinLock(ext, &handle);\n"
           "StorPortReleaseSpinLock(ext, &handle);\n",
    .good = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);\n"
            "...\n"
            "StorPortReleaseSpinLock(ext, &handle);\n",
    .obligations = obligations,
};
