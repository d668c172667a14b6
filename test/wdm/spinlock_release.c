// RUN: %ddi %s --rules wdm.SpinlockRelease
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  LONG Count;
  BOOLEAN Removed;
  PKINTERRUPT Interrupt;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_pair, ok_kept_by_flag, ok_through_helper, ok_interrupt;
NTSTATUS ok_pair(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

// Whoever calls it holds the lock.
static VOID unlock(PEXTENSION ext, KIRQL old) { KeReleaseSpinLock(&ext->A, old); }

NTSTATUS ok_through_helper(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  unlock(ext, old);
  return STATUS_SUCCESS;
}

NTSTATUS ok_kept_by_flag(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  BOOLEAN held = FALSE;
  KIRQL old = 0;
  if (!irp->Cancel) {
    KeAcquireSpinLock(&ext->A, &old);
    held = TRUE;
  }
  ext->Count++;
  if (held)
    KeReleaseSpinLock(&ext->A, old);
  return STATUS_SUCCESS;
}

// The page of the try has it released so.
KDEFERRED_ROUTINE ok_try;
VOID ok_try(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  if (KeTryToAcquireSpinLockAtDpcLevel(&ext->A))
    KeReleaseSpinLock(&ext->A, DISPATCH_LEVEL);
}

NTSTATUS ok_interrupt(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old = KeAcquireInterruptSpinLock(ext->Interrupt);
  KeReleaseInterruptSpinLock(ext->Interrupt, old);
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_released_twice(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
  KeReleaseSpinLock(&ext->A, old); // expected-warning {{'KeReleaseSpinLock' releases 'ext->A', which this path does not hold [ddi.wdm.SpinlockRelease]}}
}

DRIVER_DISPATCH bad_other_lock;
NTSTATUS bad_other_lock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->B, old); // expected-warning {{'KeReleaseSpinLock' releases 'ext->B', which this path does not hold}}
  return STATUS_SUCCESS;
}

KDEFERRED_ROUTINE bad_failed_try;
VOID bad_failed_try(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  if (!KeTryToAcquireSpinLockAtDpcLevel(&ext->A))
    ext->Count++;
  KeReleaseSpinLockFromDpcLevel(&ext->A); // expected-warning {{'KeReleaseSpinLockFromDpcLevel' releases 'ext->A', which this path does not hold}}
}

DRIVER_DISPATCH bad_interrupt;
NTSTATUS bad_interrupt(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL old = KeAcquireInterruptSpinLock(ext->Interrupt);
  KeReleaseInterruptSpinLock(ext->Interrupt, old);
  KeReleaseInterruptSpinLock(ext->Interrupt, old); // expected-warning {{'KeReleaseInterruptSpinLock' releases 'ext->Interrupt', which this path does not hold}}
  return STATUS_SUCCESS;
}
