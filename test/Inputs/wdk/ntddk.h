/*
 * A small ntddk.h for the tests; see wdm.h, also for why it is a system header.
 */
#pragma clang system_header
#ifndef DDI_TEST_NTDDK_H
#define DDI_TEST_NTDDK_H

#include "wdm.h"

#ifdef __cplusplus
extern "C" {
#endif


typedef struct _GUID UUID;
NTSTATUS ExUuidCreate(UUID *Uuid);
PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes);
PDEVICE_OBJECT IoGetDeviceToVerify(PETHREAD Thread);
LONG KePulseEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait);

#define ExFreePool(a) ExFreePoolWithTag(a, 0)

/* The old names of the routines of an ERESOURCE. */
#define ExInitializeResource ExInitializeResourceLite
#define ExAcquireResourceShared ExAcquireResourceSharedLite
#define ExAcquireResourceExclusive ExAcquireResourceExclusiveLite
#define ExReleaseResourceForThread ExReleaseResourceForThreadLite
#define ExConvertExclusiveToShared ExConvertExclusiveToSharedLite
#define ExDeleteResource ExDeleteResourceLite
#define ExIsResourceAcquiredExclusive ExIsResourceAcquiredExclusiveLite
#define ExIsResourceAcquiredShared ExIsResourceAcquiredSharedLite
#define ExIsResourceAcquired ExIsResourceAcquiredSharedLite

#ifdef __cplusplus
}
#endif

#endif
