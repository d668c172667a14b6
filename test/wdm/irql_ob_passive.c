// RUN: %ddi %s --rules wdm.IrqlObPassive
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  HANDLE Handle;
  PVOID Object;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_reference;
NTSTATUS ok_reference(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL);
  return STATUS_SUCCESS;
}

VOID ok_reference_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL);
}

VOID ok_reference_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL);
}

VOID bad_reference_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL); // expected-warning {{'ObReferenceObjectByHandle' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 38; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlObPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_reference_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL); // expected-warning {{'ObReferenceObjectByHandle' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_reference_in_a_dpc;
VOID bad_reference_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ObReferenceObjectByHandle(ext->Handle, FILE_READ_DATA, NULL, KernelMode, &ext->Object, NULL); // expected-warning {{'ObReferenceObjectByHandle' is called at DISPATCH_LEVEL, at which the system enters 'bad_reference_in_a_dpc' as KDEFERRED_ROUTINE}}
}
