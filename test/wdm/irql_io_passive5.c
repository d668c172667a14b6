// RUN: %ddi %s --rules wdm.IrqlIoPassive5
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  UNICODE_STRING Name;
  PFILE_OBJECT File;
  PDEVICE_OBJECT Device;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_look_up;
NTSTATUS ok_look_up(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoGetDeviceObjectPointer(&ext->Name, FILE_READ_DATA, &ext->File, &ext->Device);
  return STATUS_SUCCESS;
}

VOID ok_look_up_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  IoGetDeviceObjectPointer(&ext->Name, FILE_READ_DATA, &ext->File, &ext->Device);
}

VOID ok_register_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  IoRegisterShutdownNotification(ext->Device);
}

VOID bad_look_up_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoGetDeviceObjectPointer(&ext->Name, FILE_READ_DATA, &ext->File, &ext->Device); // expected-warning {{'IoGetDeviceObjectPointer' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 39; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlIoPassive5]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_look_up_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoGetDeviceObjectPointer(&ext->Name, FILE_READ_DATA, &ext->File, &ext->Device); // expected-warning {{'IoGetDeviceObjectPointer' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_register_in_a_dpc;
VOID bad_register_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  IoRegisterShutdownNotification(ext->Device); // expected-warning {{'IoRegisterShutdownNotification' is called at DISPATCH_LEVEL, at which the system enters 'bad_register_in_a_dpc' as KDEFERRED_ROUTINE}}
}
