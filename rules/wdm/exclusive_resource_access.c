/*
 * ExclusiveResourceAccess (wdm)
 *
 * What is acquired is released, once, before the driver returns to the system.
 * Acquisitions nest by the pages; the SDV rule forbids that, so it is reported
 * under sdv.  Exclusive upon one's own shared acquisition waits for oneself.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_RELEASE,
     .kind = DDI_ERESOURCE,
     .family = DDI_EX,
     .never = DDI_NOT_HELD,
     .alias = 28107,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_RELEASE_FOR,
     .kind = DDI_ERESOURCE,
     .family = DDI_EX,
     .never = DDI_NOT_HELD | DDI_THIS_THREAD,
     .alias = 28107,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_ACQUIRE,
     .kind = DDI_ERESOURCE,
     .mode = DDI_EXCLUSIVE,
     .family = DDI_EX,
     .never = DDI_HELD_SHARED | DDI_WAITS,
     .error = "'%c' waits for '%o', which this path holds shared: deadlock"},
    {.at = DDI_ACQUIRE,
     .kind = DDI_ERESOURCE,
     .mode = DDI_EXCLUSIVE,
     .never = DDI_HELD_EXCLUSIVE,
     .only = DDI_SDV,
     .error = "'%c' acquires '%o', which this path holds exclusive"},
    {.at = DDI_CONVERT,
     .kind = DDI_ERESOURCE,
     .never = DDI_NOT_HELD,
     .alias = 28107,
     .error = "'%c' on '%o', which this path does not hold"},
    {.at = DDI_CONVERT,
     .kind = DDI_ERESOURCE,
     .never = DDI_HELD_SHARED,
     .error = "'%c' on '%o', which this path holds shared"},
    {.at = DDI_EXIT,
     .kind = DDI_ERESOURCE,
     .family = DDI_EX,
     .never = DDI_HELD,
     .alias = 28103,
     .error = "Returns with '%o' still held"},
    {.at = DDI_SIBLING_EXIT,
     .kind = DDI_ERESOURCE,
     .never = DDI_HELD,
     .alias = 28103,
     .error = "Returns with '%o' held, which is released on other paths with the "
              "same result"},
    {0}};

const struct ddi_rule ddi_rule_wdm_exclusive_resource_access = {
    .name = "wdm.ExclusiveResourceAccess",
    .summary = "A driver releases each ERESOURCE that it acquires, and no other",
    .text =
        "Each acquisition of an ERESOURCE, exclusive or shared, needs one "
        "release by the same thread before the driver returns to the system. A "
        "release without an acquisition stops the machine. Acquiring exclusive "
        "what the thread already holds shared waits for itself: release first. "
        "Recursive exclusive acquisition is documented as granted; the SDV rule "
        "forbids it, and so does the setting sdv.\n"
        "A helper that acquires for its caller is fine, unless it gives the "
        "resource back on some paths and, with the same result, keeps it on "
        "another. A resource whose ownership was transferred is not held.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-exclusiveresourceaccess",
    .bad = "ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);\n"
           "if (!ext->Started)\n"
           "    return STATUS_UNSUCCESSFUL;   /* still held */\n"
           "ExReleaseResourceLite(&ext->Resource);\n",
    .good = "ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);\n"
            "started = ext->Started;\n"
            "ExReleaseResourceLite(&ext->Resource);\n",
    .obligations = obligations,
};
