#include <ntifs.h>

// So many paths, but what tells them apart is nothing that matters at the end.

typedef struct _FLAGS {
  int F0, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, F16, F17;
} FLAGS, *PFLAGS;

DRIVER_DISPATCH Dispatch;

NTSTATUS Dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PFLAGS p = device->DeviceExtension;
  ULONG n = irp->Flags;
  KeEnterCriticalRegion();
  if (p->F0)
    irp->IoStatus.Information = 1;
  if (p->F1)
    irp->IoStatus.Information = 2;
  if (p->F2)
    irp->IoStatus.Information = 4;
  if (p->F3)
    irp->IoStatus.Information = 8;
  if (p->F4)
    irp->IoStatus.Information = 16;
  if (p->F5)
    irp->IoStatus.Information = 32;
  if (p->F6)
    irp->IoStatus.Information = 64;
  if (p->F7)
    irp->IoStatus.Information = 128;
  if (p->F8)
    irp->IoStatus.Information = 256;
  if (p->F9)
    irp->IoStatus.Information = 512;
  if (p->F10)
    irp->IoStatus.Information = 1024;
  if (p->F11)
    irp->IoStatus.Information = 2048;
  if (p->F12)
    irp->IoStatus.Information = 4096;
  if (p->F13)
    irp->IoStatus.Information = 8192;
  if (p->F14)
    irp->IoStatus.Information = 16384;
  if (p->F15)
    irp->IoStatus.Information = 32768;
  if (p->F16)
    irp->IoStatus.Information = 65536;
  if (p->F17)
    irp->IoStatus.Information = 131072;
  if (n % 3 == 1 && n % 3 == 2)
    return STATUS_UNSUCCESSFUL;
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
