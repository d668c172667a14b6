/*
 * KsProcessingMutex (ks): not twice, and never before a filter's control mutex.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_PROCESSING_MUTEX, DDI_KS, , ),
    LOCK_IS_HELD(DDI_PROCESSING_MUTEX, DDI_KS, , ),
    {.at = DDI_ACQUIRE,
     .kind = DDI_FILTER_MUTEX,
     .family = DDI_KS,
     .others = DDI_KIND(DDI_PROCESSING_MUTEX),
     .never = DDI_HELD,
     .error = "'%c' acquires a filter control mutex while the processing mutex of "
              "'%o' is held"},
    {0}};

static const struct ddi_covered covers[] = {
    {"ks.KsProcessingMutex",
     "where AVStream holds it for the driver"},
    {0}};

const struct ddi_rule ddi_rule_ks_ks_processing_mutex = {
    .name = "ks.KsProcessingMutex",
    .summary = "A processing mutex is not acquired recursively, released only by who "
               "holds it, and no filter control mutex is acquired under it",
    .text =
        "Filters and pins have a processing mutex of their own. A thread that "
        "asks for one that it holds waits for itself. One that holds it and "
        "asks for the filter control mutex waits for AVStream, which may wait "
        "for the thread.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "ks-ksprocessingmutex",
    .bad = "KsPinAcquireProcessingMutex(pin);\n"
           "KsPinAcquireControl(pin); /* wrong order */\n",
    .good = "KsPinAcquireControl(pin);\n"
            "KsPinAcquireProcessingMutex(pin);\n",
    .obligations = obligations,
    .covers = covers,
};
