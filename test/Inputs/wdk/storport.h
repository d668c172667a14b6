/*
 * A small storport.h for the tests; see wdm.h, also for why it is a system
 * header.  A miniport that calls the kernel as well includes wdm.h before it.
 */
#pragma clang system_header
#ifndef DDI_TEST_STORPORT_H
#define DDI_TEST_STORPORT_H

#include "wdm.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _SCSI_REQUEST_BLOCK {
  USHORT Length;
  UCHAR Function;
  UCHAR SrbStatus;
  PVOID DataBuffer;
} SCSI_REQUEST_BLOCK, *PSCSI_REQUEST_BLOCK;

typedef BOOLEAN HW_INITIALIZE(PVOID DeviceExtension);
typedef HW_INITIALIZE *PHW_INITIALIZE;
typedef BOOLEAN HW_STARTIO(PVOID DeviceExtension, PSCSI_REQUEST_BLOCK Srb);
typedef HW_STARTIO *PHW_STARTIO;

typedef struct _HW_INITIALIZATION_DATA {
  ULONG HwInitializationDataSize;
  PHW_INITIALIZE HwInitialize;
  PHW_STARTIO HwStartIo;
  ULONG DeviceExtensionSize;
} HW_INITIALIZATION_DATA, *PHW_INITIALIZATION_DATA;

typedef struct _VIRTUAL_HW_INITIALIZATION_DATA {
  ULONG HwInitializationDataSize;
  PHW_INITIALIZE HwInitialize;
  PHW_STARTIO HwStartIo;
  ULONG DeviceExtensionSize;
  PVOID HwCompleteServiceIrp;
} VIRTUAL_HW_INITIALIZATION_DATA, *PVIRTUAL_HW_INITIALIZATION_DATA;

typedef BOOLEAN HW_INTERRUPT(PVOID DeviceExtension);
typedef VOID HW_TIMER(PVOID DeviceExtension);
typedef struct _STOR_DPC {
  PVOID Context[8];
} STOR_DPC, *PSTOR_DPC;
typedef VOID HW_DPC_ROUTINE(PSTOR_DPC Dpc, PVOID DeviceExtension, PVOID One,
                            PVOID Two);

typedef enum _STOR_SPINLOCK {
  DpcLock = 1,
  StartIoLock,
  InterruptLock,
  ThreadedDpcLock,
  DpcLevelLock
} STOR_SPINLOCK;
typedef struct _STOR_LOCK_HANDLE {
  STOR_SPINLOCK Lock;
  PVOID Context[2];
} STOR_LOCK_HANDLE, *PSTOR_LOCK_HANDLE;

ULONG StorPortInitialize(PVOID Argument1, PVOID Argument2,
                         PHW_INITIALIZATION_DATA HwInitializationData,
                         PVOID Unused);
VOID StorPortNotification(int NotificationType, PVOID HwDeviceExtension, ...);
ULONG StorPortAllocatePool(PVOID HwDeviceExtension, ULONG NumberOfBytes, ULONG Tag,
                           PVOID *BufferPointer);
ULONG StorPortFreePool(PVOID HwDeviceExtension, PVOID BufferPointer);
FORCEINLINE VOID StorPortAcquireSpinLock(PVOID DeviceExtension,
                                         STOR_SPINLOCK SpinLock,
                                         PVOID LockContext,
                                         PSTOR_LOCK_HANDLE LockHandle) {
  StorPortNotification(1, DeviceExtension, SpinLock, LockContext, LockHandle);
}
ULONG StorPortExtendedFunction(int FunctionCode, PVOID HwDeviceExtension, ...);
FORCEINLINE ULONG StorPortAcquireSpinLockEx(PVOID HwDeviceExtension,
                                            STOR_SPINLOCK SpinLock,
                                            PVOID LockContext,
                                            PSTOR_LOCK_HANDLE LockHandle) {
  return StorPortExtendedFunction(3, HwDeviceExtension, SpinLock, LockContext,
                                  LockHandle);
}
FORCEINLINE ULONG StorPortAcquireMSISpinLock(PVOID HwDeviceExtension, ULONG MessageId,
                                             PULONG OldIrql) {
  return StorPortExtendedFunction(4, HwDeviceExtension, MessageId, OldIrql);
}
FORCEINLINE ULONG StorPortReleaseMSISpinLock(PVOID HwDeviceExtension, ULONG MessageId,
                                             ULONG OldIrql) {
  return StorPortExtendedFunction(5, HwDeviceExtension, MessageId, OldIrql);
}
FORCEINLINE VOID StorPortReleaseSpinLock(PVOID DeviceExtension,
                                         PSTOR_LOCK_HANDLE LockHandle) {
  StorPortNotification(2, DeviceExtension, LockHandle);
}

#ifdef __cplusplus
}
#endif
#endif
