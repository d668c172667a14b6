// RUN: %ddi %s --rules wdm.IrqlExApcLte1
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  FAST_MUTEX Other;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_acquire;
NTSTATUS ok_acquire(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ExAcquireFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Other);
  return STATUS_SUCCESS;
}

VOID ok_acquire_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  ExAcquireFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Other);
}

VOID ok_acquire_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ExAcquireFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Other);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_try_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  if (ExTryToAcquireFastMutex(&ext->Other))
    ExReleaseFastMutex(&ext->Other);
}

VOID bad_acquire_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExAcquireFastMutex(&ext->Other); // expected-warning {{'ExAcquireFastMutex' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 47; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlExApcLte1]}}
  ExReleaseFastMutex(&ext->Other);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_try_in_a_dpc;
VOID bad_try_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  if (ExTryToAcquireFastMutex(&ext->Other)) // expected-warning {{'ExTryToAcquireFastMutex' is called at DISPATCH_LEVEL, at which the system enters 'bad_try_in_a_dpc' as KDEFERRED_ROUTINE}}
    ExReleaseFastMutex(&ext->Other);
}
