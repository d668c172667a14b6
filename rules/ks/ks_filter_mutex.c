/*
 * KsFilterMutex (ks): the control mutex of a filter.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_FREE(DDI_FILTER_MUTEX, DDI_KS, , ),
    LOCK_IS_HELD(DDI_FILTER_MUTEX, DDI_KS, , ),
    {0}};

static const struct ddi_covered covers[] = {
    {"ks.KsFilterMutex",
     "that a filter and its pin have one mutex; who holds it at the end"},
    {0}};

const struct ddi_rule ddi_rule_ks_ks_filter_mutex = {
    .name = "ks.KsFilterMutex",
    .summary = "The control mutex of a filter is not acquired recursively, and "
               "released only by who holds it",
    .text =
        "The filter control mutex keeps a filter and its pins as they are. A "
        "thread that holds it and asks for it again waits for itself. A pin "
        "uses the mutex of its filter.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "ks-ksfiltermutex",
    .bad = "KsFilterAcquireControl(filter);\n"
           "KsFilterAcquireControl(filter); /* deadlock */\n",
    .good = "KsFilterAcquireControl(filter);\n"
            "...\n"
            "KsFilterReleaseControl(filter);\n",
    .obligations = obligations,
    .covers = covers,
};
