// RUN: %ddi %s --rules wdm.CriticalRegions --no-mingw "it has no such macros"
//
// _Analysis_assume_ ends the paths on which it does not hold. What need not compile
// is left as nothing: the file is analysed.
#include <wdm.h>

typedef struct _EXTENSION {
  ERESOURCE Lock;
  PVOID Pointer;
  ULONG Bits : 3;
  struct {
    ULONG Number;
  } Inner;
} EXTENSION, *PEXTENSION;
struct _UNKNOWN;

DRIVER_DISPATCH ok_number, ok_pointer, ok_status, ok_old_spelling;
DRIVER_DISPATCH bad_unreadable, bad_locks;


NTSTATUS ok_number(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  _Analysis_assume_(e->Inner.Number != 1 && (irp->Flags < 10));
  if (e->Inner.Number == 1)
    KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_pointer(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  PVOID p = e->Pointer;
  if (device->Type)
    _Analysis_assume_(p != NULL);
  else
    return STATUS_SUCCESS;
  if (!p)
    KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_status(PDEVICE_OBJECT device, PIRP irp) {
  NTSTATUS status = irp->IoStatus.Status;
  _Analysis_assume_(!NT_SUCCESS(status) && status != STATUS_CANT_WAIT);
  if (status == 0)
    KeEnterCriticalRegion();
  return status;
}

NTSTATUS ok_old_spelling(PDEVICE_OBJECT device, PIRP irp) {
  int one = irp->Type;
  __analysis_assume(one);
  if (!one)
    KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

// FIXME: What a macro of the driver's assumes, and sums, are not looked at.
#define ASSUME(x) _Analysis_assume_(x)
PVOID GlobalPointer;
_Analysis_assume_(GlobalPointer != NULL);

NTSTATUS bad_unreadable(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  struct _UNKNOWN *unknown = 0;
  int one = irp->Type;
  ASSUME(one);
  _Analysis_assume_(one + 0);
  _Analysis_assume_(one)
  _Analysis_assume_(undeclared == one);
  _Analysis_assume_(e->undeclared && one);
  _Analysis_assume_(unknown->member && one);
  _Analysis_assume_(undeclared(one) && one);
  _Analysis_assume_(one == );
  _Analysis_assume_(one one);
  _Analysis_assume_("text");
  _Analysis_assume_(e->Inner);
  _Analysis_assume_(_EXTENSION);
  _Analysis_assume_(EXTENSION);
  _Analysis_assume_();
  { int inner = 1; }
  _Analysis_assume_(inner == 1);
  if (!one)
    KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

NTSTATUS bad_locks(PDEVICE_OBJECT device, PIRP irp) {
  PEXTENSION e = device->DeviceExtension;
  PERESOURCE lock = &e->Lock;
  _Analysis_assume_lock_held_(e->Lock);
  _Analysis_assume_lock_not_held_(*lock);
  _Analysis_assume_lock_acquired_(lock);
  _Analysis_assume_lock_released_(e->Inner.Number);
  _Analysis_assume_lock_held_(e->Bits);
  _Analysis_assume_lock_held_(TRUE);
  _Analysis_assume_lock_held_(NotificationEvent);
  _Analysis_assume_lock_held_(*e->Pointer);
  _Analysis_assume_lock_held_(*e);
  _Analysis_assume_lock_held_(undeclared);
  _Analysis_assume_lock_held_(e->undeclared);
  _Analysis_assume_lock_held_(device->DeviceExtension.Lock);
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}
