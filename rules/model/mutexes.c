/*
 * Mutexes, for what they do to APCs: a mutex object holds off normal kernel
 * APCs while it is held, a guarded mutex is a guarded region, a fast mutex
 * raises to APC_LEVEL.
 *
 * A wait acquires only if its object is a mutex, which the type tells.
 */
#include "ddi_rule.h"

const struct ddi_routine ddi_model_mutexes[] = {
    /* KeWaitForMutexObject is a macro of this one. */
    {.name = "KeWaitForSingleObject",
     .effects = {{DDI_ACQUIRE, DDI_MUTEX, DDI_EXCLUSIVE, DDI_ARG1}},
     .when = DDI_IF_SUCCESS,
     .timeout = DDI_ARG5,
     .pointee = "_KMUTANT"},
    {.name = "KeReleaseMutex",
     .effects = {{DDI_RELEASE, DDI_MUTEX, DDI_EXCLUSIVE, DDI_ARG1}}},
    {.name = "KeInitializeMutex",
     .effects = {{DDI_INIT, DDI_MUTEX, DDI_ANY_MODE, DDI_ARG1}}},

    {.name = "KeAcquireGuardedMutex", .effects = {{.op = DDI_ENTER_GUARDED}}},
    {.name = "KeTryToAcquireGuardedMutex",
     .effects = {{.op = DDI_ENTER_GUARDED}},
     .when = DDI_IF_TRUE},
    {.name = "KeReleaseGuardedMutex", .effects = {{.op = DDI_LEAVE_GUARDED}}},

    {.name = "ExAcquireFastMutex",
     .effects = {{.op = DDI_RAISE, .to = DDI_APC_LEVEL}}},
    {.name = "ExTryToAcquireFastMutex",
     .effects = {{.op = DDI_RAISE, .to = DDI_APC_LEVEL}},
     .when = DDI_IF_TRUE},
    {.name = "ExReleaseFastMutex", .effects = {{.op = DDI_LOWER}}},
    {0}};
