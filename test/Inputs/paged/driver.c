#include "paged.h"

DRIVER_DISPATCH OkRead;
NTSTATUS OkRead(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  ReadSettings(ext);
  WriteSettings(ext);
  KeAcquireSpinLock(&ext->Lock, &irql);
  CountSettings(ext);
  KeReleaseSpinLock(&ext->Lock, irql);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH BadWrite;
NTSTATUS BadWrite(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ReadSettings(ext);
  KeReleaseSpinLock(&ext->Lock, irql);
  KeAcquireSpinLock(&ext->Lock, &irql);
  WriteSettings(ext);
  KeReleaseSpinLock(&ext->Lock, irql);
  return STATUS_SUCCESS;
}
