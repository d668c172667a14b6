#include "unsure.h"

DRIVER_DISPATCH OkMayHold;
NTSTATUS OkMayHold(PDEVICE_OBJECT device, PIRP irp) {
  PFILE_CONTROL File = device->DeviceExtension;
  KeEnterCriticalRegion();
  if (TakeFile(File, irp == NULL))
    ExReleaseResourceLite(File->Header.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
