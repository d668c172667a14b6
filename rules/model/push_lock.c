/*
 * EX_PUSH_LOCK.  Shared acquisitions nest, others hang.  The documented names
 * ExAcquirePushLockExclusive and so on are macros of the Ex forms.  The routines
 * of the filter manager enter a critical region themselves, and release both
 * modes with one routine; a push lock has no owner, so nothing can be asked.
 */
#include "ddi_rule.h"

#define ON_PUSH_LOCK(what, how)                                                \
  .effects = {{what, DDI_PUSH_LOCK, how, DDI_ARG1}}, .family = DDI_EX
#define FLT_ACQUIRE(how)                                                       \
  .effects = {{DDI_ENTER_CRITICAL},                                              \
            {DDI_ACQUIRE, DDI_PUSH_LOCK, how, DDI_ARG1}},                      \
  .family = DDI_FLT
#define FLT_RELEASE                                                            \
  .effects = {{DDI_RELEASE, DDI_PUSH_LOCK, DDI_ANY_MODE, DDI_ARG1},              \
            {DDI_LEAVE_CRITICAL}},                                             \
  .family = DDI_FLT

const struct ddi_routine ddi_model_push_lock[] = {
    {.name = "ExInitializePushLock", ON_PUSH_LOCK(DDI_INIT, DDI_ANY_MODE)},
    {.name = "ExAcquirePushLockExclusiveEx",
     ON_PUSH_LOCK(DDI_ACQUIRE, DDI_EXCLUSIVE)},
    {.name = "ExAcquirePushLockSharedEx",
     ON_PUSH_LOCK(DDI_ACQUIRE, DDI_SHARED)},
    {.name = "ExReleasePushLockExclusiveEx",
     ON_PUSH_LOCK(DDI_RELEASE, DDI_EXCLUSIVE)},
    {.name = "ExReleasePushLockSharedEx",
     ON_PUSH_LOCK(DDI_RELEASE, DDI_SHARED)},

    {.name = "FltInitializePushLock",
     .effects = {{DDI_INIT, DDI_PUSH_LOCK, DDI_ANY_MODE, DDI_ARG1}},
     .family = DDI_FLT},
    {.name = "FltDeletePushLock",
     .effects = {{DDI_DELETE, DDI_PUSH_LOCK, DDI_ANY_MODE, DDI_ARG1}},
     .family = DDI_FLT},
    {.name = "FltAcquirePushLockExclusive", FLT_ACQUIRE(DDI_EXCLUSIVE)},
    {.name = "FltAcquirePushLockExclusiveEx", FLT_ACQUIRE(DDI_EXCLUSIVE)},
    {.name = "FltAcquirePushLockShared", FLT_ACQUIRE(DDI_SHARED)},
    {.name = "FltAcquirePushLockSharedEx", FLT_ACQUIRE(DDI_SHARED)},
    {.name = "FltReleasePushLock", FLT_RELEASE},
    {.name = "FltReleasePushLockEx", FLT_RELEASE},
    {0}};
