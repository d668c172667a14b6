// RUN: %ddi %s --rules ndis.Irql_IM_Function --no-mingw 'its ndis.h is old'
#include <ndisddi.h>

VOID ok_after_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NdisReleaseSpinLock(&a->Lock);
  NdisIMDeInitializeDeviceInstance(a->Handle);
}

VOID ok_if_passive(PADAPTER a) {
  if (KeGetCurrentIrql() == PASSIVE_LEVEL)
    NdisIMDeInitializeDeviceInstance(a->Handle);
}

VOID bad_under_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NdisIMDeInitializeDeviceInstance(a->Handle); // expected-warning {{'NdisIMDeInitializeDeviceInstance' is called at DISPATCH_LEVEL, set by 'NdisAcquireSpinLock' on line 16; it may be called at PASSIVE_LEVEL only, by its page [ddi.ndis.Irql_IM_Function]}}
  NdisReleaseSpinLock(&a->Lock);
}

KDEFERRED_ROUTINE bad_in_a_dpc;
VOID bad_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PADAPTER a = context;
  NdisIMDeInitializeDeviceInstance(a->Handle); // expected-warning {{'NdisIMDeInitializeDeviceInstance' is called at DISPATCH_LEVEL, at which the system enters 'bad_in_a_dpc' as KDEFERRED_ROUTINE}}
}
