// RUN: %ddi %s --rules ndis.Irql_Gather_DMA_Function --no-mingw 'its ndis.h is old'
#include <ndisddi.h>

VOID ok_after_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NdisReleaseSpinLock(&a->Lock);
  NdisMDeregisterScatterGatherDma(a->Dma);
}

VOID ok_if_passive(PADAPTER a) {
  if (KeGetCurrentIrql() == PASSIVE_LEVEL)
    NdisMDeregisterScatterGatherDma(a->Dma);
}

KDEFERRED_ROUTINE ok_list_in_a_dpc;
VOID ok_list_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PADAPTER a = context;
  NdisMAllocateNetBufferSGList(a->Dma, one, two, 0, NULL, 0);
}

VOID bad_under_spin_lock(PADAPTER a) {
  NdisAcquireSpinLock(&a->Lock);
  NdisMDeregisterScatterGatherDma(a->Dma); // expected-warning {{'NdisMDeregisterScatterGatherDma' is called at DISPATCH_LEVEL, set by 'NdisAcquireSpinLock' on line 22; it may be called at PASSIVE_LEVEL only, by its page [ddi.ndis.Irql_Gather_DMA_Function]}}
  NdisReleaseSpinLock(&a->Lock);
}

KDEFERRED_ROUTINE bad_in_a_dpc;
VOID bad_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PADAPTER a = context;
  NdisMDeregisterScatterGatherDma(a->Dma); // expected-warning {{'NdisMDeregisterScatterGatherDma' is called at DISPATCH_LEVEL, at which the system enters 'bad_in_a_dpc' as KDEFERRED_ROUTINE}}
}

DRIVER_DISPATCH bad_list_below_dispatch_level;
NTSTATUS bad_list_below_dispatch_level(PDEVICE_OBJECT device, PIRP irp) {
  PADAPTER a = device->DeviceExtension;
  NdisMAllocateNetBufferSGList(a->Dma, irp, a, 0, NULL, 0); // expected-warning {{'NdisMAllocateNetBufferSGList' is called at PASSIVE_LEVEL, at which the system enters 'bad_list_below_dispatch_level' as DRIVER_DISPATCH; it may be called at DISPATCH_LEVEL only}}
  return STATUS_SUCCESS;
}
