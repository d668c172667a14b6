/*
 * KsDeviceMutex (ks): acquired once, and released as often.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_DEVICE_MUTEX, DDI_KS, , ),
    LOCK_IS_HELD(DDI_DEVICE_MUTEX, DDI_KS, , ),
    LOCK_IS_RELEASED(DDI_DEVICE_MUTEX, DDI_KS, , ),
    {0}};

const struct ddi_rule ddi_rule_ks_ks_device_mutex = {
    .name = "ks.KsDeviceMutex",
    .summary = "Each KsAcquireDevice has its KsReleaseDevice",
    .text =
        "The device mutex keeps the objects of an AVStream device from the "
        "device down to its filters as they are. It cannot be obtained "
        "recursively, and AVStream itself waits for who keeps it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "ks-ksdevicemutex",
    .bad = "KsAcquireDevice(device);\n"
           "if (!NT_SUCCESS(status))\n"
           "    return status; /* held */\n"
           "KsReleaseDevice(device);\n",
    .good = "KsAcquireDevice(device);\n"
            "...\n"
            "KsReleaseDevice(device);\n"
            "return status;\n",
    .obligations = obligations,
};
