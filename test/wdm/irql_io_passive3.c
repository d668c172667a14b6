// RUN: %ddi %s --rules wdm.IrqlIoPassive3
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PDEVICE_OBJECT Lower;
  UNICODE_STRING Link;
  UNICODE_STRING Name;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_detach;
NTSTATUS ok_detach(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoDetachDevice(ext->Lower);
  return STATUS_SUCCESS;
}

VOID ok_detach_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  IoDetachDevice(ext->Lower);
}

VOID ok_link_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  IoCreateSymbolicLink(&ext->Link, &ext->Name);
}

VOID bad_detach_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoDetachDevice(ext->Lower); // expected-warning {{'IoDetachDevice' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 39; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlIoPassive3]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_detach_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoDetachDevice(ext->Lower); // expected-warning {{'IoDetachDevice' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_link_in_a_dpc;
VOID bad_link_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  IoCreateSymbolicLink(&ext->Link, &ext->Name); // expected-warning {{'IoCreateSymbolicLink' is called at DISPATCH_LEVEL, at which the system enters 'bad_link_in_a_dpc' as KDEFERRED_ROUTINE}}
}
