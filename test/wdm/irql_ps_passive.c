// RUN: %ddi %s --rules wdm.IrqlPsPassive
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  HANDLE Thread;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_create;
NTSTATUS ok_create(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext);
  return STATUS_SUCCESS;
}

VOID ok_create_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext);
}

VOID ok_create_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext);
}

KSTART_ROUTINE ok_thread_ends;
VOID ok_thread_ends(PVOID context) {
  PEXTENSION ext = context;
  ExAcquireFastMutex(&ext->Mutex);
  ext->Busy = FALSE;
  ExReleaseFastMutex(&ext->Mutex);
  PsTerminateSystemThread(STATUS_SUCCESS);
}

VOID bad_create_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext); // expected-warning {{'PsCreateSystemThread' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 46; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlPsPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_create_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext); // expected-warning {{'PsCreateSystemThread' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_create_in_a_dpc;
VOID bad_create_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  PsCreateSystemThread(&ext->Thread, 0, NULL, NULL, NULL, NULL, ext); // expected-warning {{'PsCreateSystemThread' is called at DISPATCH_LEVEL, at which the system enters 'bad_create_in_a_dpc' as KDEFERRED_ROUTINE}}
}

KSTART_ROUTINE bad_thread_ends_under_fast_mutex;
VOID bad_thread_ends_under_fast_mutex(PVOID context) {
  PEXTENSION ext = context;
  ExAcquireFastMutex(&ext->Mutex);
  PsTerminateSystemThread(STATUS_SUCCESS); // expected-warning {{'PsTerminateSystemThread' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
}
