// RUN: %ddi %s --rules wdm.IrqlExAllocatePool
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  PVOID Block;
} EXTENSION, *PEXTENSION;

// --- ok ---

DRIVER_DISPATCH ok_paged_before_spin_lock;
NTSTATUS ok_paged_before_spin_lock(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION ext = device->DeviceExtension;
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTag(PagedPool, 16, 'abcd');
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Block = block;
  KeReleaseSpinLock(&ext->Lock, irql);
  return STATUS_SUCCESS;
}

VOID ok_paged_under_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->Mutex);
  ext->Block = ExAllocatePoolWithTag(PagedPool, 16, 'abcd');
  ExReleaseFastMutex(&ext->Mutex);
}

VOID ok_nonpaged_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Block = ExAllocatePoolWithTag(NonPagedPoolNx, 16, 'abcd');
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID ok_unknown_pool_under_spin_lock(PEXTENSION ext, POOL_TYPE pool) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Block = ExAllocatePoolWithTag(pool, 16, 'abcd');
  KeReleaseSpinLock(&ext->Lock, irql);
}

// --- bad ---

VOID bad_paged_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Block = ExAllocatePoolWithTag(PagedPool, 16, 'abcd'); // expected-warning {{'ExAllocatePoolWithTag' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 47; it may be called at APC_LEVEL at most, for paged pool [ddi.wdm.IrqlExAllocatePool]}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

VOID bad_kind_of_pool_in_a_variable(PEXTENSION ext) {
  KIRQL irql;
  POOL_TYPE pool = PagedPoolCacheAligned;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ext->Block = ExAllocatePoolWithTag(pool, 16, 'abcd'); // expected-warning {{'ExAllocatePoolWithTag' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(&ext->Lock, irql);
}

KDEFERRED_ROUTINE bad_priority_in_a_dpc;
VOID bad_priority_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXTENSION ext = context;
  ext->Block = ExAllocatePoolWithTagPriority(PagedPool, 16, 'abcd', LowPoolPriority); // expected-warning {{'ExAllocatePoolWithTagPriority' is called at DISPATCH_LEVEL, at which the system enters 'bad_priority_in_a_dpc' as KDEFERRED_ROUTINE}}
}

KSERVICE_ROUTINE bad_nonpaged_in_an_isr;
BOOLEAN bad_nonpaged_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PEXTENSION ext = context;
  ext->Block = ExAllocatePoolWithTag(NonPagedPoolNx, 16, 'abcd'); // expected-warning {{'ExAllocatePoolWithTag' is called at DIRQL, at which the system enters 'bad_nonpaged_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page}}
  return TRUE;
}
