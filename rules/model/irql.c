/*
 * IRQL, for what it does to APCs: at APC_LEVEL and above none is delivered.
 *
 * KeRaiseIrql and KeAcquireSpinLock are assignment macros of KfRaiseIrql and
 * KeAcquireSpinLockRaiseToDpc, which return the old level.
 */
#include "ddi_rule.h"

#define RAISE_TO_DISPATCH                                                      \
  .effects = {{.op = DDI_RAISE, .to = DDI_DISPATCH_LEVEL}}
#define LOWER .effects = {{.op = DDI_LOWER}}

const struct ddi_routine ddi_model_irql[] = {
    {.name = "KfRaiseIrql", .effects = {{.op = DDI_RAISE, .level = DDI_ARG1}}},
    {.name = "KzRaiseIrql", .effects = {{.op = DDI_RAISE, .level = DDI_ARG1}}},
    {.name = "KeRaiseIrql",
     .effects = {{.op = DDI_RAISE, .level = DDI_ARG1}},
     .out = DDI_ARG2},
    {.name = "KeRaiseIrqlToDpcLevel", RAISE_TO_DISPATCH},
    {.name = "KeLowerIrql", .effects = {{.op = DDI_LOWER, .level = DDI_ARG1}}},
    {.name = "KfLowerIrql", .effects = {{.op = DDI_LOWER, .level = DDI_ARG1}}},
    {.name = "KzLowerIrql", .effects = {{.op = DDI_LOWER, .level = DDI_ARG1}}},
    {.name = "KeGetCurrentIrql", .query = DDI_CURRENT_IRQL},

    {.name = "KeAcquireSpinLockRaiseToDpc", RAISE_TO_DISPATCH},
    {.name = "KfAcquireSpinLock", RAISE_TO_DISPATCH},
    {.name = "KeAcquireSpinLock", RAISE_TO_DISPATCH, .out = DDI_ARG2},
    {.name = "KeReleaseSpinLock", LOWER},
    {.name = "KfReleaseSpinLock", LOWER},
    {.name = "KeAcquireInStackQueuedSpinLock", RAISE_TO_DISPATCH,
     .out = DDI_ARG2},
    {.name = "KeReleaseInStackQueuedSpinLock", LOWER},
    {.name = "IoAcquireCancelSpinLock", RAISE_TO_DISPATCH, .out = DDI_ARG1},
    {.name = "IoReleaseCancelSpinLock", LOWER},
    {.name = "ExAcquireSpinLockExclusive", RAISE_TO_DISPATCH},
    {.name = "ExAcquireSpinLockShared", RAISE_TO_DISPATCH},
    {.name = "ExReleaseSpinLockExclusive", LOWER},
    {.name = "ExReleaseSpinLockShared", LOWER},
    {0}};
