// RUN: %ddi %s --no-mingw 'its ks.h is another'
#include <ks.h>

VOID ok_pair(PKSPIN pin) {
  KsPinAcquireProcessingMutex(pin);
  KsPinReleaseProcessingMutex(pin);
}

VOID ok_processing_under_control(PKSPIN pin) {
  KsPinAcquireControl(pin);
  KsPinAcquireProcessingMutex(pin);
  KsPinReleaseProcessingMutex(pin);
  KsPinReleaseControl(pin);
}

VOID ok_one_after_the_other(PKSFILTER filter) {
  KsFilterAcquireProcessingMutex(filter);
  KsFilterReleaseProcessingMutex(filter);
  KsFilterAcquireControl(filter);
  KsFilterReleaseControl(filter);
}

VOID bad_twice(PKSFILTER filter) {
  KsFilterAcquireProcessingMutex(filter);
  KsFilterAcquireProcessingMutex(filter); // expected-warning {{'KsFilterAcquireProcessingMutex' on 'filter', which this path holds: deadlock [ddi.ks.KsProcessingMutex]}}
  KsFilterReleaseProcessingMutex(filter);
}

VOID bad_released_twice(PKSPIN pin) {
  KsPinAcquireProcessingMutex(pin);
  KsPinReleaseProcessingMutex(pin);
  KsPinReleaseProcessingMutex(pin); // expected-warning {{'KsPinReleaseProcessingMutex' releases 'pin', which this path does not hold [ddi.ks.KsProcessingMutex]}}
}

VOID bad_control_under_processing(PKSPIN pin) {
  KsPinAcquireProcessingMutex(pin);
  KsPinAcquireControl(pin); // expected-warning {{'KsPinAcquireControl' acquires a filter control mutex while the processing mutex of 'pin' is held [ddi.ks.KsProcessingMutex]}}
  KsPinReleaseControl(pin);
  KsPinReleaseProcessingMutex(pin);
}
