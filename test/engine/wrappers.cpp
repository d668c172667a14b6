// Functions of C++, in a namespace and outside; a method of that name is none.
// RUN: %ddi %s --wrapper MyTake=ExAcquireResourceExclusiveLite --wrapper 'Locks::give=ExReleaseResourceLite(2)' --wrapper 'Locks::take=ExAcquireResourceExclusiveLite(2,0)' --wrapper 'MyLock=KeAcquireSpinLock(1,0)' --wrapper 'MyUnlock=KeReleaseSpinLock(1,0)' --wrapper MyClose=ZwClose
#include <ntifs.h>

struct Device {
  ERESOURCE Resource;
  KSPIN_LOCK Lock;
  bool Started;
  void MyClose(HANDLE handle);
  void start();
};

BOOLEAN MyTake(PERESOURCE resource, BOOLEAN wait);
void MyClose(HANDLE handle);
static void MyLock(KSPIN_LOCK &lock);
static void MyUnlock(KSPIN_LOCK &lock);

namespace Locks {
bool take(int why, PERESOURCE resource) {
  return ExAcquireResourceExclusiveLite(resource, TRUE);
}
void give(int why, PERESOURCE resource);
}

namespace Others {
void MyClose(HANDLE handle);
BOOLEAN MyTake(PERESOURCE resource, BOOLEAN wait);
}

static KIRQL Old;
static void MyLock(KSPIN_LOCK &lock) { KeAcquireSpinLock(&lock, &Old); }
static void MyUnlock(KSPIN_LOCK &lock) { KeReleaseSpinLock(&lock, Old); }

extern "C" DRIVER_DISPATCH ok_taken, ok_others, ok_locked, bad_taken, bad_twice,
    bad_level, bad_started;

extern "C" NTSTATUS ok_taken(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  KeEnterCriticalRegion();
  MyTake(&d->Resource, TRUE);
  Locks::give(1, &d->Resource);
  if (Locks::take(1, &d->Resource))
    Locks::give(1, &d->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

extern "C" NTSTATUS ok_others(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  Others::MyTake(&d->Resource, TRUE);
  MyLock(d->Lock);
  Others::MyClose(0);
  d->MyClose(0);
  MyUnlock(d->Lock);
  return STATUS_SUCCESS;
}

extern "C" NTSTATUS ok_locked(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  MyLock(d->Lock);
  MyUnlock(d->Lock);
  MyClose(0);
  return STATUS_SUCCESS;
}

extern "C" NTSTATUS bad_taken(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  KeEnterCriticalRegion();
  Locks::take(1, &d->Resource);
  KeLeaveCriticalRegion(); // expected-warning {{lets normal kernel APCs in while 'd->Resource' is still held}}
  Locks::give(1, &d->Resource);
  return STATUS_SUCCESS;
}

extern "C" NTSTATUS bad_twice(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  KeEnterCriticalRegion();
  MyTake(&d->Resource, TRUE);
  Locks::give(1, &d->Resource);
  Locks::give(1, &d->Resource); // expected-warning {{releases 'd->Resource', which this path does not hold}}
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

extern "C" NTSTATUS bad_level(PDEVICE_OBJECT device, PIRP irp) {
  auto *d = static_cast<Device *>(device->DeviceExtension);
  MyLock(d->Lock);
  MyClose(0); // expected-warning {{'MyClose' is called at DISPATCH_LEVEL, set by 'MyLock'}}
  MyUnlock(d->Lock);
  return STATUS_SUCCESS;
}

void Device::start() {
  MyLock(Lock);
  ::MyClose(0); // expected-warning {{'MyClose' is called at DISPATCH_LEVEL, set by 'MyLock'}}
  MyUnlock(Lock);
}

extern "C" NTSTATUS bad_started(PDEVICE_OBJECT device, PIRP irp) {
  static_cast<Device *>(device->DeviceExtension)->start();
  return STATUS_SUCCESS;
}
