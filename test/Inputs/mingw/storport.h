#pragma clang system_header
#include "wdm.h"
/* Both srb.h and storport.h define this structure. */
#include <srb.h>
#define _SCSI_WMI_REQUEST_BLOCK _SCSI_WMI_REQUEST_BLOCK_OF_STORPORT
#define SCSI_WMI_REQUEST_BLOCK SCSI_WMI_REQUEST_BLOCK_OF_STORPORT
#define PSCSI_WMI_REQUEST_BLOCK PSCSI_WMI_REQUEST_BLOCK_OF_STORPORT
#include_next <storport.h>
#undef _SCSI_WMI_REQUEST_BLOCK
#undef SCSI_WMI_REQUEST_BLOCK
#undef PSCSI_WMI_REQUEST_BLOCK

/* Named as function types in Microsoft's header. */
typedef BOOLEAN NTAPI HW_INITIALIZE(PVOID DeviceExtension);
typedef BOOLEAN NTAPI HW_STARTIO(PVOID DeviceExtension, PSCSI_REQUEST_BLOCK Srb);

typedef enum _STOR_SPINLOCK { DpcLock = 1, StartIoLock, InterruptLock } STOR_SPINLOCK;
typedef struct _STOR_LOCK_HANDLE {
  STOR_SPINLOCK Lock;
  PVOID Context[2];
} STOR_LOCK_HANDLE, *PSTOR_LOCK_HANDLE;
ULONG StorPortAllocatePool(PVOID HwDeviceExtension, ULONG NumberOfBytes, ULONG Tag,
                           PVOID *BufferPointer);
ULONG StorPortFreePool(PVOID HwDeviceExtension, PVOID BufferPointer);
static __inline VOID StorPortAcquireSpinLock(PVOID DeviceExtension,
                                             STOR_SPINLOCK SpinLock,
                                             PVOID LockContext,
                                             PSTOR_LOCK_HANDLE LockHandle) {}
static __inline VOID StorPortReleaseSpinLock(PVOID DeviceExtension,
                                             PSTOR_LOCK_HANDLE LockHandle) {}

/* mingw-w64 knows physical miniports only. */
typedef struct _VIRTUAL_HW_INITIALIZATION_DATA {
  ULONG HwInitializationDataSize;
  PHW_INITIALIZE HwInitialize;
  PHW_STARTIO HwStartIo;
  ULONG DeviceExtensionSize;
  PVOID HwCompleteServiceIrp;
} VIRTUAL_HW_INITIALIZATION_DATA, *PVIRTUAL_HW_INITIALIZATION_DATA;
