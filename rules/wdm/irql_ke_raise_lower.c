/*
 * IrqlKeRaiseLower (wdm)
 *
 *      level ---- raise to a level not below ----> level'
 *            <---- lower, after a raise ----------
 */
#include "ddi_rule.h"
#include <stddef.h>

static const char *const lowering[] = {"KeLowerIrql", "KfLowerIrql",
                                       "KzLowerIrql", NULL};

static const struct ddi_obligation obligations[] = {
    {.at = DDI_RAISE,
     .never = DDI_RAISES_DOWN,
     .alias = 28141,
     .error = "'%c' raises to a level below the current one: the IRQL is %l"},
    {.at = DDI_LOWER,
     .never = DDI_LOWERS_UP,
     .calls = lowering,
     .error = "'%c' lowers to a level above the current one: the IRQL is %l"},
    {.at = DDI_LOWER,
     .never = DDI_NOT_RAISED,
     .unless = DDI_LOWERS_UP,
     .calls = lowering,
     .error = "'%c' lowers the IRQL, which was not raised: it is %l"},
    {0}};

const struct ddi_rule ddi_rule_wdm_irql_ke_raise_lower = {
    .name = "wdm.IrqlKeRaiseLower",
    .summary = "The IRQL is raised to a level that is not below the current one, "
               "and lowered only after it was raised",
    .text =
        "KeRaiseIrql raises, KeLowerIrql takes the raise back; used the other "
        "way round they stop the machine with IRQL_NOT_GREATER_OR_EQUAL or "
        "IRQL_NOT_LESS_OR_EQUAL. A function that the system enters above "
        "PASSIVE_LEVEL (a DPC, a cancel routine) must not lower what it did not "
        "raise: the system relies on the level. Raises nest.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlkeraiselower",
    .bad = "KeRaiseIrql(DISPATCH_LEVEL, &outer);\n"
           "KeRaiseIrql(APC_LEVEL, &inner);\n",
    .good = "KeRaiseIrql(APC_LEVEL, &outer);\n"
            "KeRaiseIrql(DISPATCH_LEVEL, &inner);\n"
            "KeLowerIrql(inner);\n"
            "KeLowerIrql(outer);\n",
    .obligations = obligations,
};
