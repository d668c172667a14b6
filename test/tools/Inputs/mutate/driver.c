/* One place for each kind of mistake, and several that are none. */
#include "driver.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_DISPATCH Count, Once;

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  driver->MajorFunction[IRP_MJ_READ] = Count;
  driver->MajorFunction[IRP_MJ_WRITE] = Once;
  return STATUS_SUCCESS;
}

NTSTATUS Count(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL irql;
  /* KeReleaseSpinLock(&e->Lock, irql); */
#if 0
  KeReleaseSpinLock(&e->Lock, irql);
#else
  KeAcquireSpinLock(&e->Lock, &irql);
#endif
  e->Count++; // { "KeLowerIrql(irql);"
  KeReleaseSpinLock(&e->Lock,
                    irql);
#ifdef NEVER
  KeReleaseSpinLock(&e->Lock, irql);
#endif
  return STATUS_SUCCESS;
}

NTSTATUS Once(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  ExAcquireFastMutex(&e->Mutex);
  Load(e);
  if (e->Count)
    ExReleaseFastMutex(&e->Mutex);
  else {
    KIRQL outer, inner;
    KeRaiseIrql(DISPATCH_LEVEL, &outer);
    KeAcquireSpinLock(&e->Lock, &inner);
    RELEASE(e, inner)
    KeLowerIrql(outer);
    ExReleaseFastMutex(&e->Mutex);
  }
  return STATUS_SUCCESS;
}
