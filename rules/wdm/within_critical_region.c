/*
 * WithinCriticalRegion (wdm)
 *
 * An ERESOURCE is acquired and released with normal kernel APCs off, and they
 * stay off in between.
 */
#include "within_critical_region.h"

static const struct ddi_obligation obligations[] = {
    WITHIN_CRITICAL_REGION(.unless = DDI_VIRTUAL_MINIPORT, )};

const struct ddi_rule ddi_rule_wdm_within_critical_region = {
    .name = "wdm.WithinCriticalRegion",
    .summary = "An ERESOURCE is acquired, held and released with normal kernel "
               "APCs disabled",
    .text = WITHIN_CRITICAL_REGION_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-withincriticalregion",
    .bad = WITHIN_CRITICAL_REGION_BAD,
    .good = WITHIN_CRITICAL_REGION_GOOD,
    .obligations = obligations,
};
