// RUN: %ddi %s --rules storport.IrqlKeReleaseSpinLock,wdm.IrqlKeReleaseSpinLock
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

VOID ok_nested(PEXTENSION ext) {
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->B, second);
  KeReleaseSpinLock(&ext->A, first);
}

KSTART_ROUTINE bad_levels_mixed_up;
VOID bad_levels_mixed_up(PVOID context) {
  PEXTENSION ext = context;
  KIRQL first, second;
  KeAcquireSpinLock(&ext->A, &first);
  KeAcquireSpinLock(&ext->B, &second);
  KeReleaseSpinLock(&ext->B, first); // expected-warning {{'KeReleaseSpinLock' restores the level that another acquire saved, and leaves this one's: the IRQL is DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 29 [ddi.storport.IrqlKeReleaseSpinLock]}}
  KeReleaseSpinLock(&ext->A, second);
}

KSTART_ROUTINE bad_below_dispatch_level;
VOID bad_below_dispatch_level(PVOID context) {
  PEXTENSION ext = context;
  KeReleaseSpinLock(&ext->A, PASSIVE_LEVEL); // expected-warning {{'KeReleaseSpinLock' is called at PASSIVE_LEVEL, at which the system enters 'bad_below_dispatch_level' as KSTART_ROUTINE; it may be called at DISPATCH_LEVEL only, by its page [ddi.storport.IrqlKeReleaseSpinLock]}}
}
