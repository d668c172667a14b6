/*
 * CriticalRegions (wdm)
 *
 * A driver leaves a critical region only after it entered one, and has left as
 * often as it entered when it returns to the system.  Calls nest; the SDV rule's
 * own sentence asks for a leave before the next enter, so that stands under sdv.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_LEAVE_CRITICAL,
     .never = DDI_OUTSIDE_CRITICAL,
     .alias = 28107,
     .error = "'%c' leaves a critical region that was not entered"},
    {.at = DDI_ENTER_CRITICAL,
     .never = DDI_MORE_CRITICAL,
     .only = DDI_SDV,
     .error = "'%c' enters a critical region inside another one"},
    {.at = DDI_EXIT,
     .never = DDI_MORE_CRITICAL,
     .alias = 28103,
     .error = "Returns inside a critical region that was not left"},
    {.at = DDI_EXIT,
     .never = DDI_LESS_CRITICAL,
     .error = "Returns with one critical region left too many"},
    {.at = DDI_SIBLING_EXIT,
     .never = DDI_MORE_CRITICAL,
     .alias = 28103,
     .error = "Returns inside a critical region that is left on other paths with "
              "the same result"},
    {0}};

const struct ddi_rule ddi_rule_wdm_critical_regions = {
    .name = "wdm.CriticalRegions",
    .summary = "A driver leaves each critical region that it enters, and no other",
    .text =
        "KeEnterCriticalRegion holds off normal kernel APCs for the thread, "
        "KeLeaveCriticalRegion lets them in again. The system keeps one counter "
        "for both, so calls may nest, and every enter needs its leave before "
        "the driver returns to the system: a counter that is off by one stops "
        "the machine with bug check 0x1 (APC_INDEX_MISMATCH) or 0x20.\n"
        "FsRtlEnterFileSystem, the routines that enter and acquire in one call, "
        "and the lock routines of the filter manager move the same counter. A "
        "helper that enters for its caller is fine.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-criticalregions",
    .bad = "KeEnterCriticalRegion();\n"
           "if (!NT_SUCCESS(status))\n"
           "    return status;          /* still inside */\n"
           "KeLeaveCriticalRegion();\n",
    .good = "KeEnterCriticalRegion();\n"
            "...\n"
            "KeLeaveCriticalRegion();\n"
            "return status;\n",
    .obligations = obligations,
};
