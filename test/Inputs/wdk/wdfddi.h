/*
 * A few routines of KMDF for the tests; see wdm.h, also for why it is a system
 * header.  In the WDK they are inline functions that call through a table.
 */
#pragma clang system_header
#ifndef DDI_TEST_WDFDDI_H
#define DDI_TEST_WDFDDI_H

#include "wdm.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct WDFDEVICE__ *WDFDEVICE;
typedef struct WDFQUEUE__ *WDFQUEUE;
typedef struct WDFREQUEST__ *WDFREQUEST;
typedef struct WDFSPINLOCK__ *WDFSPINLOCK;
typedef struct WDFWAITLOCK__ *WDFWAITLOCK;
typedef struct WDFINTERRUPT__ *WDFINTERRUPT;
typedef struct WDFIOTARGET__ *WDFIOTARGET;
typedef PVOID WDFOBJECT;
typedef struct WDFDPC__ *WDFDPC;
typedef struct WDFWORKITEM__ *WDFWORKITEM;
typedef struct WDFUSBPIPE__ *WDFUSBPIPE;
typedef struct _WDF_REQUEST_SEND_OPTIONS *PWDF_REQUEST_SEND_OPTIONS;

typedef VOID EVT_WDF_DPC(WDFDPC Dpc);
typedef BOOLEAN EVT_WDF_INTERRUPT_ISR(WDFINTERRUPT Interrupt, ULONG MessageID);
typedef BOOLEAN EVT_WDF_INTERRUPT_SYNCHRONIZE(WDFINTERRUPT Interrupt, PVOID Context);
typedef VOID EVT_WDF_WORKITEM(WDFWORKITEM WorkItem);
typedef VOID EVT_WDF_IO_QUEUE_IO_READ(WDFQUEUE Queue, WDFREQUEST Request,
                                      size_t Length);

typedef VOID (*WDFFUNC)(VOID);
extern WDFFUNC WdfFunctions[];
FORCEINLINE VOID WdfSpinLockAcquire(WDFSPINLOCK SpinLock) {
  ((VOID(*)(WDFSPINLOCK))WdfFunctions[0])(SpinLock);
}
FORCEINLINE VOID WdfSpinLockRelease(WDFSPINLOCK SpinLock) {
  ((VOID(*)(WDFSPINLOCK))WdfFunctions[1])(SpinLock);
}
FORCEINLINE NTSTATUS WdfWaitLockAcquire(WDFWAITLOCK Lock, LONGLONG *Timeout) {
  return ((NTSTATUS(*)(WDFWAITLOCK, LONGLONG *))WdfFunctions[5])(Lock, Timeout);
}
FORCEINLINE VOID WdfWaitLockRelease(WDFWAITLOCK Lock) {
  ((VOID(*)(WDFWAITLOCK))WdfFunctions[6])(Lock);
}
FORCEINLINE VOID WdfInterruptAcquireLock(WDFINTERRUPT Interrupt) {
  ((VOID(*)(WDFINTERRUPT))WdfFunctions[7])(Interrupt);
}
FORCEINLINE BOOLEAN WdfInterruptTryToAcquireLock(WDFINTERRUPT Interrupt) {
  return ((BOOLEAN(*)(WDFINTERRUPT))WdfFunctions[8])(Interrupt);
}
FORCEINLINE VOID WdfInterruptReleaseLock(WDFINTERRUPT Interrupt) {
  ((VOID(*)(WDFINTERRUPT))WdfFunctions[9])(Interrupt);
}
FORCEINLINE VOID WdfObjectAcquireLock(WDFOBJECT Object) {
  ((VOID(*)(WDFOBJECT))WdfFunctions[10])(Object);
}
FORCEINLINE VOID WdfObjectReleaseLock(WDFOBJECT Object) {
  ((VOID(*)(WDFOBJECT))WdfFunctions[11])(Object);
}
FORCEINLINE BOOLEAN WdfRequestSend(WDFREQUEST Request, WDFIOTARGET Target,
                                   PWDF_REQUEST_SEND_OPTIONS Options) {
  return ((BOOLEAN(*)(WDFREQUEST, WDFIOTARGET,
                      PWDF_REQUEST_SEND_OPTIONS))WdfFunctions[12])(Request, Target,
                                                                   Options);
}
FORCEINLINE VOID WdfIoQueuePurgeSynchronously(WDFQUEUE Queue) {
  ((VOID(*)(WDFQUEUE))WdfFunctions[2])(Queue);
}
FORCEINLINE NTSTATUS WdfDeviceCreateSymbolicLink(WDFDEVICE Device,
                                                 PUNICODE_STRING Name) {
  return ((NTSTATUS(*)(WDFDEVICE, PUNICODE_STRING))WdfFunctions[3])(Device, Name);
}
FORCEINLINE NTSTATUS
WdfUsbTargetPipeResetSynchronously(WDFUSBPIPE Pipe, WDFREQUEST Request,
                                   PWDF_REQUEST_SEND_OPTIONS Options) {
  return ((NTSTATUS(*)(WDFUSBPIPE, WDFREQUEST,
                       PWDF_REQUEST_SEND_OPTIONS))WdfFunctions[4])(Pipe, Request,
                                                                   Options);
}

#ifdef __cplusplus
}
#endif
#endif
