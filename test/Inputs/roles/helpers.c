#include "roles.h"

NTSTATUS (*Handlers[2])(PDEVICE_OBJECT, PIRP) = {Refuse, Refuse};

VOID QueueDpc(PKDPC dpc, WORKER *routine) {
  KeInitializeDpc(dpc, routine, NULL);
}

NTSTATUS Refuse(PDEVICE_OBJECT device, PIRP irp) { return STATUS_SUCCESS; }

VOID Sweep(PVOID context) {
  PWORKER_THREAD_ROUTINE again = Sweep;
  again(context);
}
