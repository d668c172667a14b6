// In old headers the routines are no macros.
// RUN: %ddi %s --no-mingw 'its ndis.h has functions' -DNDIS_FUNCTIONS
#include <ndisddi.h>
#include <ndis.h>

// --- ok ---

VOID ok_once(PADAPTER adapter) {
  NdisAcquireSpinLock(&adapter->Lock);
  NdisReleaseSpinLock(&adapter->Lock);
}

// --- bad ---

VOID bad_twice(PADAPTER adapter) {
  NdisAcquireSpinLock(&adapter->Lock);
  NdisAcquireSpinLock(&adapter->Lock); // expected-warning {{'NdisAcquireSpinLock' on 'adapter->Lock', which this path holds: deadlock [ddi.ndis.SpinLock]}}
  NdisReleaseSpinLock(&adapter->Lock);
}
