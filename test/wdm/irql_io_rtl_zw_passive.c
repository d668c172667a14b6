// RUN: %ddi %s --rules wdm.IrqlIoRtlZwPassive
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  HANDLE File;
  LARGE_INTEGER End;
  IO_STATUS_BLOCK Status;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_set_size;
NTSTATUS ok_set_size(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation);
  return STATUS_SUCCESS;
}

VOID ok_set_size_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation);
}

VOID ok_set_size_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation);
}

VOID bad_set_size_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation); // expected-warning {{'ZwSetInformationFile' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 39; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlIoRtlZwPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_set_size_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation); // expected-warning {{'ZwSetInformationFile' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_set_size_in_a_dpc;
VOID bad_set_size_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ZwSetInformationFile(ext->File, &ext->Status, &ext->End, sizeof ext->End, FileEndOfFileInformation); // expected-warning {{'ZwSetInformationFile' is called at DISPATCH_LEVEL, at which the system enters 'bad_set_size_in_a_dpc' as KDEFERRED_ROUTINE}}
}
