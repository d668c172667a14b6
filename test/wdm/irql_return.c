// RUN: %ddi %s --rules wdm.IrqlReturn
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

// --- ok ---

// Of a lock that is kept its own rule tells.
DRIVER_DISPATCH ok_here_lock_kept;
NTSTATUS ok_here_lock_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH ok_released_before_return;
NTSTATUS ok_released_before_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  if (ext->Removed) {
    KeReleaseSpinLock(&ext->Lock, old);
    return STATUS_UNSUCCESSFUL;
  }
  KeReleaseSpinLock(&ext->Lock, old);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH ok_finally;
NTSTATUS ok_finally(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  __try {
    if (ext->Removed)
      return STATUS_UNSUCCESSFUL;
  } __finally {
    KeReleaseSpinLock(&ext->Lock, old);
  }
  return STATUS_SUCCESS;
}

KDEFERRED_ROUTINE ok_dpc;
VOID ok_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->Lock);
  KeReleaseSpinLockFromDpcLevel(&ext->Lock);
}

DRIVER_CANCEL ok_cancel;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  IoReleaseCancelSpinLock(irp->CancelIrql);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
}

// For its caller.
static KIRQL lock(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->Lock, &old);
  return old;
}

VOID ok_helper_raises(PEXTENSION ext) {
  KIRQL old = lock(ext);
  KeReleaseSpinLock(&ext->Lock, old);
}

VOID ok_fast_mutex_tried(PEXTENSION ext) {
  if (!ExTryToAcquireFastMutex(&ext->Mutex))
    return;
  ExReleaseFastMutex(&ext->Mutex);
}

// --- bad ---

DRIVER_DISPATCH bad_early_return;
NTSTATUS bad_early_return(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (ext->Removed)
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 85: the level at entry was not restored [ddi.wdm.IrqlReturn]}}
  KeLowerIrql(old);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_to_apc_level;
NTSTATUS bad_to_apc_level(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  return STATUS_SUCCESS; // expected-warning {{Returns at APC_LEVEL, set by 'KeRaiseIrql'}}
}

// What a completion routine holds at its end is not judged, but its level is.
IO_COMPLETION_ROUTINE bad_completion_raises;
NTSTATUS bad_completion_raises(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  KeRaiseIrqlToDpcLevel();
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrqlToDpcLevel' on line 102: the level at entry was not restored}}
}

KDEFERRED_ROUTINE bad_dpc_lowers;
VOID bad_dpc_lowers(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeLowerIrql(PASSIVE_LEVEL);
  return; // expected-warning {{Returns below the level at entry: the IRQL is PASSIVE_LEVEL, set by 'KeLowerIrql' on line 108 [ddi.wdm.IrqlReturn]}}
}

VOID bad_unwound(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  __try {
    ExRaiseStatus(STATUS_UNSUCCESSFUL);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql'}}
  }
  KeLowerIrql(old);
}
