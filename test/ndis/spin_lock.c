// RUN: %ddi %s --no-mingw 'its ndis.h has functions'
// RUN: %ddi %s --no-mingw 'its ndis.h has functions' -DNDIS_FUNCTIONS
#include <ndisddi.h>
#include <ndis.h>

MINIPORT_INTERRUPT_DPC ok_released_on_all_paths;
VOID ok_released_on_all_paths(NDIS_HANDLE context, PVOID dpc, PVOID one, PVOID two) {
  PADAPTER adapter = context;
  NdisDprAcquireSpinLock(&adapter->Lock);
  if (adapter->Lists) {
    NdisDprReleaseSpinLock(&adapter->Lock);
    return;
  }
  NdisDprReleaseSpinLock(&adapter->Lock);
}

MINIPORT_SEND_NET_BUFFER_LISTS ok_pair;
VOID ok_pair(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port,
             ULONG flags) {
  PADAPTER adapter = context;
  NdisAcquireSpinLock(&adapter->Lock);
  NdisReleaseSpinLock(&adapter->Lock);
}

// A driver's own macro around them says nothing else.
#define LOCK(adapter) NdisAcquireSpinLock(&(adapter)->Lock)
VOID ok_by_a_macro(PADAPTER adapter) {
  LOCK(adapter);
  NdisReleaseSpinLock(&adapter->Lock);
}

// Readers may come back.
MINIPORT_SEND_NET_BUFFER_LISTS ok_reader_twice;
VOID ok_reader_twice(NDIS_HANDLE context, PNET_BUFFER_LIST lists,
                     NDIS_PORT_NUMBER port, ULONG flags) {
  PADAPTER adapter = context;
  LOCK_STATE_EX first, second;
  NdisAcquireRWLockRead(adapter->Table, &first, 0);
  NdisAcquireRWLockRead(adapter->Table, &second, 0);
  NdisReleaseRWLock(adapter->Table, &second);
  NdisReleaseRWLock(adapter->Table, &first);
}

VOID bad_twice(PADAPTER adapter) {
  NdisDprAcquireSpinLock(&adapter->Lock);
  NdisAcquireSpinLock(&adapter->Lock); // expected-warning {{which this path holds: deadlock [ddi.ndis.SpinLock]}}
  NdisReleaseSpinLock(&adapter->Lock);
}

VOID bad_twice_at_dpc_level(PADAPTER adapter) {
  NdisAcquireSpinLock(&adapter->Lock);
  NdisDprAcquireSpinLock(&adapter->Lock); // expected-warning {{which this path holds: deadlock [ddi.ndis.SpinLock]}}
  NdisReleaseSpinLock(&adapter->Lock);
}

MINIPORT_INTERRUPT_DPC bad_held_at_the_end;
VOID bad_held_at_the_end(NDIS_HANDLE context, PVOID dpc, PVOID one, PVOID two) {
  PADAPTER adapter = context;
  NdisDprAcquireSpinLock(&adapter->Lock);
  if (adapter->Lists)
    return; // expected-warning {{still held [ddi.ndis.SpinLock]}}
  NdisDprReleaseSpinLock(&adapter->Lock);
}

VOID bad_writer_after_reader(PADAPTER adapter) {
  LOCK_STATE_EX first, second;
  NdisAcquireRWLockRead(adapter->Table, &first, 0);
  NdisAcquireRWLockWrite(adapter->Table, &second, 0); // expected-warning {{'NdisAcquireRWLockWrite' on 'adapter->Table', which this path holds shared: deadlock [ddi.ndis.SpinLock]}}
  NdisReleaseRWLock(adapter->Table, &first);
}

VOID ok_writer_comes_back(PADAPTER adapter) {
  LOCK_STATE_EX first, second;
  NdisAcquireRWLockWrite(adapter->Table, &first, 0);
  NdisAcquireRWLockWrite(adapter->Table, &second, 0);
  NdisReleaseRWLock(adapter->Table, &second);
  NdisReleaseRWLock(adapter->Table, &first);
}

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PADAPTER adapter) {
  LOCK_STATE_EX state;
  NdisAcquireRWLockRead(adapter->Table, &state, 0);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'adapter->Table' held, which is released on other paths with the same result [ddi.ndis.SpinLock]}}
  NdisReleaseRWLock(adapter->Table, &state);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PADAPTER adapter);
HELPER *const Helper = bad_held_on_one_of_two_ways;

MINIPORT_INTERRUPT_DPC bad_table_held_at_the_end;
VOID bad_table_held_at_the_end(NDIS_HANDLE context, PVOID dpc, PVOID one, PVOID two) {
  PADAPTER adapter = context;
  LOCK_STATE_EX state;
  NdisAcquireRWLockWrite(adapter->Table, &state, 1);
  return; // expected-warning {{Returns with 'adapter->Table' still held [ddi.ndis.SpinLock]}}
}
