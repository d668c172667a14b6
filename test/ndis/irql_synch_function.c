// RUN: %ddi %s --rules ndis.Irql_Synch_Function --no-mingw 'its ndis.h is old'
#include <ndisddi.h>

VOID ok_mutex(PADAPTER a) {
  NDIS_WAIT_FOR_MUTEX(&a->Mutex);
  NDIS_RELEASE_MUTEX(&a->Mutex);
}

KDEFERRED_ROUTINE ok_dpr_in_a_dpc;
VOID ok_dpr_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PADAPTER a = context;
  NdisDprAcquireSpinLock(&a->Lock);
  NdisDprReleaseSpinLock(&a->Lock);
}

// Whose name is that of a macro.
VOID bad_mutex_under_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NDIS_WAIT_FOR_MUTEX(&a->Mutex); // expected-warning {{'NDIS_WAIT_FOR_MUTEX' is called at DISPATCH_LEVEL, set by 'NdisAcquireSpinLock' on line 18; it may be called at APC_LEVEL at most, with this timeout [ddi.ndis.Irql_Synch_Function]}}
  NdisReleaseSpinLock(&a->Lock);
}

DRIVER_DISPATCH bad_dpr_below_dispatch_level;
NTSTATUS bad_dpr_below_dispatch_level(PDEVICE_OBJECT device, PIRP irp) {
  PADAPTER a = device->DeviceExtension;
  NdisDprAcquireSpinLock(&a->Lock); // expected-warning {{'NdisDprAcquireSpinLock' is called at PASSIVE_LEVEL, at which the system enters 'bad_dpr_below_dispatch_level' as DRIVER_DISPATCH; it may be called at DISPATCH_LEVEL only, by its page [ddi.ndis.Irql_Synch_Function]}}
  NdisDprReleaseSpinLock(&a->Lock);
  return STATUS_SUCCESS;
}
