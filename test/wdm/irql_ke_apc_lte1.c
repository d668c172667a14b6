// RUN: %ddi %s --rules wdm.IrqlKeApcLte1
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  LARGE_INTEGER Interval;
  KGUARDED_MUTEX Guarded;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_delay;
NTSTATUS ok_delay(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  KeDelayExecutionThread(KernelMode, FALSE, &ext->Interval);
  return STATUS_SUCCESS;
}

VOID ok_delay_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  KeDelayExecutionThread(KernelMode, FALSE, &ext->Interval);
}

VOID ok_delay_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  KeDelayExecutionThread(KernelMode, FALSE, &ext->Interval);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_guarded_mutex_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  KeAcquireGuardedMutex(&ext->Guarded);
  KeReleaseGuardedMutex(&ext->Guarded);
}

VOID bad_delay_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeDelayExecutionThread(KernelMode, FALSE, &ext->Interval); // expected-warning {{'KeDelayExecutionThread' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 45; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlKeApcLte1]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_guarded_mutex_in_a_dpc;
VOID bad_guarded_mutex_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireGuardedMutex(&ext->Guarded); // expected-warning {{'KeAcquireGuardedMutex' is called at DISPATCH_LEVEL, at which the system enters 'bad_guarded_mutex_in_a_dpc' as KDEFERRED_ROUTINE}}
  KeReleaseGuardedMutex(&ext->Guarded);
}
