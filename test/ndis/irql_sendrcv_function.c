// RUN: %ddi %s --rules ndis.Irql_SendRcv_Function --no-mingw 'its ndis.h is old'
#include <ndisddi.h>

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PADAPTER a = context;
  NdisMSendNetBufferListsComplete(a->Handle, a->Lists, 0);
}

VOID ok_under_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NdisMSendNetBufferListsComplete(a->Handle, a->Lists, 0);
  NdisReleaseSpinLock(&a->Lock);
}

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID context) {
  PADAPTER a = context;
  NdisMSendNetBufferListsComplete(a->Handle, a->Lists, 0); // expected-warning {{'NdisMSendNetBufferListsComplete' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.ndis.Irql_SendRcv_Function]}}
  return TRUE;
}
