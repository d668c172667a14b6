// RUN: %ddi %s --rules wdm.IrqlKeSetEvent
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  KEVENT Done, Ready;
  KSEMAPHORE Slots;
  KMUTEX Owner;
} EXTENSION, *PEXTENSION;

// --- ok ---

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, FALSE);
}

VOID ok_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, FALSE);
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID ok_wait_follows(PEXTENSION ext) {
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, NULL);
}

VOID ok_wait_for_several_follows(PEXTENSION ext, PVOID *events) {
  KeReleaseSemaphore(&ext->Slots, IO_NO_INCREMENT, 1, TRUE);
  KeWaitForMultipleObjects(2, events, WaitAny, Executive, KernelMode, FALSE, NULL,
                           NULL);
}

VOID ok_wait_for_mutex_follows(PEXTENSION ext) {
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  KeWaitForMutexObject(&ext->Owner, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Owner, FALSE);
}

// Whether a wait follows is not known.
VOID ok_wait_not_known(PEXTENSION ext, BOOLEAN wait) {
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, wait);
}

// The wait brings the level back.
DRIVER_DISPATCH ok_level_after_the_wait;
NTSTATUS ok_level_after_the_wait(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, NULL);
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, NULL);
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_wait_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE); // expected-warning {{'KeSetEvent' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 64; it may be called at APC_LEVEL at most, as it is to wait [ddi.wdm.IrqlKeSetEvent]}}
  KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, NULL);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, FALSE); // expected-warning {{'KeSetEvent' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page}}
  return TRUE;
}

DRIVER_DISPATCH bad_call_in_between;
NTSTATUS bad_call_in_between(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' comes between a signal with Wait set and the wait that must follow at once; the IRQL is DISPATCH_LEVEL, set by 'KeSetEvent' on line 80 [ddi.wdm.IrqlKeSetEvent]}}
  KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, NULL);
  return STATUS_SUCCESS;
}

DRIVER_DISPATCH bad_no_wait;
NTSTATUS bad_no_wait(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);
  return STATUS_SUCCESS; // expected-warning {{Returns after a signal with Wait set, without the wait that must follow at once; the IRQL is DISPATCH_LEVEL, set by 'KeSetEvent' on line 89 [ddi.wdm.IrqlKeSetEvent]}}
}

DRIVER_DISPATCH bad_mutex_released_with_wait;
NTSTATUS bad_mutex_released_with_wait(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForMutexObject(&ext->Owner, Executive, KernelMode, FALSE, NULL);
  KeReleaseMutex(&ext->Owner, TRUE);
  return STATUS_SUCCESS; // expected-warning {{Returns after a signal with Wait set, without the wait that must follow at once; the IRQL is DISPATCH_LEVEL, set by 'KeReleaseMutex'}}
}
