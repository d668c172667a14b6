// RUN: %ddi %s --rules wdm.IrqlExFree3
#include <ntddk.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  PVOID Block;
} EXTENSION, *PEXTENSION;

// --- ok ---

VOID ok_at_dispatch_level(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExFreePoolWithTag(ext->Block, 'abcd');
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ExFreePool(ext->Block);
}

// --- bad ---

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  ExFreePoolWithTag(ext->Block, 'abcd'); // expected-warning {{'ExFreePoolWithTag' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.wdm.IrqlExFree3]}}
  return TRUE;
}

VOID bad_raised_high(PEXTENSION ext) {
  KIRQL irql;
  KeRaiseIrql(HIGH_LEVEL, &irql);
  ExFreePool(ext->Block); // expected-warning {{'ExFreePool' is called at HIGH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(irql);
}
