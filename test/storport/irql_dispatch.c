// RUN: %ddi %s --rules storport.IrqlDispatch,wdm.IrqlDispatch
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

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeAcquireSpinLockAtDpcLevel(&ext->A);
  KeReleaseSpinLockFromDpcLevel(&ext->A);
}

KSTART_ROUTINE bad_in_a_thread;
VOID bad_in_a_thread(PVOID context) {
  PDEVICE_OBJECT device = context;
  IoStartNextPacket(device, TRUE); // expected-warning {{'IoStartNextPacket' is called at PASSIVE_LEVEL, at which the system enters 'bad_in_a_thread' as KSTART_ROUTINE; it may be called at DISPATCH_LEVEL only, by its page [ddi.storport.IrqlDispatch]}}
}
