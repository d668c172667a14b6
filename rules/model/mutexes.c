/*
 * Mutexes.  A mutex object holds off normal kernel APCs while it is held; a fast
 * mutex raises to APC_LEVEL and keeps the old level; a guarded mutex is one in a
 * guarded region (the same type since Windows 8).  The unsafe forms change
 * neither: their callers have APCs off already.
 *
 * A wait acquires only if its object is a mutex, which the type tells.
 */
#include "ddi_rule.h"

#define RAISE                                                                  \
  { .op = DDI_RAISE, .object = DDI_ARG1, .to = DDI_APC_LEVEL }
#define LOWER                                                                  \
  { .op = DDI_LOWER, .object = DDI_ARG1 }
#define ACQUIRE                                                                \
  { DDI_ACQUIRE, DDI_FAST_MUTEX, DDI_EXCLUSIVE, DDI_ARG1 }
#define RELEASE                                                                \
  { DDI_RELEASE, DDI_FAST_MUTEX, DDI_EXCLUSIVE, DDI_ARG1 }

#define FAST(its_form, ...)                                                    \
  .effects = {__VA_ARGS__}, .family = DDI_EX, .form = its_form
#define GUARDED(its_form, ...)                                                 \
  .effects = {__VA_ARGS__}, .family = DDI_KE, .form = its_form
#define INITIALISE                                                             \
  .effects = {{DDI_INIT, DDI_FAST_MUTEX, DDI_ANY_MODE, DDI_ARG1}},             \
  .out = DDI_ARG1

/* The pages demand APC_LEVEL and accept a critical region in its place. */
#define UP_TO_APC_LEVEL                                                        \
  .bounds = {{DDI_IN_ANY_CASE, .max = DDI_APC_LEVEL}}

const struct ddi_routine ddi_model_mutexes[] = {
    /* KeWaitForMutexObject is a macro of this one. */
    {.name = "KeWaitForSingleObject",
     .effects = {{.op = DDI_WAIT},
                 {DDI_ACQUIRE, DDI_MUTEX, DDI_EXCLUSIVE, DDI_ARG1}},
     .when = DDI_IF_SUCCESS,
     .timeout = DDI_ARG5,
     .flags = DDI_ARG3, /* KernelMode is zero */
     .pointee = "_KMUTANT",
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_WAITING, DDI_ARG5, .max = DDI_APC_LEVEL}}},
    {.name = "KeReleaseMutex",
     .effects = {{DDI_RELEASE, DDI_MUTEX, DDI_EXCLUSIVE, DDI_ARG1},
                 {.op = DDI_SIGNAL_WAIT, .only_if = DDI_ARG2}},
     .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                {DDI_IF_NONZERO, DDI_ARG2, .max = DDI_APC_LEVEL}}},
    {.name = "KeInitializeMutex",
     .effects = {{DDI_INIT, DDI_MUTEX, DDI_ANY_MODE, DDI_ARG1}}},

    {.name = "KeInitializeGuardedMutex", INITIALISE},
    {.name = "KeAcquireGuardedMutex",
     GUARDED(DDI_SAFE, {.op = DDI_ENTER_GUARDED}, RAISE, ACQUIRE)},
    {.name = "KeTryToAcquireGuardedMutex",
     GUARDED(DDI_SAFE, {.op = DDI_ENTER_GUARDED}, RAISE, ACQUIRE),
     .when = DDI_IF_TRUE},
    {.name = "KeReleaseGuardedMutex",
     GUARDED(DDI_SAFE, RELEASE, LOWER, {.op = DDI_LEAVE_GUARDED})},
    {.name = "KeAcquireGuardedMutexUnsafe", GUARDED(DDI_UNSAFE, ACQUIRE)},
    {.name = "KeReleaseGuardedMutexUnsafe", GUARDED(DDI_UNSAFE, RELEASE)},

    {.name = "ExInitializeFastMutex", INITIALISE},
    {.name = "ExAcquireFastMutex", FAST(DDI_SAFE, RAISE, ACQUIRE)},
    {.name = "ExTryToAcquireFastMutex", FAST(DDI_SAFE, RAISE, ACQUIRE),
     .when = DDI_IF_TRUE},
    /* A driver that counts its own acquisitions releases what an earlier call
       took: from where it stands the level says nothing. */
    {.name = "ExReleaseFastMutex", FAST(DDI_SAFE, RELEASE, LOWER),
     UP_TO_APC_LEVEL},
    {.name = "ExAcquireFastMutexUnsafe", FAST(DDI_UNSAFE, ACQUIRE),
     UP_TO_APC_LEVEL},
    {.name = "ExReleaseFastMutexUnsafe", FAST(DDI_UNSAFE, RELEASE),
     UP_TO_APC_LEVEL},
    {0}};
