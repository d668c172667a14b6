// RUN: %ddi %s --rules wdm.IrqlKeDispatchLte
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  KTIMER Timer;
  LARGE_INTEGER Due;
  KEVENT Event;
} EXTENSION, *PEXTENSION;

KDEFERRED_ROUTINE ok_set_timer_in_a_dpc;
VOID ok_set_timer_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeSetTimer(&ext->Timer, ext->Due, NULL);
}

VOID ok_reset_event_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeResetEvent(&ext->Event);
  KeReleaseSpinLock(&ext->Lock, irql);
}

DRIVER_DISPATCH ok_cancel_timer;
NTSTATUS ok_cancel_timer(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeCancelTimer(&ext->Timer);
  return STATUS_SUCCESS;
}

KSERVICE_ROUTINE bad_set_timer_in_an_isr;
BOOLEAN bad_set_timer_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  KeSetTimer(&ext->Timer, ext->Due, NULL); // expected-warning {{'KeSetTimer' is called at DIRQL, at which the system enters 'bad_set_timer_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.wdm.IrqlKeDispatchLte]}}
  return TRUE;
}

VOID bad_reset_event_raised_high(PEXTENSION ext) {
  KIRQL irql;
  KeRaiseIrql(HIGH_LEVEL, &irql);
  KeResetEvent(&ext->Event); // expected-warning {{'KeResetEvent' is called at HIGH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(irql);
}

// Whose name is that of a macro.
KSERVICE_ROUTINE bad_spin_lock_in_an_isr;
BOOLEAN bad_spin_lock_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql); // expected-warning {{'KeAcquireSpinLock' is called at DIRQL}}
  KeReleaseSpinLock(&ext->Lock, irql);
  return TRUE;
}
