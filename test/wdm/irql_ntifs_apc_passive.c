// RUN: %ddi %s --rules wdm.IrqlNtifsApcPassive
#include <ntifs.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PFILE_OBJECT File;
  LARGE_INTEGER Offset;
  PVOID Buffer;
  HANDLE Handle;
  IO_STATUS_BLOCK Status;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_copy;
NTSTATUS ok_copy(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  CcCopyWrite(ext->File, &ext->Offset, 16, TRUE, ext->Buffer);
  return STATUS_SUCCESS;
}

VOID ok_copy_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  CcCopyWrite(ext->File, &ext->Offset, 16, TRUE, ext->Buffer);
}

VOID ok_copy_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  CcCopyWrite(ext->File, &ext->Offset, 16, TRUE, ext->Buffer);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_copy_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  CcCopyWrite(ext->File, &ext->Offset, 16, TRUE, ext->Buffer); // expected-warning {{'CcCopyWrite' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 40; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlNtifsApcPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_write_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ZwWriteFile(ext->Handle, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, &ext->Offset, NULL); // expected-warning {{'ZwWriteFile' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}
