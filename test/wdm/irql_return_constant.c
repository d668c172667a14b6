// Levels that are given back as a number, and what lies between a raise and its
// end.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  ULONG Ticks;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_CANCEL ok_cancel;
VOID ok_cancel(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  IoReleaseCancelSpinLock(irp->CancelIrql);
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE ok_dpc_back_by_number;
VOID ok_dpc_back_by_number(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  KeLowerIrql(DISPATCH_LEVEL);
}

// --- bad ---

// The kernel shares its clock at a fixed address: the path goes on behind it.
DRIVER_DISPATCH bad_behind_the_clock;
NTSTATUS bad_behind_the_clock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  ext->Ticks = *(volatile ULONG *)0xFFFFF78000000320;
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 36: the level at entry was not restored}}
}

IO_COMPLETION_ROUTINE bad_released_to_a_number;
NTSTATUS bad_released_to_a_number(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  PEXTENSION ext = context;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeReleaseSpinLock(&ext->Lock, DISPATCH_LEVEL);
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeReleaseSpinLock' on line 46: the level at entry was not restored}}
}

DRIVER_DISPATCH bad_below_dispatch_level;
NTSTATUS bad_below_dispatch_level(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  if (KeGetCurrentIrql() < DISPATCH_LEVEL) {
    KeAcquireSpinLock(&ext->Lock, &irql);
    KeReleaseSpinLock(&ext->Lock, DISPATCH_LEVEL);
  }
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeReleaseSpinLock' on line 56: the level at entry was not restored}}
}

DRIVER_CANCEL bad_cancel;
VOID bad_cancel(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  IoReleaseCancelSpinLock(irp->CancelIrql);
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 66: the level at entry was not restored}}
}
