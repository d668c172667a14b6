#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ULONG Count;
} EXTENSION, *PEXTENSION;

VOID Trace(ULONG level);

static VOID Log(ULONG level) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  Trace(level);
}

/* A helper's log asks, and one of its own. */
DRIVER_DISPATCH LogsAndCloses;
NTSTATUS LogsAndCloses(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL irql = KeGetCurrentIrql();
  if (irql > PASSIVE_LEVEL)
    Trace(irql);
  Log(1);
  return ZwClose(device->DeviceExtension);
}

/* A callback that only a pointer leads to is judged by itself. */
typedef VOID FINISH(PEXTENSION ext);
static FINISH FinishOne, FinishAnother;
static VOID FinishOne(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}
static VOID FinishAnother(PEXTENSION ext) { ext->Count = 0; }

DRIVER_DISPATCH Finishes;
NTSTATUS Finishes(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  FINISH *finish = ext->Count ? FinishOne : FinishAnother;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  finish(ext);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
