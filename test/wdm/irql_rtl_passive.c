// RUN: %ddi %s --rules wdm.IrqlRtlPassive
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PCWSTR Path;
  PCWSTR Value;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_delete;
NTSTATUS ok_delete(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value);
  return STATUS_SUCCESS;
}

VOID ok_delete_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value);
}

VOID ok_delete_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value);
}

VOID bad_delete_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value); // expected-warning {{'RtlDeleteRegistryValue' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 38; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlRtlPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_delete_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value); // expected-warning {{'RtlDeleteRegistryValue' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_delete_in_a_dpc;
VOID bad_delete_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  RtlDeleteRegistryValue(RTL_REGISTRY_ABSOLUTE, ext->Path, ext->Value); // expected-warning {{'RtlDeleteRegistryValue' is called at DISPATCH_LEVEL, at which the system enters 'bad_delete_in_a_dpc' as KDEFERRED_ROUTINE}}
}
