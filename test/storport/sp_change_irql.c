// In a miniport the name is Storport's.
// RUN: %ddi %s --rules storport.SpChangeIrql,wdm.IrqlReturn
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

KSTART_ROUTINE ok_pair;
VOID ok_pair(PVOID context) {
  PEXTENSION ext = context;
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeReleaseSpinLock(&ext->A, old);
}

KSTART_ROUTINE bad_early_return;
VOID bad_early_return(PVOID context) {
  PEXTENSION ext = context;
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (ext->Removed)
    return; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 29: the level at entry was not restored [ddi.storport.SpChangeIrql]}}
  KeLowerIrql(old);
}

KDEFERRED_ROUTINE bad_dpc_lowers;
VOID bad_dpc_lowers(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeLowerIrql(PASSIVE_LEVEL);
  return; // expected-warning {{Returns below the level at entry: the IRQL is PASSIVE_LEVEL, set by 'KeLowerIrql' on line 37 [ddi.storport.SpChangeIrql]}}
}

BOOLEAN Decide(VOID);
static BOOLEAN bad_keeps_on_one_path(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (Decide())
    return FALSE; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 44: on other paths with the same result the level at entry is restored [ddi.storport.SpChangeIrql]}}
  KeLowerIrql(old);
  return FALSE;
}
BOOLEAN (*const Helper)(PEXTENSION) = bad_keeps_on_one_path;
