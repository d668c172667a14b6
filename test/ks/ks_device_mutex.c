// RUN: %ddi %s --no-mingw 'its ks.h is another'
#include <ks.h>
#include <ntifs.h>

BOOLEAN Failed;
ERESOURCE Resource;

VOID ok_pair(PKSDEVICE device) {
  KsAcquireDevice(device);
  KsReleaseDevice(device);
}

// It has a critical region around it.
DRIVER_DISPATCH ok_resource_under_it;
NTSTATUS ok_resource_under_it(PDEVICE_OBJECT device, PIRP irp) {
  KsAcquireDevice((PKSDEVICE)device);
  ExAcquireResourceSharedLite(&Resource, TRUE);
  ExReleaseResourceLite(&Resource);
  KsReleaseDevice((PKSDEVICE)device);
  return STATUS_SUCCESS;
}

VOID bad_twice(PKSDEVICE device) {
  KsAcquireDevice(device);
  KsAcquireDevice(device); // expected-warning {{'KsAcquireDevice' on 'device', which this path holds: deadlock [ddi.ks.KsDeviceMutex]}}
  KsReleaseDevice(device);
  KsReleaseDevice(device);
}

VOID bad_released_twice(PKSDEVICE device) {
  KsAcquireDevice(device);
  KsReleaseDevice(device);
  KsReleaseDevice(device); // expected-warning {{'KsReleaseDevice' releases 'device', which this path does not hold [ddi.ks.KsDeviceMutex]}} {{[ddi.wdm.CriticalRegions]}}
}

static NTSTATUS bad_held_at_the_end(PKSDEVICE device) {
  KsAcquireDevice(device);
  if (Failed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'device' still held [ddi.ks.KsDeviceMutex]}} {{[ddi.wdm.CriticalRegions]}}
  KsReleaseDevice(device);
  return STATUS_SUCCESS;
}
const KSDEVICE_DISPATCH Dispatch = {.Add = bad_held_at_the_end};

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PKSDEVICE device) {
  KsAcquireDevice(device);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'device' held, which is released on other paths with the same result [ddi.ks.KsDeviceMutex]}} {{[ddi.wdm.CriticalRegions]}}
  KsReleaseDevice(device);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PKSDEVICE device);
HELPER *const Helper = bad_held_on_one_of_two_ways;
