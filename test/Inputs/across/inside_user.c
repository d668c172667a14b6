#include <ntifs.h>

typedef struct _LOCKS {
  ERESOURCE Resource;
} LOCKS, *PLOCKS;

VOID Inside(PLOCKS locks);

DRIVER_DISPATCH BadGivesBack;
NTSTATUS BadGivesBack(PDEVICE_OBJECT device, PIRP irp) {
  Inside(device->DeviceExtension);
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
