// RUN: %ddi %s --rules kmdf --no-mingw 'it has no wdf.h'
#include <wdfddi.h>

WDFSPINLOCK Lock;
WDFUSBPIPE Pipe;
WDFQUEUE Queue;
BOOLEAN Busy;

EVT_WDF_WORKITEM ok_work_item;
VOID ok_work_item(WDFWORKITEM item) {
  WdfSpinLockAcquire(Lock);
  Busy = TRUE;
  WdfSpinLockRelease(Lock);
  WdfUsbTargetPipeResetSynchronously(Pipe, NULL, NULL);
}

// It may be entered at PASSIVE_LEVEL.
EVT_WDF_IO_QUEUE_IO_READ ok_read;
VOID ok_read(WDFQUEUE queue, WDFREQUEST request, size_t length) {
  WdfUsbTargetPipeResetSynchronously(Pipe, NULL, NULL);
}

EVT_WDF_DPC bad_dpc;
VOID bad_dpc(WDFDPC dpc) {
  WdfUsbTargetPipeResetSynchronously(Pipe, NULL, NULL); // expected-warning {{'WdfUsbTargetPipeResetSynchronously' is called at DISPATCH_LEVEL, at which the system enters 'bad_dpc' as EVT_WDF_DPC; it may be called at PASSIVE_LEVEL only, by its page [ddi.kmdf.UsbKmdfIrql]}}
}

VOID bad_helper_under_spin_lock(VOID) {
  WdfSpinLockAcquire(Lock);
  WdfUsbTargetPipeResetSynchronously(Pipe, NULL, NULL); // expected-warning {{'WdfUsbTargetPipeResetSynchronously' is called at DISPATCH_LEVEL, set by 'WdfSpinLockAcquire' on line 29; it may be called at PASSIVE_LEVEL only, by its page [ddi.kmdf.UsbKmdfIrql]}}
  WdfSpinLockRelease(Lock);
}
