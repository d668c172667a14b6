/*
 * UnSafeAllocatePool (wdm)
 *
 * For which version a driver is built is not asked: it is the setting that says
 * so.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .never = DDI_SUPERSEDED,
     .only = DDI_SDV,
     .error = "'%c' does not zero what it allocates; ExAllocatePool2 does"},
    {0}};

static const struct ddi_covered covers[] = {
    {"kmdf.UnSafeAllocatePool"},
    {0}};

const struct ddi_rule ddi_rule_wdm_un_safe_allocate_pool = {
    .name = "wdm.UnSafeAllocatePool",
    .summary = "The pool allocators that do not zero what they allocate are not called",
    .text =
        "Since Windows 10, version 2004, ExAllocatePool2 and ExAllocatePool3 "
        "take the place of ExAllocatePool, ExAllocatePoolWithTag and their "
        "like: what they allocate is zeroed. A driver that also runs on older "
        "versions calls ExAllocatePoolZero and its like. Reported under the "
        "setting sdv.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-unsafeallocatepool",
    .bad = "buffer = ExAllocatePoolWithTag(NonPagedPoolNx, size, TAG);\n",
    .good = "buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, size, TAG);\n",
    .obligations = obligations,
    .covers = covers,
};
