/*
 * IRQL: what raises it, and what brings the old level back.
 *
 *            raise to L (old level saved)
 *      old ------------------------------> L
 *          <------------------------------
 *            lower to what was saved
 *
 * The old level is a value (KeRaiseIrql's second argument, the result of
 * KeAcquireSpinLockRaiseToDpc), or it stays in an object (a fast mutex, the
 * handle of an in-stack queued spin lock).
 *
 * KeRaiseIrql and KeAcquireSpinLock are assignment macros of KfRaiseIrql and
 * KeAcquireSpinLockRaiseToDpc.
 */
#include "ddi_rule.h"

#define RAISE_TO_ARGUMENT(where)                                               \
  .effects = {{.op = DDI_RAISE, .level = DDI_ARG1, .old = where}}
#define RAISE_TO_DISPATCH(where)                                               \
  .effects = {{.op = DDI_RAISE, .to = DDI_DISPATCH_LEVEL, .old = where}}
#define LOWER_TO_ARGUMENT                                                      \
  .effects = {{.op = DDI_LOWER, .level = DDI_ARG1}}

/* A spin lock: its own old level, by value or kept in an object. */
#define LOCK_AS(how, lock, ...)                                                \
  .effects = {{.op = DDI_RAISE, .to = DDI_DISPATCH_LEVEL, __VA_ARGS__},        \
              {DDI_ACQUIRE, DDI_SPIN_LOCK, how, lock}}
#define LOCK(lock, ...) LOCK_AS(DDI_EXCLUSIVE, lock, __VA_ARGS__)
#define UNLOCK(lock, ...)                                                      \
  .effects = {{DDI_RELEASE, DDI_SPIN_LOCK, DDI_ANY_MODE, lock},                \
              {.op = DDI_LOWER, __VA_ARGS__}}
#define LOCK_RAISED_AS(how, lock)                                              \
  .effects = {{DDI_ACQUIRE, DDI_SPIN_LOCK, how, lock}}
#define LOCK_RAISED(lock) LOCK_RAISED_AS(DDI_EXCLUSIVE, lock)
#define UNLOCK_RAISED(lock)                                                    \
  .effects = {{DDI_RELEASE, DDI_SPIN_LOCK, DDI_ANY_MODE, lock}}
#define RESULT_KEPT_FOR(lock) .old = DDI_RESULT, .object = lock
#define KEPT_IN(keeper) .object = keeper

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

    {.name = "KeAcquireSpinLockRaiseToDpc", LOCK(DDI_ARG1, RESULT_KEPT_FOR(DDI_ARG1))},
    {.name = "KfAcquireSpinLock", LOCK(DDI_ARG1, RESULT_KEPT_FOR(DDI_ARG1))},
    {.name = "KeAcquireSpinLockForDpc", LOCK(DDI_ARG1, RESULT_KEPT_FOR(DDI_ARG1))},
    {.name = "KeAcquireSpinLock",
     LOCK(DDI_ARG1, .old = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "KeReleaseSpinLock",
     UNLOCK(DDI_ARG1, .level = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "KfReleaseSpinLock",
     UNLOCK(DDI_ARG1, .level = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "KeReleaseSpinLockForDpc",
     UNLOCK(DDI_ARG1, .level = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "KeAcquireSpinLockAtDpcLevel", LOCK_RAISED(DDI_ARG1)},
    {.name = "KefAcquireSpinLockAtDpcLevel", LOCK_RAISED(DDI_ARG1)},
    {.name = "KeTryToAcquireSpinLockAtDpcLevel", LOCK_RAISED(DDI_ARG1),
     .when = DDI_IF_TRUE},
    {.name = "KeReleaseSpinLockFromDpcLevel", UNLOCK_RAISED(DDI_ARG1)},
    {.name = "KefReleaseSpinLockFromDpcLevel", UNLOCK_RAISED(DDI_ARG1)},

    {.name = "KeAcquireInStackQueuedSpinLock", LOCK(DDI_ARG1, KEPT_IN(DDI_ARG2)),
     .out = DDI_ARG2},
    {.name = "KeAcquireInStackQueuedSpinLockForDpc",
     LOCK(DDI_ARG1, KEPT_IN(DDI_ARG2)), .out = DDI_ARG2},
    {.name = "KeReleaseInStackQueuedSpinLock",
     .effects = {{.op = DDI_LOWER, KEPT_IN(DDI_ARG1)}}},
    {.name = "KeReleaseInStackQueuedSpinLockForDpc",
     .effects = {{.op = DDI_LOWER, KEPT_IN(DDI_ARG1)}}},

    {.name = "ExAcquireSpinLockExclusive", LOCK(DDI_ARG1, RESULT_KEPT_FOR(DDI_ARG1))},
    {.name = "ExAcquireSpinLockShared",
     LOCK_AS(DDI_SHARED, DDI_ARG1, RESULT_KEPT_FOR(DDI_ARG1))},
    {.name = "ExReleaseSpinLockExclusive",
     UNLOCK(DDI_ARG1, .level = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "ExReleaseSpinLockShared",
     UNLOCK(DDI_ARG1, .level = DDI_ARG2, .object = DDI_ARG1)},
    {.name = "ExAcquireSpinLockExclusiveAtDpcLevel", LOCK_RAISED(DDI_ARG1)},
    {.name = "ExAcquireSpinLockSharedAtDpcLevel",
     LOCK_RAISED_AS(DDI_SHARED, DDI_ARG1)},
    {.name = "ExReleaseSpinLockExclusiveFromDpcLevel", UNLOCK_RAISED(DDI_ARG1)},
    {.name = "ExReleaseSpinLockSharedFromDpcLevel", UNLOCK_RAISED(DDI_ARG1)},

    {.name = "IoAcquireCancelSpinLock", RAISE_TO_DISPATCH(DDI_ARG1)},
    {.name = "IoReleaseCancelSpinLock", LOWER_TO_ARGUMENT},
    {.name = "IoAcquireVpbSpinLock", RAISE_TO_DISPATCH(DDI_ARG1)},
    {.name = "IoReleaseVpbSpinLock", LOWER_TO_ARGUMENT},
    {.name = "KeAcquireInterruptSpinLock",
     .effects = {{.op = DDI_RAISE,
                  .object = DDI_ARG1,
                  .to = DDI_DIRQL,
                  .old = DDI_RESULT}}},
    {.name = "KeReleaseInterruptSpinLock",
     .effects = {{.op = DDI_LOWER, .object = DDI_ARG1, .level = DDI_ARG2}}},

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
