// RUN: %ddi %s --rules storport.SpIrql --no-mingw 'it has another name there'
#include <wdm.h>
#include <storport.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  HW_INITIALIZATION_DATA data = {0};
  return StorPortInitialize(driver, path, (PHW_INITIALIZATION_DATA)&data, NULL);
}

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  ExFreeToNPagedLookasideList(context, one);
}

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  ExFreeToNPagedLookasideList(context, context); // expected-warning {{'ExFreeToNPagedLookasideList' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.storport.SpIrql]}}
  return TRUE;
}
