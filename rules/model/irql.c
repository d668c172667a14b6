/*
 * IRQL: what raises it, and what brings the old level back.
 *
 *            raise to L (old level saved)
 *      old ------------------------------> L
 *          <------------------------------
 *            lower to what was saved
 *
 * The old level is a value (KeRaiseIrql's second argument), or it stays in an
 * object.  KeRaiseIrql is an assignment macro of KfRaiseIrql.
 */
#include "ddi_rule.h"

#define RAISE_TO_ARGUMENT(where)                                               \
  .effects = {{.op = DDI_RAISE, .level = DDI_ARG1, .old = where}}
#define RAISE_TO_DISPATCH(where)                                               \
  .effects = {{.op = DDI_RAISE, .to = DDI_DISPATCH_LEVEL, .old = where}}
#define LOWER_TO_ARGUMENT                                                      \
  .effects = {{.op = DDI_LOWER, .level = DDI_ARG1}}

const struct ddi_routine ddi_model_irql[] = {
    {.name = "KfRaiseIrql", RAISE_TO_ARGUMENT(DDI_RESULT)},
    {.name = "KzRaiseIrql", RAISE_TO_ARGUMENT(DDI_RESULT)},
    {.name = "KeRaiseIrql", RAISE_TO_ARGUMENT(DDI_ARG2)},
    {.name = "KeRaiseIrqlToDpcLevel", RAISE_TO_DISPATCH(DDI_RESULT)},
    {.name = "KeRaiseIrqlToSynchLevel",
     .effects = {{.op = DDI_RAISE,
                  .to = DDI_DISPATCH_LEVEL,
                  .up_to = DDI_HIGH_LEVEL,
                  .old = DDI_RESULT}}},
    {.name = "KeLowerIrql", LOWER_TO_ARGUMENT},
    {.name = "KfLowerIrql", LOWER_TO_ARGUMENT},
    {.name = "KzLowerIrql", LOWER_TO_ARGUMENT},
    {.name = "KeGetCurrentIrql", .query = DDI_CURRENT_IRQL},

    {.name = "WdfSpinLockAcquire",
     .effects = {{.op = DDI_RAISE, .object = DDI_ARG1, .to = DDI_DISPATCH_LEVEL}}},
    {.name = "WdfSpinLockRelease",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG1}}},
    /* Interrupts may be handled at PASSIVE_LEVEL; a framework object's lock
       depends on its execution level. */
    {.name = "WdfInterruptAcquireLock",
     .effects = {{.op = DDI_RAISE, .object = DDI_ARG1, .up_to = DDI_DIRQL}}},
    {.name = "WdfInterruptReleaseLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG1}}},
    {.name = "WdfObjectAcquireLock",
     .effects = {{.op = DDI_RAISE,
                  .object = DDI_ARG1,
                  .up_to = DDI_DISPATCH_LEVEL}}},
    {.name = "WdfObjectReleaseLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG1}}},

    /* Macros of the Ke routines, but for old headers. */
    {.name = "NdisAcquireSpinLock",
     .effects = {{.op = DDI_RAISE, .object = DDI_ARG1, .to = DDI_DISPATCH_LEVEL}}},
    {.name = "NdisReleaseSpinLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG1}}},
    {.name = "NdisAcquireRWLockRead",
     .effects = {{.op = DDI_RAISE, .object = DDI_ARG2, .to = DDI_DISPATCH_LEVEL}}},
    {.name = "NdisAcquireRWLockWrite",
     .effects = {{.op = DDI_RAISE, .object = DDI_ARG2, .to = DDI_DISPATCH_LEVEL}}},
    {.name = "NdisReleaseRWLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG2}}},
    /* The level depends on the kind of lock. */
    {.name = "StorPortAcquireSpinLock",
     .effects = {{.op = DDI_RAISE,
                  .object = DDI_ARG4,
                  .to = DDI_DISPATCH_LEVEL,
                  .up_to = DDI_DIRQL}}},
    {.name = "StorPortReleaseSpinLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG2}}},
    {.name = "StorPortAcquireMSISpinLock",
     .effects = {{.op = DDI_RAISE, .to = DDI_DIRQL, .old = DDI_ARG3}}},
    /* Drivers keep the old level where an ordinary lock has its own: which of
       both was taken shows in their data alone. */
    {.name = "StorPortReleaseMSISpinLock", .effects = {{.op = DDI_LOWER}}},

    /* With Wait, the dispatcher stays locked until the wait that must follow. */
    {.name = "KeSetEvent",
     .effects = {{.op = DDI_SIGNAL_WAIT, .only_if = DDI_ARG3}},
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_NONZERO, DDI_ARG3, .max = DDI_APC_LEVEL}}},
    {.name = "KePulseEvent",
     .effects = {{.op = DDI_SIGNAL_WAIT, .only_if = DDI_ARG3}},
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_NONZERO, DDI_ARG3, .max = DDI_APC_LEVEL}}},
    {.name = "KeReleaseSemaphore",
     .effects = {{.op = DDI_SIGNAL_WAIT, .only_if = DDI_ARG4}},
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_NONZERO, DDI_ARG4, .max = DDI_APC_LEVEL}}},
    {.name = "KeWaitForMultipleObjects",
     .effects = {{.op = DDI_WAIT}},
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_WAITING, 7, .max = DDI_APC_LEVEL}}},
    {0}};
