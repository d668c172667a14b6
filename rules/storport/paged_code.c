/*
 * PagedCode (storport): as the rule of WDM.
 */
#include "paged_code.h"

static const struct ddi_obligation obligations[] = {
    PAGED_CODE_ROWS(| DDI_PHYSICAL_MINIPORT, DDI_VIRTUAL_MINIPORT),
    PAGED_CODE_ROWS(| DDI_VIRTUAL_MINIPORT, /* nothing */ 0),
    {0}};

const struct ddi_rule ddi_rule_storport_paged_code = {
    .name = "storport.PagedCode",
    .summary = "A miniport's code that may be paged out runs at APC_LEVEL at most",
    .text = PAGED_CODE_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-pagedcode",
    .bad = PAGED_CODE_BAD,
    .good = PAGED_CODE_GOOD,
    .obligations = obligations,
};
