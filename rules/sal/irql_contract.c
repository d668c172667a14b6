/*
 * IrqlContract (sal): a function with a body keeps what its annotations say of
 * its IRQL.  The demands of annotations on callers are wdm.IrqlTooHigh and
 * wdm.IrqlTooLow.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_KEEP_CONTRACT,
     .never = DDI_IRQL_RAISED,
     .unless = DDI_DECLARES_SAME,
     .alias = 28167,
     .error = "Returns at %l: no annotation of the function says so"},
    {.at = DDI_KEEP_CONTRACT,
     .never = DDI_IRQL_RAISED | DDI_DECLARES_SAME,
     .alias = 28166,
     .error = "Returns at %l: the annotations promise the level at entry"},
    {.at = DDI_KEEP_CONTRACT,
     .never = DDI_IRQL_LOWERED,
     .alias = 28167,
     .error = "Returns below the level at entry: the IRQL is %l"},
    {.at = DDI_KEEP_CONTRACT,
     .never = DDI_IRQL_TOO_HIGH,
     .alias = 28156,
     .error = "Returns at %l: above the level that _IRQL_raises_ declares"},
    {.at = DDI_KEEP_CONTRACT,
     .never = DDI_IRQL_TOO_LOW,
     .alias = 28156,
     .error = "Returns at %l: below the level that _IRQL_raises_ declares"},
    {0}};

const struct ddi_rule ddi_rule_sal_irql_contract = {
    .name = "sal.IrqlContract",
    .summary = "A function returns at the IRQL that its annotations declare",
    .text =
        "Annotations on a function with a body are a promise to its callers, "
        "who are judged by it. Without _IRQL_raises_, _IRQL_saves_ or "
        "_IRQL_restores_ an annotated function returns at the level of its "
        "entry; with _IRQL_raises_(level) it returns at that level. Code "
        "Analysis knows the same as C28156, C28166 and C28167; a pragma that "
        "silences those numbers silences this rule too.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "irql-annotations-for-drivers",
    .bad = "_IRQL_requires_max_(DISPATCH_LEVEL)\n"
           "VOID Lock(PEXT ext)\n"
           "{\n"
           "    KeAcquireSpinLock(&ext->Lock, &ext->Irql);\n"
           "}\n",
    .good = "_IRQL_requires_max_(DISPATCH_LEVEL)\n"
            "_IRQL_raises_(DISPATCH_LEVEL)\n"
            "VOID Lock(PEXT ext)\n"
            "{\n"
            "    KeAcquireSpinLock(&ext->Lock, &ext->Irql);\n"
            "}\n",
    .obligations = obligations,
};
