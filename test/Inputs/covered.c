#include <wdm.h>

static BOOLEAN Stopped;

DRIVER_DISPATCH raised, silenced, silenced_later;
NTSTATUS raised(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS;
}

NTSTATUS silenced(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS; // ddi-suppress ks.KsIrqlPinCallbacks: the name of another model
}

[[clang::suppress("ks.KsIrqlPinCallbacks")]] NTSTATUS silenced_later(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS; // ddi-suppress wdm.AddDevice: nobody asks
}
