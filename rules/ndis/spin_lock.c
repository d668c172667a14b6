/*
 * SpinLock (ndis): acquired while free, and released before the handler ends.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_SPIN_LOCK, DDI_NDIS, , ),
    {.at = DDI_ACQUIRE,
     .kind = DDI_SPIN_LOCK,
     .mode = DDI_EXCLUSIVE, /* readers may come back */
     .family = DDI_NDIS_RW,
     .never = DDI_HELD_SHARED | DDI_WAITS,
     .error = "'%c' on '%o', which this path holds shared: deadlock"},
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_NDIS, , ),
    LOCK_IS_RELEASED(DDI_SPIN_LOCK, DDI_NDIS_RW, , ),
    {0}};

static const struct ddi_covered covers[] = {
    {"ndis.SpinLock",
     "locks that a macro of the driver's own stands for, of which wdm.SpinLock "
     "tells"},
    {"ndis.SpinLockBalanced"},
    {"ndis.SpinLockDpr"},
    {"ndis.SpinLockDprRelease"},
    {0}};

const struct ddi_rule ddi_rule_ndis_spin_lock = {
    .name = "ndis.SpinLock",
    .summary = "An NDIS lock is acquired only while it is free, and none is held when "
               "a handler returns",
    .text =
        "NdisAcquireSpinLock and NdisDprAcquireSpinLock spin until the lock is "
        "free: a processor that asks for a lock that it holds spins for ever, "
        "and one that keeps it when the handler returns lets nobody else in. "
        "Of a reader/writer lock a reader may come back, and a writer may; a "
        "reader that becomes a writer waits for itself.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "ndis-spinlock",
    .bad = "NdisAcquireSpinLock(&adapter->Lock);\n"
           "if (adapter->Halting)\n"
           "    return NDIS_STATUS_FAILURE; /* held */\n"
           "NdisReleaseSpinLock(&adapter->Lock);\n",
    .good = "NdisAcquireSpinLock(&adapter->Lock);\n"
            "halting = adapter->Halting;\n"
            "NdisReleaseSpinLock(&adapter->Lock);\n"
            "if (halting)\n"
            "    return NDIS_STATUS_FAILURE;\n",
    .obligations = obligations,
    .covers = covers,
};
