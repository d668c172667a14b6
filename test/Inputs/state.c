#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  KSPIN_LOCK Lock;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH Leaves;

NTSTATUS Leaves(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&e->Resource, TRUE);
  KeAcquireSpinLock(&e->Lock, &old);
  return STATUS_SUCCESS;
}
