// The rules of kernel streaming on its callbacks are this one.
// RUN: %ddi %s --rules wdm.IrqlReturn --no-mingw "it lacks ks.h for the kernel"
#include <ks.h>

static KSPIN_LOCK Lock;
static BOOLEAN Stopped;

static NTSTATUS ok_add(PKSDEVICE device) {
  KIRQL old;
  KeAcquireSpinLock(&Lock, &old);
  KeReleaseSpinLock(&Lock, old);
  return STATUS_SUCCESS;
}

static NTSTATUS ok_process(PKSPIN pin) {
  KIRQL old;
  KeAcquireSpinLock(&Lock, &old);
  KeReleaseSpinLock(&Lock, old);
  return STATUS_SUCCESS;
}

static NTSTATUS bad_add(PKSDEVICE device) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (Stopped)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 24: the level at entry was not restored [ddi.wdm.IrqlReturn]}}
  KeLowerIrql(old);
  return STATUS_SUCCESS;
}

static NTSTATUS bad_process_of_filter(PKSFILTER filter, PKSPROCESSPIN_INDEXENTRY index) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

static NTSTATUS bad_process(PKSPIN pin) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL}}
}

const KSDEVICE_DISPATCH Devices[] = {{ok_add}, {bad_add}};
const KSFILTER_DISPATCH Filter = {NULL, NULL, bad_process_of_filter};
const KSPIN_DISPATCH Pins[] = {{ok_process, NULL}, {bad_process, NULL}};
