// RUN: %ddi %s --no-mingw 'its ndis.h has functions'
// RUN: %ddi %s --no-mingw 'its ndis.h has functions' -DNDIS_FUNCTIONS
#include <ndisddi.h>
#include <ndis.h>

MINIPORT_SEND_NET_BUFFER_LISTS ok_pair;
VOID ok_pair(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port,
             ULONG flags) {
  PADAPTER adapter = context;
  NdisAcquireSpinLock(&adapter->Lock);
  NdisReleaseSpinLock(&adapter->Lock);
}

// Who sends may hold it.
MINIPORT_INTERRUPT_DPC ok_pair_at_dpc_level;
VOID ok_pair_at_dpc_level(NDIS_HANDLE context, PVOID dpc, PVOID one, PVOID two) {
  PADAPTER adapter = context;
  NdisDprAcquireSpinLock(&adapter->Lock);
  NdisDprReleaseSpinLock(&adapter->Lock);
}

VOID bad_released_twice(PADAPTER adapter) {
  NdisDprAcquireSpinLock(&adapter->Lock);
  NdisDprReleaseSpinLock(&adapter->Lock);
  NdisDprReleaseSpinLock(&adapter->Lock); // expected-warning {{which this path does not hold [ddi.ndis.SpinLockRelease]}}
}

MINIPORT_INTERRUPT_DPC bad_never_acquired;
VOID bad_never_acquired(NDIS_HANDLE context, PVOID dpc, PVOID one, PVOID two) {
  PADAPTER adapter = context;
  NdisDprReleaseSpinLock(&adapter->Lock); // expected-warning {{which this path does not hold [ddi.ndis.SpinLockRelease]}}
}

VOID bad_form(PADAPTER adapter) {
  NdisDprAcquireSpinLock(&adapter->Lock);
  NdisReleaseSpinLock(&adapter->Lock); // expected-warning {{in a form in which this path did not acquire it [ddi.wdm.LockForms]}}
}

VOID bad_rw_lock_released_twice(PADAPTER adapter) {
  LOCK_STATE_EX state;
  NdisAcquireRWLockRead(adapter->Table, &state, 0);
  NdisReleaseRWLock(adapter->Table, &state);
  NdisReleaseRWLock(adapter->Table, &state); // expected-warning {{'NdisReleaseRWLock' releases 'adapter->Table', which this path does not hold [ddi.ndis.SpinLockRelease]}}
}
