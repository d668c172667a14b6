/*
 * GuardedRegions (wdm)
 *
 * As CriticalRegions, on a counter of its own: leaving a critical region does
 * not leave a guarded one.  A guarded mutex enters and leaves as well.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_LEAVE_GUARDED,
     .never = DDI_OUTSIDE_GUARDED,
     .alias = 28107,
     .error = "'%c' leaves a guarded region that was not entered"},
    {.at = DDI_ENTER_GUARDED,
     .never = DDI_MORE_GUARDED,
     .only = DDI_SDV,
     .error = "'%c' enters a guarded region inside another one"},
    {.at = DDI_EXIT,
     .never = DDI_MORE_GUARDED,
     .alias = 28103,
     .error = "Returns inside a guarded region that was not left"},
    {.at = DDI_EXIT,
     .never = DDI_LESS_GUARDED,
     .error = "Returns with one guarded region left too many"},
    {.at = DDI_SIBLING_EXIT,
     .never = DDI_MORE_GUARDED,
     .alias = 28103,
     .error = "Returns inside a guarded region that is left on other paths with "
              "the same result"},
    {0}};

const struct ddi_rule ddi_rule_wdm_guarded_regions = {
    .name = "wdm.GuardedRegions",
    .summary = "A driver leaves each guarded region that it enters, and no other",
    .text =
        "KeEnterGuardedRegion holds off all APCs for the thread, special kernel "
        "APCs too; KeLeaveGuardedRegion ends that. Regions nest, and a guarded "
        "mutex is one. The counter is not that of critical regions: each leave "
        "belongs to an enter of its own kind.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-guardedregions",
    .bad = "KeEnterGuardedRegion();\n"
           "...\n"
           "KeLeaveCriticalRegion();    /* the wrong kind */\n",
    .good = "KeEnterGuardedRegion();\n"
            "...\n"
            "KeLeaveGuardedRegion();\n",
    .obligations = obligations,
};
