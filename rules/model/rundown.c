/*
 * EX_RUNDOWN_REF: keeps an object there as long as somebody uses it.
 *
 *      acquire ---> (may fail: it is being run down) held ---> release
 *      wait for release: waits for all who hold it
 *
 * Of several at once (the Ex forms) the number is not followed.
 */
#include "ddi_rule.h"

#define ON(what)                                                               \
  .effects = {{.op = what, .kind = DDI_RUNDOWN, .object = DDI_ARG1}}

#define OF_SEVERAL .effects = {{.op = DDI_TRANSFER, .kind = DDI_RUNDOWN}}

const struct ddi_routine ddi_model_rundown[] = {
    {.name = "ExInitializeRundownProtection", ON(DDI_INIT)},
    {.name = "ExInitializeRundownProtectionCacheAware", ON(DDI_INIT)},
    {.name = "ExReInitializeRundownProtection", ON(DDI_REINIT)},
    {.name = "ExReInitializeRundownProtectionCacheAware", ON(DDI_REINIT)},
    {.name = "ExAcquireRundownProtection", ON(DDI_ACQUIRE), .when = DDI_IF_TRUE},
    {.name = "ExAcquireRundownProtectionCacheAware", ON(DDI_ACQUIRE),
     .when = DDI_IF_TRUE},
    {.name = "ExReleaseRundownProtection", ON(DDI_RELEASE)},
    {.name = "ExReleaseRundownProtectionCacheAware", ON(DDI_RELEASE)},
    {.name = "ExAcquireRundownProtectionEx", OF_SEVERAL,
     .when = DDI_IF_TRUE},
    {.name = "ExAcquireRundownProtectionCacheAwareEx", OF_SEVERAL,
     .when = DDI_IF_TRUE},
    {.name = "ExReleaseRundownProtectionEx", OF_SEVERAL},
    {.name = "ExReleaseRundownProtectionCacheAwareEx", OF_SEVERAL},
    {.name = "ExWaitForRundownProtectionRelease", ON(DDI_DELETE)},
    {.name = "ExWaitForRundownProtectionReleaseCacheAware", ON(DDI_DELETE)},
    {0}};
