#include <ntifs.h>

typedef VOID WORKER(PKDPC dpc, PVOID context, PVOID one, PVOID two);

VOID QueueDpc(PKDPC dpc, WORKER *routine);
NTSTATUS Refuse(PDEVICE_OBJECT device, PIRP irp);
KSTART_ROUTINE Sweep;
extern NTSTATUS (*Handlers[2])(PDEVICE_OBJECT, PIRP);
