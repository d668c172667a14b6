#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ULONG Uses;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH Leaves;

NTSTATUS Leaves(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&e->Resource, TRUE);
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  return STATUS_SUCCESS;
}
