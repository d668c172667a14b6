// RUN: %ddi %s --rules wdm.IrqlIoDispatch
#include <ntddk.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PETHREAD Thread;
  PDEVICE_OBJECT Device;
} EXTENSION, *PEXTENSION;

KDEFERRED_ROUTINE ok_verify_in_a_dpc;
VOID ok_verify_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ext->Device = IoGetDeviceToVerify(ext->Thread);
}

VOID ok_verify_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Device = IoGetDeviceToVerify(ext->Thread);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KSERVICE_ROUTINE bad_verify_in_an_isr;
BOOLEAN bad_verify_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  ext->Device = IoGetDeviceToVerify(ext->Thread); // expected-warning {{'IoGetDeviceToVerify' is called at DIRQL, at which the system enters 'bad_verify_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.wdm.IrqlIoDispatch]}}
  return TRUE;
}

VOID bad_verify_raised_high(PEXTENSION ext) {
  KIRQL irql;
  KeRaiseIrql(HIGH_LEVEL, &irql);
  ext->Device = IoGetDeviceToVerify(ext->Thread); // expected-warning {{'IoGetDeviceToVerify' is called at HIGH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(irql);
}
