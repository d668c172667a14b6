// RUN: %ddi %s --rules wdm.IrqlApcLte
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PVOID Object;
  PSECURITY_DESCRIPTOR Descriptor;
  BOOLEAN Allocated;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_get;
NTSTATUS ok_get(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ObGetObjectSecurity(ext->Object, &ext->Descriptor, &ext->Allocated);
  return STATUS_SUCCESS;
}

VOID ok_get_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  ObGetObjectSecurity(ext->Object, &ext->Descriptor, &ext->Allocated);
}

VOID ok_get_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ObGetObjectSecurity(ext->Object, &ext->Descriptor, &ext->Allocated);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_release_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ObReleaseObjectSecurity(ext->Descriptor, ext->Allocated);
}

VOID bad_get_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ObGetObjectSecurity(ext->Object, &ext->Descriptor, &ext->Allocated); // expected-warning {{'ObGetObjectSecurity' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 45; it may be called at APC_LEVEL at most, by its header [ddi.wdm.IrqlApcLte]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_release_in_a_dpc;
VOID bad_release_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ObReleaseObjectSecurity(ext->Descriptor, ext->Allocated); // expected-warning {{'ObReleaseObjectSecurity' is called at DISPATCH_LEVEL, at which the system enters 'bad_release_in_a_dpc' as KDEFERRED_ROUTINE}}
}
