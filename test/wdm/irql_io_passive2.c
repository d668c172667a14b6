// The header of IoCheckShareAccess allows APC_LEVEL.
// RUN: %ddi %s --rules wdm.IrqlIoPassive2
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  SHARE_ACCESS Share;
  PFILE_OBJECT File;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_check;
NTSTATUS ok_check(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoCheckShareAccess(FILE_READ_DATA, 0, ext->File, &ext->Share, TRUE);
  return STATUS_SUCCESS;
}

VOID ok_check_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  IoCheckShareAccess(FILE_READ_DATA, 0, ext->File, &ext->Share, TRUE);
}

VOID ok_check_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoCheckShareAccess(FILE_READ_DATA, 0, ext->File, &ext->Share, TRUE);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_check_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoCheckShareAccess(FILE_READ_DATA, 0, ext->File, &ext->Share, TRUE); // expected-warning {{'IoCheckShareAccess' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 38; it may be called at APC_LEVEL at most, by its header [ddi.wdm.IrqlIoPassive2]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}
