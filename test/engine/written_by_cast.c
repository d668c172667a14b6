// RUN: %ddi %s
// A path goes on where the analyzer takes a value for not initialised: it does so of a
// union that is written through a cast, as the kernel's macros for time do.
#include <ntifs.h>

typedef union _TIME {
  struct {
    ULONG LowPart;
    LONG HighPart;
  };
  LONGLONG QuadPart;
} TIME;

#define QUERY_TIME(time)                                                       \
  *(ULONGLONG *)(time) = *(volatile ULONGLONG *)0xFFFFF78000000014ULL

DRIVER_DISPATCH ok_left, bad_kept;

NTSTATUS ok_left(PDEVICE_OBJECT device, PIRP irp) {
  TIME time;
  KeEnterCriticalRegion();
  QUERY_TIME(&time);
  *(PULONG)irp->UserBuffer = (time.LowPart / 13) % 2;
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS bad_kept(PDEVICE_OBJECT device, PIRP irp) {
  TIME time;
  KeEnterCriticalRegion();
  QUERY_TIME(&time);
  *(PULONG)irp->UserBuffer = (time.LowPart / 13) % 2;
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region}}
}
