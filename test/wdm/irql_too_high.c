// Routines with a bound that no IRQL rule lists.
// RUN: %ddi %s --rules wdm.IrqlTooHigh
#include <ntifs.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  EX_PUSH_LOCK PushLock;
  HANDLE File;
  IO_STATUS_BLOCK Status;
  UCHAR Buffer[16];
} EXTENSION, *PEXTENSION;

#define READ(ext)                                                              \
  ZwReadFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL)

// --- ok ---

VOID ok_passive(PEXTENSION ext) { READ(ext); }

VOID ok_after_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  KeReleaseSpinLock(&ext->Lock, irql);
  READ(ext);
}

VOID ok_complete_under_spin_lock(PEXTENSION ext, PIRP irp) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  IoCompleteRequest(irp, IO_NO_INCREMENT);
  KeReleaseSpinLock(&ext->Lock, irql);
}

// A rule of its own lists it.
VOID ok_listed_elsewhere(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ZwClose(ext->File);
  KeReleaseSpinLock(&ext->Lock, irql);
}

// The level that the caller may have is not known.
IO_COMPLETION_ROUTINE ok_completion;
NTSTATUS ok_completion(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  READ(((PEXTENSION)context));
  return STATUS_SUCCESS;
}

// --- bad ---

VOID bad_read_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ZwReadFile(ext->File, NULL, NULL, NULL, &ext->Status, ext->Buffer, 16, NULL, NULL); // expected-warning {{'ZwReadFile' is called at APC_LEVEL, set by 'ExAcquireFastMutex' on line 53; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlTooHigh]}}
  ExReleaseFastMutex(&ext->Mutex);
}

VOID bad_push_lock_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExAcquirePushLockExclusive(&ext->PushLock); // expected-warning {{'ExAcquirePushLockExclusive' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 60; it may be called at APC_LEVEL at most, by its header}}
  ExReleasePushLockExclusive(&ext->PushLock);
  KeReleaseSpinLock(&ext->Lock, irql);
}

KSERVICE_ROUTINE bad_complete_in_an_isr;
BOOLEAN bad_complete_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PIRP irp = context;
  IoCompleteRequest(irp, IO_NO_INCREMENT); // expected-warning {{'IoCompleteRequest' is called at DIRQL, at which the system enters 'bad_complete_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most}}
  return TRUE;
}
