/*
 * Locks of KMDF: handles, which inline functions hand to the framework.
 *
 *   WDFSPINLOCK    raises to DISPATCH_LEVEL; the framework keeps the old level
 *   WDFWAITLOCK    a critical region around it; with a timeout it may fail
 *   WDFINTERRUPT   raises to DIRQL, or, if it is handled at PASSIVE_LEVEL, has a
 *                  critical region around it
 *   WDFOBJECT      either raises to DISPATCH_LEVEL or has a critical region around
 *                  it, by the execution level of the object, which no path shows
 */
#include "ddi_rule.h"

#define LOCK(what, which) {what, which, DDI_EXCLUSIVE, DDI_ARG1}
#define RAISE(...) {.op = DDI_RAISE, .object = DDI_ARG1, __VA_ARGS__}
#define LOWER {.op = DDI_LOWER, .object = DDI_ARG1}

const struct ddi_routine ddi_model_kmdf[] = {
    {.name = "WdfSpinLockAcquire",
     .effects = {RAISE(.to = DDI_DISPATCH_LEVEL), LOCK(DDI_ACQUIRE, DDI_SPIN_LOCK)},
     .family = DDI_WDF},
    {.name = "WdfSpinLockRelease",
     .effects = {LOCK(DDI_RELEASE, DDI_SPIN_LOCK), LOWER},
     .family = DDI_WDF},

    /* Page and header differ in what is allowed without a wait. */
    {.name = "WdfWaitLockAcquire",
     .effects = {{.op = DDI_ENTER_CRITICAL}, LOCK(DDI_ACQUIRE, DDI_WAIT_LOCK)},
     .family = DDI_WDF,
     .when = DDI_IF_SUCCESS,
     .timeout = DDI_ARG2,
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_WAITING, DDI_ARG2, .max = DDI_PASSIVE_LEVEL}}},
    {.name = "WdfWaitLockRelease",
     .effects = {LOCK(DDI_RELEASE, DDI_WAIT_LOCK), {.op = DDI_LEAVE_CRITICAL}},
     .family = DDI_WDF},

    {.name = "WdfInterruptAcquireLock",
     .effects = {RAISE(.up_to = DDI_DIRQL), LOCK(DDI_ACQUIRE, DDI_INTERRUPT_LOCK)},
     .family = DDI_WDF},
    {.name = "WdfInterruptTryToAcquireLock", /* at PASSIVE_LEVEL alone */
     .effects = {RAISE(.up_to = DDI_DIRQL), LOCK(DDI_ACQUIRE, DDI_INTERRUPT_LOCK)},
     .family = DDI_WDF,
     .when = DDI_IF_TRUE},
    {.name = "WdfInterruptReleaseLock",
     .effects = {LOCK(DDI_RELEASE, DDI_INTERRUPT_LOCK), LOWER},
     .family = DDI_WDF},

    /* No rule is about them. */
    {.name = "WdfObjectAcquireLock",
     .effects = {RAISE(.up_to = DDI_DISPATCH_LEVEL),
                 LOCK(DDI_ACQUIRE, DDI_WAIT_LOCK)}},
    {.name = "WdfObjectReleaseLock",
     .effects = {LOCK(DDI_RELEASE, DDI_WAIT_LOCK), LOWER}},
    {0}};
