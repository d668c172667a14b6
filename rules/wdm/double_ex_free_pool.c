/*
 * DoubleExFreePool, which Microsoft publishes for Storport; and StorPortAllocatePool,
 * which says the same of StorPortFreePool.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .kind = DDI_STORAGE,
     .never = DDI_DELETED,
     .error = "'%c' frees a block that this path has freed before"},
    {0}};

static const struct ddi_covered covers[] = {
    {"storport.DoubleExFreePool"},
    {"storport.StorPortAllocatePool"},
    {0}};

const struct ddi_rule ddi_rule_wdm_double_ex_free_pool = {
    .name = "wdm.DoubleExFreePool",
    .summary = "A block of pool is freed once",
    .text =
        "The second free of a block takes what has meanwhile been given to "
        "somebody else, or stops the machine (BAD_POOL_CALLER). Set a pointer "
        "to NULL when what it points to is freed.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-doubleexfreepool",
    .bad = "ExFreePoolWithTag(buffer, TAG);\n"
           "if (!NT_SUCCESS(status))\n"
           "    ExFreePoolWithTag(buffer, TAG); /* again */\n",
    .good = "ExFreePoolWithTag(buffer, TAG);\n"
            "buffer = NULL;\n",
    .obligations = obligations,
    .covers = covers,
};
