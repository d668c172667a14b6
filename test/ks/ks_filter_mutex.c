// RUN: %ddi %s --no-mingw 'its ks.h is another'
#include <ks.h>

VOID ok_pair(PKSFILTER filter) {
  KsFilterAcquireControl(filter);
  KsFilterReleaseControl(filter);
}

VOID ok_filter_under_device(PKSDEVICE device, PKSFILTER filter) {
  KsAcquireDevice(device);
  KsFilterAcquireControl(filter);
  KsFilterReleaseControl(filter);
  KsReleaseDevice(device);
}

// Perhaps pins of two filters.
VOID ok_two_pins(PKSPIN first, PKSPIN second) {
  KsPinAcquireControl(first);
  KsPinAcquireControl(second);
  KsPinReleaseControl(second);
  KsPinReleaseControl(first);
}

VOID bad_twice(PKSFILTER filter) {
  KsFilterAcquireControl(filter);
  KsFilterAcquireControl(filter); // expected-warning {{'KsFilterAcquireControl' on 'filter', which this path holds: deadlock [ddi.ks.KsFilterMutex]}}
  KsFilterReleaseControl(filter);
}

VOID bad_twice_by_the_plain_routine(PKSPIN pin) {
  KsPinAcquireControl(pin);
  KsAcquireControl(pin); // expected-warning {{'KsAcquireControl' on 'pin', which this path holds}}
  KsPinReleaseControl(pin);
}

VOID bad_released_twice(PKSPIN pin) {
  KsPinAcquireControl(pin);
  KsPinReleaseControl(pin);
  KsPinReleaseControl(pin); // expected-warning {{'KsPinReleaseControl' releases 'pin', which this path does not hold [ddi.ks.KsFilterMutex]}}
}
