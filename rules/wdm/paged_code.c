/*
 * PagedCode (wdm): code that may be paged out runs at APC_LEVEL at most.
 */
#include "paged_code.h"

static const struct ddi_obligation obligations[] = {
    PAGED_CODE_ROWS(/* no more */,
                    DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT),
    {0}};

const struct ddi_rule ddi_rule_wdm_paged_code = {
    .name = "wdm.PagedCode",
    .summary = "Code that may be paged out runs at APC_LEVEL at most",
    .text = PAGED_CODE_TEXT,
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-pagedcode",
    .bad = PAGED_CODE_BAD,
    .good = PAGED_CODE_GOOD,
    .obligations = obligations,
};
