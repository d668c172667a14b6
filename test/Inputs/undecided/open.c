#include <ntifs.h>

// The solver does not see that the last condition never holds. The analyzer does,
// on each path; but nobody can walk them all.

typedef struct _FLAGS {
  int F0, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, F16, F17;
} FLAGS, *PFLAGS;

DRIVER_DISPATCH Dispatch;

NTSTATUS Dispatch(PDEVICE_OBJECT device, PIRP irp) {
  PFLAGS p = device->DeviceExtension;
  ULONG n = irp->Flags, sum = 0;
  KeEnterCriticalRegion();
  if (p->F0)
    sum += 1;
  if (p->F1)
    sum += 2;
  if (p->F2)
    sum += 4;
  if (p->F3)
    sum += 8;
  if (p->F4)
    sum += 16;
  if (p->F5)
    sum += 32;
  if (p->F6)
    sum += 64;
  if (p->F7)
    sum += 128;
  if (p->F8)
    sum += 256;
  if (p->F9)
    sum += 512;
  if (p->F10)
    sum += 1024;
  if (p->F11)
    sum += 2048;
  if (p->F12)
    sum += 4096;
  if (p->F13)
    sum += 8192;
  if (p->F14)
    sum += 16384;
  if (p->F15)
    sum += 32768;
  if (p->F16)
    sum += 65536;
  if (p->F17)
    sum += 131072;
  if (n % 3 == 1 && n % 3 == 2 && sum == 5)
    return STATUS_UNSUCCESSFUL;
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
