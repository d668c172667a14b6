/*
 * RundownProtection (wdm)
 *
 * Microsoft has no rule of this name: the guide and the pages of the routines
 * demand it.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_DELETE,
     .kind = DDI_RUNDOWN,
     .never = DDI_HELD,
     .error = "'%c' waits for '%o', which this path holds: deadlock"},
    {.at = DDI_RELEASE,
     .kind = DDI_RUNDOWN,
     .never = DDI_NOT_HELD,
     .error = "'%c' releases '%o', which this path does not hold"},
    {.at = DDI_SIBLING_EXIT,
     .kind = DDI_RUNDOWN,
     .never = DDI_HELD,
     .error = "Returns with '%o' held, which is released on other paths with the "
              "same result"},
    {0}};

const struct ddi_rule ddi_rule_wdm_rundown_protection = {
    .name = "wdm.RundownProtection",
    .summary = "Who waits for the end of rundown protection does not hold it, and "
               "releases what he acquired, once",
    .text =
        "ExWaitForRundownProtectionRelease waits until everybody has released "
        "the reference. A thread that has acquired it itself waits for itself. "
        "A release without an acquisition lets the object go while another "
        "thread uses it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/kernel/"
           "run-down-protection",
    .bad = "if (ExAcquireRundownProtection(&object->Rundown))\n"
           "    ExWaitForRundownProtectionRelease(&object->Rundown);\n",
    .good = "ExReleaseRundownProtection(&object->Rundown);\n"
            "ExWaitForRundownProtectionRelease(&object->Rundown);\n",
    .obligations = obligations,
};
