// RUN: %ddi %s --rules wdm.IrqlZwPassive
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  HANDLE Key;
  OBJECT_ATTRIBUTES Attributes;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_close;
NTSTATUS ok_close(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  ZwClose(ext->Key);
  return STATUS_SUCCESS;
}

VOID ok_close_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() != PASSIVE_LEVEL)
    return;
  ZwClose(ext->Key);
}

VOID ok_open_after_lowering(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  ext->Busy = TRUE;
  KeLowerIrql(irql);
  ZwOpenKey(&ext->Key, KEY_READ, &ext->Attributes);
}

IO_COMPLETION_ROUTINE ok_close_at_who_knows_what;
NTSTATUS ok_close_at_who_knows_what(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  PEXTENSION ext = context;
  ZwClose(ext->Key);
  return STATUS_SUCCESS;
}

static VOID close_key(PEXTENSION ext) {
  ZwClose(ext->Key); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL, set by 'KeRaiseIrqlToDpcLevel'}}
}

VOID ok_close_in_helper(PEXTENSION ext) { close_key(ext); }

VOID bad_close_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ZwClose(ext->Key); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 51; it may be called at PASSIVE_LEVEL only, by its page [ddi.wdm.IrqlZwPassive]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_close_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ZwClose(ext->Key); // expected-warning {{'ZwClose' is called at APC_LEVEL, set by 'ExAcquireFastMutex'}}
  ExReleaseFastMutex(&ext->Mutex);
}

KDEFERRED_ROUTINE bad_open_in_a_dpc;
VOID bad_open_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ZwOpenKey(&ext->Key, KEY_READ, &ext->Attributes); // expected-warning {{'ZwOpenKey' is called at DISPATCH_LEVEL, at which the system enters 'bad_open_in_a_dpc' as KDEFERRED_ROUTINE}}
}

VOID bad_close_in_helper(PEXTENSION ext) {
  KIRQL irql = KeRaiseIrqlToDpcLevel();
  close_key(ext);
  KeLowerIrql(irql);
}

// Told once.
VOID bad_close_twice(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ZwClose(ext->Key); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL}}
  ZwClose(ext->Key);
  KeReleaseSpinLock(&ext->Lock, irql);
}

// What the level is was asked, and is too high.
VOID bad_close_where_asked(PEXTENSION ext) {
  if (KeGetCurrentIrql() >= DISPATCH_LEVEL)
    ZwClose(ext->Key); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL or above, as 'KeGetCurrentIrql' tells}}
}
