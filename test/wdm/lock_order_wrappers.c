// RUN: %ddi %s --rules wdm.LockOrder --wrapper=MyAcquire=ExAcquireFastMutex \
// RUN:   --wrapper=MyRelease=ExReleaseFastMutex --wrapper=MyTry=ExTryToAcquireFastMutex
#include <ntifs.h>

typedef struct _EXT {
  FAST_MUTEX First, Second, Third;
} EXT, *PEXT;

VOID MyAcquire(PFAST_MUTEX mutex);
BOOLEAN MyTry(PFAST_MUTEX mutex);
VOID MyRelease(PFAST_MUTEX mutex);

// --- ok ---

DRIVER_DISPATCH ok_tried_one, ok_tried_two;
NTSTATUS ok_tried_one(PDEVICE_OBJECT device, PIRP irp) {
  PEXT ext = device->DeviceExtension;
  MyAcquire(&ext->First);
  MyAcquire(&ext->Third);
  MyRelease(&ext->Third);
  MyRelease(&ext->First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_tried_two(PDEVICE_OBJECT device, PIRP irp) {
  PEXT ext = device->DeviceExtension;
  MyAcquire(&ext->Third);
  if (MyTry(&ext->First))
    MyRelease(&ext->First);
  MyRelease(&ext->Third);
  return STATUS_SUCCESS;
}

// --- bad ---

DRIVER_DISPATCH bad_two_orders_one, bad_two_orders_two;
NTSTATUS bad_two_orders_one(PDEVICE_OBJECT device, PIRP irp) {
  PEXT ext = device->DeviceExtension;
  MyAcquire(&ext->First);
  MyAcquire(&ext->Second); // expected-warning {{'MyAcquire' acquires 'ext->Second' while 'ext->First' is held, and 'bad_two_orders_two' (}}
  MyRelease(&ext->Second);
  MyRelease(&ext->First);
  return STATUS_SUCCESS;
}
NTSTATUS bad_two_orders_two(PDEVICE_OBJECT device, PIRP irp) {
  PEXT ext = device->DeviceExtension;
  ExAcquireFastMutex(&ext->Second);
  MyAcquire(&ext->First); // expected-warning {{'MyAcquire' acquires 'ext->First' while 'ext->Second' is held, and 'bad_two_orders_one' (}}
  MyRelease(&ext->First);
  ExReleaseFastMutex(&ext->Second);
  return STATUS_SUCCESS;
}
