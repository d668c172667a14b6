/*
 * A small fltKernel.h for the tests; see wdm.h, also for why it is a system
 * header.
 */
#pragma clang system_header
#ifndef DDI_TEST_FLTKERNEL_H
#define DDI_TEST_FLTKERNEL_H

#include "ntifs.h"

#ifdef __cplusplus
extern "C" {
#endif

VOID FltInitializePushLock(PEX_PUSH_LOCK PushLock);
VOID FltDeletePushLock(PEX_PUSH_LOCK PushLock);
VOID FltAcquirePushLockExclusiveEx(PEX_PUSH_LOCK PushLock, ULONG Flags);
VOID FltAcquirePushLockSharedEx(PEX_PUSH_LOCK PushLock, ULONG Flags);
VOID FltReleasePushLockEx(PEX_PUSH_LOCK PushLock, ULONG Flags);
#ifdef FLT_SKIP_PUSH_LOCK_REDIRECTION
VOID FltAcquirePushLockExclusive(PEX_PUSH_LOCK PushLock);
VOID FltAcquirePushLockShared(PEX_PUSH_LOCK PushLock);
VOID FltReleasePushLock(PEX_PUSH_LOCK PushLock);
#else
#define FltAcquirePushLockExclusive(Lock) FltAcquirePushLockExclusiveEx(Lock, 0)
#define FltAcquirePushLockShared(Lock) FltAcquirePushLockSharedEx(Lock, 0)
#define FltReleasePushLock(Lock) FltReleasePushLockEx(Lock, 0)
#endif

_Acquires_lock_(_Global_critical_region_)
_IRQL_requires_max_(APC_LEVEL)
VOID FltAcquireResourceExclusive(
    _Inout_ _Requires_lock_not_held_(*_Curr_) _Acquires_exclusive_lock_(*_Curr_)
    PERESOURCE Resource);
_Acquires_lock_(_Global_critical_region_)
_IRQL_requires_max_(APC_LEVEL)
VOID FltAcquireResourceShared(
    _Inout_ _Requires_lock_not_held_(*_Curr_) _Acquires_shared_lock_(*_Curr_)
    PERESOURCE Resource);
_Releases_lock_(_Global_critical_region_)
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID FltReleaseResource(
    _Inout_ _Requires_lock_held_(*_Curr_) _Releases_lock_(*_Curr_)
    PERESOURCE Resource);

#ifdef __cplusplus
}
#endif
#endif
