/*
 * A few routines of NDIS for the tests; see wdm.h, also for why it is a system
 * header.  Handles and structures are pointers here.
 */
#pragma clang system_header
#ifndef DDI_TEST_NDISDDI_H
#define DDI_TEST_NDISDDI_H

#include "wdm.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef PVOID NDIS_HANDLE;
typedef int NDIS_STATUS;
typedef struct _NET_BUFFER_LIST *PNET_BUFFER_LIST;
typedef struct _NDIS_OID_REQUEST *PNDIS_OID_REQUEST;
typedef struct _NDIS_SPIN_LOCK {
  KSPIN_LOCK SpinLock;
  KIRQL OldIrql;
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;
typedef KMUTEX NDIS_MUTEX, *PNDIS_MUTEX;

/* Old headers have functions. */
#ifdef NDIS_FUNCTIONS
VOID NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
#else
#define NdisAcquireSpinLock(lock)                                              \
  KeAcquireSpinLock(&(lock)->SpinLock, &(lock)->OldIrql)
#define NdisReleaseSpinLock(lock)                                              \
  KeReleaseSpinLock(&(lock)->SpinLock, (lock)->OldIrql)
#define NdisDprAcquireSpinLock(lock)                                           \
  { KeAcquireSpinLockAtDpcLevel(&(lock)->SpinLock); }
#define NdisDprReleaseSpinLock(lock) KeReleaseSpinLockFromDpcLevel(&(lock)->SpinLock)
#endif
typedef struct _NDIS_RW_LOCK_EX *PNDIS_RW_LOCK_EX;
typedef struct _LOCK_STATE_EX {
  KIRQL OldIrql;
  UCHAR LockState, Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;
VOID NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
VOID NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
VOID NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState);
#define NDIS_WAIT_FOR_MUTEX(m)                                                 \
  KeWaitForSingleObject(m, Executive, KernelMode, FALSE, NULL)
#define NDIS_RELEASE_MUTEX(m) KeReleaseMutex(m, FALSE)
#define NDIS_RAISE_IRQL_TO_DISPATCH(OldIrql) KeRaiseIrql(DISPATCH_LEVEL, OldIrql)
#define NDIS_LOWER_IRQL(OldIrql, CurrentIrql) KeLowerIrql(OldIrql)

NDIS_STATUS NdisCmActivateVc(NDIS_HANDLE NdisVcHandle, PVOID CallParameters);
VOID NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags);
NDIS_STATUS NdisFNetPnPEvent(NDIS_HANDLE NdisFilterHandle, PVOID NetPnPEvent);
VOID NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle);
NDIS_STATUS NdisMAllocateNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle,
                                         PVOID NetBuffer, PVOID Context,
                                         ULONG Flags, PVOID ScatterGatherListBuffer,
                                         ULONG ScatterGatherListBufferSize);
NDIS_STATUS NdisIMDeInitializeDeviceInstance(NDIS_HANDLE NdisMiniportHandle);
VOID NdisIfDeregisterInterface(ULONG InterfaceIndex);
VOID NdisMDeregisterInterruptEx(NDIS_HANDLE NdisInterruptHandle);
NDIS_STATUS NdisMCmDeleteVc(NDIS_HANDLE NdisVcHandle);
VOID NdisMCoOidRequestComplete(NDIS_HANDLE NdisAdapterHandle, NDIS_HANDLE NdisMiniportVcHandle,
                               PNDIS_OID_REQUEST Request, NDIS_STATUS Status);
VOID NdisMSleep(ULONG MicrosecondsToSleep);
VOID NdisCloseConfiguration(NDIS_HANDLE ConfigurationHandle);
VOID NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList);
VOID NdisMOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest,
                             NDIS_STATUS Status);
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle);
VOID NdisMSendNetBufferListsComplete(NDIS_HANDLE MiniportAdapterHandle,
                                     PNET_BUFFER_LIST NetBufferLists,
                                     ULONG SendCompleteFlags);
VOID NdisMIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle, PVOID StatusIndication);
BOOLEAN NdisSetTimerObject(NDIS_HANDLE TimerObject, LARGE_INTEGER DueTime,
                           LONG MillisecondsPeriod, PVOID FunctionContext);

/* What an adapter of the fixtures has. */
typedef struct _ADAPTER {
  NDIS_SPIN_LOCK Lock;
  NDIS_MUTEX Mutex;
  PNDIS_RW_LOCK_EX Table;
  NDIS_HANDLE Handle, Vc, Dma, Interrupt, Configuration, Timer;
  PNET_BUFFER_LIST Lists;
  PNDIS_OID_REQUEST Request;
  PVOID Event;
  LARGE_INTEGER Due;
  ULONG Index;
} ADAPTER, *PADAPTER;

#ifdef __cplusplus
}
#endif
#endif
