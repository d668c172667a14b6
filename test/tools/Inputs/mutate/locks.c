/* Locks in a region. */
#include <ntifs.h>

typedef struct _STATE {
  ERESOURCE Resource;
  EX_PUSH_LOCK PushLock;
  LONG Count;
} STATE, *PSTATE;

DRIVER_DISPATCH Save;
NTSTATUS Save(PDEVICE_OBJECT device, PIRP irp) {
  PSTATE state = device->DeviceExtension;
  KeEnterCriticalRegion();
  (VOID)ExAcquireResourceExclusiveLite(&state->Resource, TRUE);
  state->Count++;
  ExReleaseResourceLite(&state->Resource);
  ExAcquirePushLockExclusive(&state->PushLock);
  state->Count--;
  ExReleasePushLockExclusive(&state->PushLock);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

/* Nobody calls it. */
VOID Dead(PSTATE state) {
  KeEnterCriticalRegion();
  state->Count = 0;
  KeLeaveCriticalRegion();
}

/* What it enters, an earlier routine has entered. */
DRIVER_CANCEL Cancel;
VOID Cancel(PDEVICE_OBJECT device, PIRP irp) { IoReleaseCancelSpinLock(irp->CancelIrql); }
