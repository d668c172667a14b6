/*
 * SpinLockRelease (ndis): what is released was acquired.
 *
 * In which form, wdm.LockForms tells.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_NDIS, , ),
    LOCK_IS_HELD(DDI_SPIN_LOCK, DDI_NDIS_RW, , ),
    {0}};

const struct ddi_rule ddi_rule_ndis_spin_lock_release = {
    .name = "ndis.SpinLockRelease",
    .summary = "An NDIS lock is released only by who holds it",
    .text =
        "A release too many frees the lock while another processor relies on "
        "it, and NdisReleaseSpinLock then restores a level that was saved long "
        "ago.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "ndis-spinlockrelease",
    .bad = "NdisAcquireSpinLock(&adapter->Lock);\n"
           "NdisReleaseSpinLock(&adapter->Lock);\n"
           "NdisReleaseSpinLock(&adapter->Lock); /* again */\n",
    .good = "NdisAcquireSpinLock(&adapter->Lock);\n"
            "...\n"
            "NdisReleaseSpinLock(&adapter->Lock);\n",
    .obligations = obligations,
};
