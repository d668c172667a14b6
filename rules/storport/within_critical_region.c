/*
 * WithinCriticalRegion (storport)
 *
 * The rule of wdm, under its name for virtual miniports.  A physical miniport
 * may not call these routines at all.
 */
#include "within_critical_region.h"

static const struct ddi_obligation obligations[] = {
    WITHIN_CRITICAL_REGION(.unless = 0, | DDI_VIRTUAL_MINIPORT)};

const struct ddi_rule ddi_rule_storport_within_critical_region = {
    .name = "storport.WithinCriticalRegion",
    .summary = "A virtual miniport acquires, holds and releases an ERESOURCE "
               "with normal kernel APCs disabled",
    .text = WITHIN_CRITICAL_REGION_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-withincriticalregion",
    .bad = WITHIN_CRITICAL_REGION_BAD,
    .good = WITHIN_CRITICAL_REGION_GOOD,
    .obligations = obligations,
};
