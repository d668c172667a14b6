// RUN: %ddi %s --rules wdm.IrqlMmDispatch
#include <ntddk.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  PVOID Ring;
} EXTENSION, *PEXTENSION;

KDEFERRED_ROUTINE ok_free_in_a_dpc;
VOID ok_free_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  MmFreeContiguousMemory(ext->Ring);
}

VOID ok_free_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  MmFreeContiguousMemory(ext->Ring);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KSERVICE_ROUTINE bad_free_in_an_isr;
BOOLEAN bad_free_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  MmFreeContiguousMemory(ext->Ring); // expected-warning {{'MmFreeContiguousMemory' is called at DIRQL, at which the system enters 'bad_free_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.wdm.IrqlMmDispatch]}}
  return TRUE;
}

VOID bad_free_raised_high(PEXTENSION ext) {
  KIRQL irql;
  KeRaiseIrql(HIGH_LEVEL, &irql);
  MmFreeContiguousMemory(ext->Ring); // expected-warning {{'MmFreeContiguousMemory' is called at HIGH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(irql);
}
