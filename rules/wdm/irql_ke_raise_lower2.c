/*
 * IrqlKeRaiseLower2 (wdm): each lower restores what its raise saved.
 */
#include "ddi_rule.h"
#include <stddef.h>

static const char *const lowering[] = {"KeLowerIrql", "KfLowerIrql",
                                       "KzLowerIrql", NULL};

static const struct ddi_obligation obligations[] = {
    {.at = DDI_LOWER,
     .never = DDI_OTHER_LEVEL,
     .calls = lowering,
     .error = "'%c' restores the level that an earlier raise saved, while a later "
              "one is in force: the IRQL is %l"},
    {.at = DDI_LOWER,
     .never = DDI_LITERAL_LEVEL,
     .calls = lowering,
     .only = DDI_STRICT,
     .error = "'%c' lowers to a constant and not to the level that the raise "
              "saved"},
    {0}};

const struct ddi_rule ddi_rule_wdm_irql_ke_raise_lower2 = {
    .name = "wdm.IrqlKeRaiseLower2",
    .summary = "The IRQL is lowered to the level that the matching raise saved",
    .text =
        "KeLowerIrql takes the value that the immediately preceding KeRaiseIrql "
        "gave out. Any other drops the level that a raise in between relies on: "
        "a spin lock is then held below DISPATCH_LEVEL, where the thread can be "
        "switched out. Which level comes back is seen by its value, whatever "
        "variable it went through. Under the setting strict a constant is wrong "
        "too, even if its number is right.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlkeraiselower2",
    .bad = "KeRaiseIrql(APC_LEVEL, &outer);\n"
           "KeRaiseIrql(DISPATCH_LEVEL, &inner);\n"
           "KeLowerIrql(outer);\n",
    .good = "KeLowerIrql(inner);\n"
            "KeLowerIrql(outer);\n",
    .obligations = obligations,
};
