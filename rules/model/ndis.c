/*
 * Locks of NDIS.  An NDIS_SPIN_LOCK is a KSPIN_LOCK and the place of its old level;
 * in the WDK its routines are macros of the Ke routines, which do what they do: of
 * their rows only the family is taken then.  A reader/writer lock goes by the state
 * that each of its holders has, and readers may come back.
 */
#include "ddi_rule.h"

#define LOCK(what, how) {what, DDI_SPIN_LOCK, how, DDI_ARG1}
#define RAISE(where) {.op = DDI_RAISE, .object = where, .to = DDI_DISPATCH_LEVEL}
#define LOWER(where) {.op = DDI_LOWER, .object = where}

const struct ddi_routine ddi_model_ndis[] = {
    {.name = "NdisAcquireSpinLock",
     .effects = {RAISE(DDI_ARG1), LOCK(DDI_ACQUIRE, DDI_EXCLUSIVE)},
     .family = DDI_NDIS,
     .form = DDI_RAISING},
    {.name = "NdisReleaseSpinLock",
     .effects = {LOCK(DDI_RELEASE, DDI_ANY_MODE), LOWER(DDI_ARG1)},
     .family = DDI_NDIS,
     .form = DDI_RAISING},
    {.name = "NdisDprAcquireSpinLock",
     .effects = {LOCK(DDI_ACQUIRE, DDI_EXCLUSIVE)},
     .family = DDI_NDIS,
     .form = DDI_AT_DPC},
    {.name = "NdisDprReleaseSpinLock",
     .effects = {LOCK(DDI_RELEASE, DDI_ANY_MODE)},
     .family = DDI_NDIS,
     .form = DDI_AT_DPC},

    {.name = "NdisAcquireRWLockRead",
     .effects = {RAISE(DDI_ARG2), LOCK(DDI_ACQUIRE, DDI_SHARED)},
     .family = DDI_NDIS_RW},
    {.name = "NdisAcquireRWLockWrite",
     .effects = {RAISE(DDI_ARG2), LOCK(DDI_ACQUIRE, DDI_EXCLUSIVE)},
     .family = DDI_NDIS_RW},
    {.name = "NdisReleaseRWLock",
     .effects = {LOCK(DDI_RELEASE, DDI_ANY_MODE), LOWER(DDI_ARG2)},
     .family = DDI_NDIS_RW},
    {0}};
