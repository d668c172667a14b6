// RUN: %ddi %s --rules wdm.IrqlExApcLte2
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  BOOLEAN Busy;
  LARGE_INTEGER Cookie;
} EXTENSION, *PEXTENSION;

DRIVER_DISPATCH ok_unregister;
NTSTATUS ok_unregister(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Busy = TRUE;
  KeReleaseSpinLock(&ext->Lock, irql);
  CmUnRegisterCallback(ext->Cookie);
  return STATUS_SUCCESS;
}

VOID ok_unregister_if_low(PEXTENSION ext) {
  if (KeGetCurrentIrql() > APC_LEVEL)
    return;
  CmUnRegisterCallback(ext->Cookie);
}

VOID ok_unregister_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  CmUnRegisterCallback(ext->Cookie);
  ExReleaseFastMutex(&ext->Mutex);
}

// Its own page allows DISPATCH_LEVEL.
VOID ok_quota_under_spin_lock(PEXTENSION ext, PVOID *block) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  *block = ExAllocatePoolWithQuotaTag(NonPagedPool, 16, 'abcd');
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_unregister_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  CmUnRegisterCallback(ext->Cookie); // expected-warning {{'CmUnRegisterCallback' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 44; it may be called at APC_LEVEL at most, by its page [ddi.wdm.IrqlExApcLte2]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_probe_in_lock(PEXTENSION ext, PVOID user) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  __try {
    ProbeForRead(user, 16, 1); // expected-warning {{'ProbeForRead' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock'}}
  } __except (EXCEPTION_EXECUTE_HANDLER) {
  }
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_quota_paged_under_spin_lock(PEXTENSION ext, PVOID *block) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  *block = ExAllocatePoolWithQuotaTag(PagedPool, 16, 'abcd'); // expected-warning {{it may be called at APC_LEVEL at most, for paged pool}}
  KeReleaseSpinLock(&ext->Lock, irql);
}
