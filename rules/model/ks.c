/*
 * The mutexes of AVStream, in whose regions normal kernel APCs are off: a driver sees
 * that of the device mutex's page alone.  A pin has the control mutex of its filter,
 * which no path shows: two pointers are two mutexes here.
 */
#include "ddi_rule.h"

#define ACQUIRES(routine, which, ...)                                          \
  {.name = routine,                                                            \
   .effects = {__VA_ARGS__ {DDI_ACQUIRE, which, DDI_EXCLUSIVE, DDI_ARG1}},     \
   .family = DDI_KS}
#define RELEASES(routine, which, ...)                                          \
  {.name = routine,                                                            \
   .effects = {{DDI_RELEASE, which, DDI_EXCLUSIVE, DDI_ARG1}, __VA_ARGS__},    \
   .family = DDI_KS}

const struct ddi_routine ddi_model_ks[] = {
    ACQUIRES("KsAcquireDevice", DDI_DEVICE_MUTEX, {.op = DDI_ENTER_CRITICAL}, ),
    RELEASES("KsReleaseDevice", DDI_DEVICE_MUTEX, {.op = DDI_LEAVE_CRITICAL}),
    ACQUIRES("KsAcquireControl", DDI_FILTER_MUTEX, ),
    ACQUIRES("KsFilterAcquireControl", DDI_FILTER_MUTEX, ),
    ACQUIRES("KsPinAcquireControl", DDI_FILTER_MUTEX, ),
    RELEASES("KsReleaseControl", DDI_FILTER_MUTEX, ),
    RELEASES("KsFilterReleaseControl", DDI_FILTER_MUTEX, ),
    RELEASES("KsPinReleaseControl", DDI_FILTER_MUTEX, ),
    ACQUIRES("KsFilterAcquireProcessingMutex", DDI_PROCESSING_MUTEX, ),
    ACQUIRES("KsPinAcquireProcessingMutex", DDI_PROCESSING_MUTEX, ),
    RELEASES("KsFilterReleaseProcessingMutex", DDI_PROCESSING_MUTEX, ),
    RELEASES("KsPinReleaseProcessingMutex", DDI_PROCESSING_MUTEX, ),
    {0}};
