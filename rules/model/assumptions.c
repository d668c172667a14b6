/*
 * What a driver tells Code Analysis of locks (_Analysis_assume_lock_held_ and its
 * like): these calls stand in the macros' place.
 */
#include "ddi_rule.h"

#define ON_LOCK(what)                                                          \
  .effects = {{what, DDI_LOCK, DDI_ANY_MODE, DDI_ARG1}}

const struct ddi_routine ddi_model_assumptions[] = {
    {.name = "__ddi_assume_lock_held", ON_LOCK(DDI_ASSUME_HELD)},
    {.name = "__ddi_assume_lock_not_held", ON_LOCK(DDI_ASSUME_FREE)},
    {.name = "__ddi_assume_lock_acquired", ON_LOCK(DDI_ACQUIRE)},
    {.name = "__ddi_assume_lock_released", ON_LOCK(DDI_RELEASE)},
    /* Nobody is to know whether it is held. */
    {.name = "__ddi_assume_lock_unchecked", ON_LOCK(DDI_TRANSFER)},
    {0}};
