// RUN: %ddi %s --rules wdm.IrqlKeWaitForMultipleObjects
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  KEVENT Event;
  KMUTEX Owner;
  PVOID Objects[2];
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_passive;
NTSTATUS ok_passive(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
  return STATUS_SUCCESS;
}

VOID ok_under_fast_mutex(PEXTENSION ext) {
  LARGE_INTEGER timeout;
  timeout.QuadPart = -10000;
  ExAcquireFastMutex(&ext->Mutex);
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, &timeout, NULL);
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_zero_timeout_under_spin_lock(PEXTENSION ext) {
  LARGE_INTEGER zero;
  KIRQL irql;
  zero.QuadPart = 0;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, &zero, NULL);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE ok_zero_timeout_in_a_dpc;
VOID ok_zero_timeout_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  LARGE_INTEGER zero = {0};
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, &zero, NULL);
}

VOID ok_unknown_timeout_under_spin_lock(PEXTENSION ext, PLARGE_INTEGER timeout) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  if (timeout)
    KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, timeout, NULL);
  KeReleaseSpinLock(&ext->Lock, irql);
}

// --- bad ---

VOID bad_forever_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL); // expected-warning {{'KeWaitForMultipleObjects' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 57; it may be called at APC_LEVEL at most, with this timeout [ddi.wdm.IrqlKeWaitForMultipleObjects]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_some_time_in_a_dpc;
VOID bad_some_time_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  LARGE_INTEGER timeout;
  timeout.QuadPart = -10000;
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, &timeout, NULL); // expected-warning {{'KeWaitForMultipleObjects' is called at DISPATCH_LEVEL, at which the system enters 'bad_some_time_in_a_dpc' as KDEFERRED_ROUTINE; it may be called at APC_LEVEL at most, with this timeout}}
}

KSERVICE_ROUTINE bad_zero_timeout_in_an_isr;
BOOLEAN bad_zero_timeout_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  LARGE_INTEGER zero = {0};
  KeWaitForMultipleObjects(2, ext->Objects, WaitAny, Executive, KernelMode, FALSE, &zero, NULL); // expected-warning {{'KeWaitForMultipleObjects' is called at DIRQL, at which the system enters 'bad_zero_timeout_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page}}
  return TRUE;
}
