/*
 * IrqlKeReleaseSpinLock (wdm): at DISPATCH_LEVEL, with the level that the acquire
 * of this lock saved.
 */
#include "irql_bound.h"
#include <stddef.h>

static const char *const releasing[] = {"KeReleaseSpinLock",
                                        "KfReleaseSpinLock",
                                        "KeReleaseSpinLockForDpc",
                                        "ExReleaseSpinLockExclusive",
                                        "ExReleaseSpinLockShared",
                                        NULL};

static const struct ddi_obligation obligations[] = {
    IRQL_BOUND(),
    {.at = DDI_LOWER,
     .never = DDI_OTHER_LEVEL,
     .calls = releasing,
     .alias = 28124,
     .error = "'%c' restores the level that another acquire saved, and leaves "
              "this one's: the IRQL is %l"},
    {0}};

const struct ddi_rule ddi_rule_wdm_irql_ke_release_spin_lock = {
    .name = "wdm.IrqlKeReleaseSpinLock",
    .summary = "A spin lock is released at DISPATCH_LEVEL, with the level that its "
               "own acquire saved",
    .text =
        "KeReleaseSpinLock lowers the IRQL to the value that it is given. With "
        "the value that an earlier acquire saved the level drops too far, and "
        "the other lock is held where the thread can be switched out. Which "
        "level comes back is seen by its value, whatever variable it went "
        "through.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlkereleasespinlock",
    .bad = "KeAcquireSpinLock(&ext->A, &first);\n"
           "KeAcquireSpinLock(&ext->B, &second);\n"
           "KeReleaseSpinLock(&ext->B, first);\n",
    .good = "KeReleaseSpinLock(&ext->B, second);\n"
            "KeReleaseSpinLock(&ext->A, first);\n",
    .obligations = obligations,
};
