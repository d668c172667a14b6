// RUN: %ddi %s --rules wdm.IrqlIoPassive1
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  UNICODE_STRING Link;
  PDRIVER_OBJECT Driver;
  PDEVICE_OBJECT Device;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_enable;
NTSTATUS ok_enable(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  IoSetDeviceInterfaceState(&ext->Link, TRUE);
  return STATUS_SUCCESS;
}

VOID ok_enable_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  IoSetDeviceInterfaceState(&ext->Link, TRUE);
}

VOID ok_create_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  IoCreateDevice(ext->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ext->Device);
}

// Its page allows APC_LEVEL.
VOID ok_create_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoCreateDevice(ext->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ext->Device);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_enable_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoSetDeviceInterfaceState(&ext->Link, TRUE); // expected-warning {{'IoSetDeviceInterfaceState' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 46; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlIoPassive1]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_enable_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  IoSetDeviceInterfaceState(&ext->Link, TRUE); // expected-warning {{'IoSetDeviceInterfaceState' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_create_in_a_dpc;
VOID bad_create_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  IoCreateDevice(ext->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ext->Device); // expected-warning {{'IoCreateDevice' is called at DISPATCH_LEVEL, at which the system enters 'bad_create_in_a_dpc' as KDEFERRED_ROUTINE}}
}
