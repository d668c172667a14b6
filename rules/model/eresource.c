/*
 * ERESOURCE, the reader/writer lock of file systems.
 *
 *                 init            acquire shared          transfer
 *    (storage) ---------> free <------------------> shared --------> owned by
 *        ^                 ^ |                        ^               another
 *        | delete          | | acquire exclusive      | convert         |
 *        +-----------------+ +-----------------> exclusive              |
 *                          ^                          |                 |
 *                          +--------- release --------+-- release for --+
 *
 * Acquisitions nest, except exclusive upon shared.  With Wait non-zero an
 * acquisition cannot fail.
 */
#include "ddi_rule.h"

#define ACQUIRE(how)                                                           \
  .effects = {{DDI_ACQUIRE, DDI_ERESOURCE, how, DDI_ARG1}}, .family = DDI_EX,    \
  .when = DDI_IF_TRUE, .wait = DDI_ARG2
#define ENTER_AND_ACQUIRE(how, of)                                             \
  .effects = {{DDI_ENTER_CRITICAL},                                              \
            {DDI_ACQUIRE, DDI_ERESOURCE, how, DDI_ARG1}},                      \
  .family = of
#define RELEASE_AND_LEAVE(of)                                                  \
  .effects = {{DDI_RELEASE, DDI_ERESOURCE, DDI_ANY_MODE, DDI_ARG1},              \
            {DDI_LEAVE_CRITICAL}},                                             \
  .family = of
#define ON_RESOURCE(what)                                                      \
  .effects = {{what, DDI_ERESOURCE, DDI_ANY_MODE, DDI_ARG1}}, .family = DDI_EX

const struct ddi_routine ddi_model_eresource[] = {
    {.name = "ExInitializeResourceLite", ON_RESOURCE(DDI_INIT), .succeeds = 1},
    {.name = "ExReinitializeResourceLite", ON_RESOURCE(DDI_REINIT), .succeeds = 1},
    {.name = "ExDeleteResourceLite", ON_RESOURCE(DDI_DELETE), .succeeds = 1},

    {.name = "ExAcquireResourceExclusiveLite", ACQUIRE(DDI_EXCLUSIVE)},
    {.name = "ExAcquireResourceSharedLite", ACQUIRE(DDI_SHARED)},
    {.name = "ExAcquireSharedStarveExclusive", ACQUIRE(DDI_SHARED)},
    {.name = "ExAcquireSharedWaitForExclusive", ACQUIRE(DDI_SHARED)},

    {.name = "ExEnterCriticalRegionAndAcquireResourceExclusive",
     ENTER_AND_ACQUIRE(DDI_EXCLUSIVE, DDI_EX)},
    {.name = "ExEnterCriticalRegionAndAcquireResourceShared",
     ENTER_AND_ACQUIRE(DDI_SHARED, DDI_EX)},
    {.name = "ExEnterCriticalRegionAndAcquireSharedWaitForExclusive",
     ENTER_AND_ACQUIRE(DDI_SHARED, DDI_EX)},
    {.name = "FltAcquireResourceExclusive",
     ENTER_AND_ACQUIRE(DDI_EXCLUSIVE, DDI_FLT)},
    {.name = "FltAcquireResourceShared",
     ENTER_AND_ACQUIRE(DDI_SHARED, DDI_FLT)},

    {.name = "ExReleaseResourceLite", ON_RESOURCE(DDI_RELEASE)},
    {.name = "ExReleaseResourceForThreadLite",
     .effects = {{DDI_RELEASE_FOR, DDI_ERESOURCE, DDI_ANY_MODE, DDI_ARG1,
                DDI_ARG2}},
     .family = DDI_EX},
    {.name = "ExReleaseResourceAndLeaveCriticalRegion",
     RELEASE_AND_LEAVE(DDI_EX)},
    {.name = "FltReleaseResource", RELEASE_AND_LEAVE(DDI_FLT)},

    {.name = "ExConvertExclusiveToSharedLite", ON_RESOURCE(DDI_CONVERT)},
    {.name = "ExSetResourceOwnerPointer",
     .effects = {{DDI_TRANSFER, DDI_ERESOURCE, DDI_ANY_MODE, DDI_ARG1,
                DDI_ARG2}},
     .family = DDI_EX},
    /* FLAG_OWNER_POINTER_IS_THREAD is 1 */
    {.name = "ExSetResourceOwnerPointerEx",
     .effects = {{DDI_TRANSFER, DDI_ERESOURCE, DDI_ANY_MODE, DDI_ARG1,
                DDI_ARG2}},
     .family = DDI_EX,
     .flags = DDI_ARG3,
     .flags_known = 1},

    {.name = "ExIsResourceAcquiredExclusiveLite",
     ON_RESOURCE(DDI_USE),
     .query = DDI_IS_HELD_EXCLUSIVE},
    {.name = "ExIsResourceAcquiredSharedLite",
     ON_RESOURCE(DDI_USE),
     .query = DDI_IS_HELD},

    {.name = "PsGetCurrentThread", .query = DDI_CURRENT_THREAD},
    {.name = "KeGetCurrentThread", .query = DDI_CURRENT_THREAD},
    {0}};
