// RUN: %ddi %s --rules wdm.IrqlExApcLte3
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_acquire;
NTSTATUS ok_acquire(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  return STATUS_SUCCESS;
}

VOID ok_acquire_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

VOID ok_acquire_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_starve_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ExAcquireSharedStarveExclusive(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

// The header allows DISPATCH_LEVEL.
VOID ok_delete_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExDeleteResourceLite(&ext->Resource);
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_acquire_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 55; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlExApcLte3]}}
  ExReleaseResourceLite(&ext->Resource);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_starve_in_a_dpc;
VOID bad_starve_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ExAcquireSharedStarveExclusive(&ext->Resource, TRUE); // expected-warning {{'ExAcquireSharedStarveExclusive' is called at DISPATCH_LEVEL, at which the system enters 'bad_starve_in_a_dpc' as KDEFERRED_ROUTINE}}
  ExReleaseResourceLite(&ext->Resource);
}
