// A virtual miniport: the rule goes by its Storport name.
// RUN: %ddi %s --rules storport.PagedCode,wdm.PagedCode
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  ULONG State;
} EXTENSION, *PEXTENSION;

HW_INITIALIZE ok_initialize, bad_initialize_paged;
VOID bad_inside(PEXTENSION e);
VOID ReadSettings(PEXTENSION e);
#pragma alloc_text(PAGE, ReadSettings)
#pragma alloc_text(PAGE, bad_inside)
#pragma alloc_text(PAGE, bad_initialize_paged)

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  VIRTUAL_HW_INITIALIZATION_DATA data = {0};
  data.HwInitialize = ok_initialize;
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

VOID ReadSettings(PEXTENSION e) { e->State = 1; }

// --- ok ---

VOID ok_low(PEXTENSION e) {
  ReadSettings(e);
}

BOOLEAN ok_initialize(PVOID device) {
  return TRUE;
}

// --- bad ---

VOID bad_spin_lock(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql);
  ReadSettings(e); // expected-warning {{'ReadSettings', which may be paged out, runs at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 41 [ddi.storport.PagedCode]}}
  KeReleaseSpinLock(&e->Lock, irql);
}

VOID bad_inside(PEXTENSION e) {
  KIRQL irql;
  KeAcquireSpinLock(&e->Lock, &irql); // expected-warning {{Behind 'KeAcquireSpinLock' code that may be paged out goes on at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 48 [ddi.storport.PagedCode]}}
  e->State++;
  KeReleaseSpinLock(&e->Lock, irql);
}

BOOLEAN bad_initialize_paged(PVOID device) { // expected-warning {{'bad_initialize_paged', which may be paged out, runs at DIRQL, at which the system enters 'bad_initialize_paged' as HW_INITIALIZE [ddi.storport.PagedCode]}}
  PEXTENSION e = device;
  e->State++;
  return TRUE;
}
