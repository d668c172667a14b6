// RUN: %ddi %s --rules wdm.IrqlExPassive
#include <ntddk.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  UUID Id;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_create_id;
NTSTATUS ok_create_id(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ExUuidCreate(&ext->Id);
  return STATUS_SUCCESS;
}

VOID ok_create_id_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  ExUuidCreate(&ext->Id);
}

// One page of two allows APC_LEVEL.
VOID ok_raise_under_fast_mutex(PEXTENSION ext, NTSTATUS status) {
  ExAcquireFastMutex(&ext->Mutex);
  if (!NT_SUCCESS(status))
    ExRaiseStatus(status);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_create_id_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExUuidCreate(&ext->Id); // expected-warning {{'ExUuidCreate' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 38; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlExPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_create_id_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ExUuidCreate(&ext->Id); // expected-warning {{'ExUuidCreate' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_raise_under_spin_lock(PEXTENSION ext, NTSTATUS status) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  if (!NT_SUCCESS(status))
    ExRaiseStatus(status); // expected-warning {{'ExRaiseStatus' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  KeReleaseSpinLock(&ext->Lock, irql);
}
