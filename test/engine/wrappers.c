// A call of a wrapper is a call of the routine that it acts as, whatever its body does.
// RUN: %ddi %s --wrapper MyTake=ExAcquireResourceExclusiveLite --wrapper 'MyTakeAlways=ExAcquireResourceExclusiveLite(1,0)' --wrapper MyGive=ExReleaseResourceLite --wrapper 'MyLock=KeAcquireSpinLock(2,3)' --wrapper 'MyUnlock=KeReleaseSpinLock(2,1)' --wrapper 'MyLockDevice=KeAcquireSpinLock(1,0)' --wrapper 'MyUnlockDevice=KeReleaseSpinLock(1,0)' --wrapper 'MyLockAll=KeAcquireSpinLock(0,0)' --wrapper 'MyUnlockAll=KeReleaseSpinLock(0,0)' --wrapper MyClose=ZwClose --wrapper MyWait=KeWaitForSingleObject --wrapper MyLevel=KeGetCurrentIrql --wrapper MyEnter=KeEnterCriticalRegion --wrapper MyLeave=KeLeaveCriticalRegion --wrapper MyLeaveEarly=ExAcquireResourceExclusiveLite --wrapper MyFail=ExRaiseStatus --wrapper 'MyTakeDevice=ExAcquireResourceExclusiveLite(1,0)' --wrapper 'MyMayTake=ExAcquireResourceExclusiveLite(1,0)' --wrapper MyGiveDevice=ExReleaseResourceLite
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  KSPIN_LOCK Lock;
  KIRQL Old;
  ULONG Busy;
} EXTENSION, *PEXTENSION;

// Of a library whose source is not given.
BOOLEAN MyTake(PERESOURCE resource, BOOLEAN wait);
VOID MyTakeAlways(PERESOURCE resource);
BOOLEAN MyMayTake(PERESOURCE resource);
VOID MyGive(PERESOURCE resource);
VOID MyTakeDevice(PEXTENSION extension);
VOID MyGiveDevice(PEXTENSION extension);
VOID MyLockDevice(PEXTENSION extension);
VOID MyUnlockDevice(PEXTENSION extension);
VOID MyLockAll(VOID);
VOID MyUnlockAll(VOID);
VOID MyClose(HANDLE handle);
NTSTATUS MyWait(PVOID mutex, int reason, int mode, BOOLEAN alertable, PLARGE_INTEGER timeout);
KIRQL MyLevel(VOID);
VOID MyEnter(VOID);
VOID MyFail(NTSTATUS status);
VOID Other(PEXTENSION extension);

static KIRQL LastLevel;

// Of the driver itself. What a wrapper leaves for its callers is right, and what its
// callers find is what is declared, not what its body does.
VOID MyLock(int why, PKSPIN_LOCK lock, PKIRQL old) {
  KeAcquireSpinLock(lock, old);
}
VOID MyUnlock(KIRQL old, PKSPIN_LOCK lock) { KeReleaseSpinLock(lock, old); }
VOID MyLeave(VOID) {
  LastLevel = 0;
}
BOOLEAN MyLeaveEarly(PERESOURCE resource, BOOLEAN wait) {
  ExAcquireResourceExclusiveLite(resource, TRUE);
  if (LastLevel) {
    ExReleaseResourceLite(resource);
    return FALSE;
  }
  if (*(volatile int *)resource)
    return FALSE;
  return TRUE;
}

// What else its body does wrong is told.
static VOID bad_Inner(HANDLE handle) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  ZwClose(handle); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL, set by 'KeRaiseIrql'}}
  KeLowerIrql(old);
}

DRIVER_DISPATCH ok_balanced, ok_tried, ok_locked, ok_device, ok_mixed, ok_unasked, ok_all, ok_region, ok_asked,
    ok_memory, ok_fails, ok_through_pointer, bad_region, bad_twice, bad_tried, bad_level,
    bad_level_device, bad_asked_for, bad_device, bad_level_all, bad_held, bad_left, bad_early, bad_asked,
    bad_through_pointer, bad_kept, bad_inner;

NTSTATUS ok_balanced(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyTakeAlways(&e->Resource);
  MyGive(&e->Resource);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS ok_tried(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  if (MyTake(&e->Resource, FALSE))
    MyGive(&e->Resource);
  MyTake(&e->Resource, TRUE);
  ExReleaseResourceLite(&e->Resource);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS ok_locked(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  MyLock(1, &e->Lock, &old);
  MyUnlock(old, &e->Lock);
  MyClose(0);
  MyLock(1, &e->Lock, &old);
  KeReleaseSpinLock(&e->Lock, old);
  MyClose(0);
  return STATUS_SUCCESS;
}

NTSTATUS ok_device(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyLockDevice(e);
  MyUnlockDevice(e);
  MyClose(0);
  return STATUS_SUCCESS;
}

// Whether it waits nobody says: it may be one that cannot fail.
NTSTATUS ok_unasked(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  BOOLEAN done;
  MyEnter();
  done = MyMayTake(&e->Resource);
  e->Busy = done;
  MyGive(&e->Resource);
  MyLeave();
  return STATUS_SUCCESS;
}

// What is locked by the structure around it may be given back by its own name.
static EXTENSION Global;
NTSTATUS ok_mixed(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  MyLockDevice(e);
  KeReleaseSpinLock(&e->Lock, e->Old);
  MyEnter();
  MyTakeDevice(&Global);
  ExReleaseResourceLite(&Global.Resource);
  ExAcquireResourceExclusiveLite(&Global.Resource, TRUE);
  MyGiveDevice(&Global);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS ok_all(PDEVICE_OBJECT device, PIRP irp) {
  MyLockAll();
  MyUnlockAll();
  return STATUS_SUCCESS;
}

NTSTATUS ok_region(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  ExAcquireResourceExclusiveLite(&e->Resource, TRUE);
  MyGive(&e->Resource);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS ok_asked(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  if (irp)
    MyLock(1, &e->Lock, &old);
  if (MyLevel() == PASSIVE_LEVEL)
    MyClose(0);
  if (irp)
    MyUnlock(old, &e->Lock);
  return STATUS_SUCCESS;
}

// It may write what any function may.
NTSTATUS ok_memory(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  e->Busy = 0;
  LastLevel = 0;
  MyLockDevice(e);
  if (!e->Busy)
    MyUnlockDevice(e);
  else
    MyUnlockDevice(e);
  if (LastLevel == 0 && e->Busy == 0)
    return STATUS_SUCCESS;
  MyClose(0);
  return STATUS_SUCCESS;
}

NTSTATUS ok_fails(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  if (!irp)
    MyFail(STATUS_UNSUCCESSFUL);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS ok_through_pointer(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  VOID (*release)(PERESOURCE) = MyGive;
  MyEnter();
  MyTakeAlways(&e->Resource);
  release(&e->Resource);
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS bad_region(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyTakeAlways(&e->Resource); // expected-warning {{'MyTakeAlways' with normal kernel APCs enabled: the thread is in no critical region}}
  MyGive(&e->Resource);
  return STATUS_SUCCESS;
}

NTSTATUS bad_twice(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyTakeAlways(&e->Resource);
  MyGive(&e->Resource);
  MyGive(&e->Resource); // expected-warning {{'MyGive' releases 'e->Resource', which this path does not hold}}
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS bad_tried(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyTake(&e->Resource, FALSE);
  MyGive(&e->Resource); // expected-warning {{'MyGive' releases 'e->Resource', which this path does not hold}}
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS bad_asked_for(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  if (MyMayTake(&e->Resource)) {
    MyLeave(); // expected-warning {{'MyLeave' lets normal kernel APCs in while 'e->Resource' is still held}}
    MyGive(&e->Resource);
    return STATUS_SUCCESS;
  }
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS bad_level(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  KIRQL old;
  MyLock(1, &e->Lock, &old);
  MyClose(0); // expected-warning {{it may be called at PASSIVE_LEVEL only, by the page of 'ZwClose' [ddi.wdm.IrqlZwPassive]}}
  MyUnlock(old, &e->Lock);
  return STATUS_SUCCESS;
}

NTSTATUS bad_level_device(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyLockDevice(e);
  ZwClose(0); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL, set by 'MyLockDevice'}}
  MyUnlockDevice(e);
  return STATUS_SUCCESS;
}

NTSTATUS bad_device(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyTakeDevice(e);
  MyLeave(); // expected-warning {{'MyLeave' lets normal kernel APCs in while 'e' is still held}}
  MyGiveDevice(e);
  return STATUS_SUCCESS;
}

NTSTATUS bad_level_all(PDEVICE_OBJECT device, PIRP irp) {
  MyLockAll();
  ZwClose(0); // expected-warning {{'ZwClose' is called at DISPATCH_LEVEL, set by 'MyLockAll'}}
  MyUnlockAll();
  return STATUS_SUCCESS;
}

NTSTATUS bad_held(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyTakeAlways(&e->Resource);
  MyLeave(); // expected-warning {{'MyLeave' lets normal kernel APCs in while 'e->Resource' is still held}}
  MyGive(&e->Resource);
  return STATUS_SUCCESS;
}

NTSTATUS bad_left(PDEVICE_OBJECT device, PIRP irp) {
  MyEnter();
  return STATUS_SUCCESS; // expected-warning {{[ddi.wdm.CriticalRegions]}}
}

// The body may fail, waiting or not; what it is declared to act as does not.
NTSTATUS bad_early(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyEnter();
  MyLeaveEarly(&e->Resource, TRUE);
  MyLeave(); // expected-warning {{'MyLeave' lets normal kernel APCs in while 'e->Resource' is still held}}
  MyGive(&e->Resource);
  return STATUS_SUCCESS;
}

NTSTATUS bad_asked(PDEVICE_OBJECT device, PIRP irp) {
  KIRQL level = MyLevel();
  if (level >= DISPATCH_LEVEL)
    MyClose(0); // expected-warning {{'MyClose' is called at DISPATCH_LEVEL}}
  return STATUS_SUCCESS;
}

NTSTATUS bad_through_pointer(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  VOID (*release)(PERESOURCE) = MyGive;
  MyEnter();
  MyTakeAlways(&e->Resource);
  MyGive(&e->Resource);
  release(&e->Resource); // expected-warning {{releases 'e->Resource', which this path does not hold}}
  MyLeave();
  return STATUS_SUCCESS;
}

NTSTATUS bad_kept(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  MyLockDevice(e);
  return STATUS_SUCCESS; // expected-warning {{Returns with 'e' still held [ddi.wdm.SpinLock]}}
}

NTSTATUS bad_inner(PDEVICE_OBJECT device, PIRP irp) {
  bad_Inner(0);
  return STATUS_SUCCESS;
}
