// RUN: %ddi %s --rules wdm.IrqlKeReleaseSpinLock
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  LONG Count;
} EXTENSION, *PEXTENSION;

// --- ok ---

VOID ok_pair(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  ext->Count++;
  KeReleaseSpinLock(&ext->A, old);
}

VOID ok_nested(PEXTENSION ext) {
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->B, second);
  KeReleaseSpinLock(&ext->A, first);
}

// Hand over hand: the level stays until the last is free.
VOID ok_swapped_levels(PEXTENSION ext) {
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->A, second);
  KeReleaseSpinLock(&ext->B, first);
}

VOID ok_inner_lock_at_dpc_level(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->B);
  KeReleaseSpinLock(&ext->A, old);
}

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->B, first);
  KeReleaseSpinLock(&ext->A, second);
}

static VOID release(PEXTENSION ext, KIRQL old) { KeReleaseSpinLock(&ext->A, old); }

VOID ok_through_helper(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  release(ext, old);
}

// --- bad ---

VOID bad_levels_mixed_up(PEXTENSION ext) {
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->B, first); // expected-warning {{'KeReleaseSpinLock' restores the level that another acquire saved, and leaves this one's: the IRQL is DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 66 [ddi.wdm.IrqlKeReleaseSpinLock]}}
  KeReleaseSpinLock(&ext->A, second);
}

VOID bad_one_variable_for_both(PEXTENSION ext) {
  KIRQL old, copy;
  KeAcquireSpinLock(&ext->A, &old);
  copy = old;
  KeAcquireSpinLock(&ext->B, &old);
  KeReleaseSpinLock(&ext->B, copy); // expected-warning {{'KeReleaseSpinLock' restores the level that another acquire saved}}
  KeReleaseSpinLock(&ext->A, old);
}

VOID bad_saved_twice_in_one_variable(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLock(&ext->B, &old);
  KeReleaseSpinLock(&ext->B, old);
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' restores the level that another acquire saved}}
}

DRIVER_DISPATCH bad_below_dispatch_level;
NTSTATUS bad_below_dispatch_level(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeReleaseSpinLock(&ext->A, PASSIVE_LEVEL); // expected-warning {{'KeReleaseSpinLock' is called at PASSIVE_LEVEL, at which the system enters 'bad_below_dispatch_level' as DRIVER_DISPATCH; it may be called at DISPATCH_LEVEL only, by its page [ddi.wdm.IrqlKeReleaseSpinLock]}}
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_released_twice;
NTSTATUS bad_released_twice(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' is called at PASSIVE_LEVEL, at which the system enters 'bad_released_twice' as DRIVER_DISPATCH}}
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_lost_acquire;
NTSTATUS bad_lost_acquire(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  ext->Count++;
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' is called at PASSIVE_LEVEL}}
  return STATUS_SUCCESS;
}
