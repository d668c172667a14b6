// RUN: %ddi %s --rules storport --no-mingw 'its storport.h has other locks'
#include <wdm.h>
#include <storport.h>

typedef struct _EXT {
  STOR_DPC Dpc;
} EXT, *PEXT;

VOID ok_in_order(PEXT ext) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &first);
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &second);
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

VOID ok_one_after_the_other(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);
  StorPortReleaseSpinLock(ext, &handle);
  StorPortAcquireSpinLock(ext, DpcLock, &ext->Dpc, &handle);
  StorPortReleaseSpinLock(ext, &handle);
}

// The port driver holds the StartIo lock alone.
HW_TIMER ok_interrupt_lock_in_a_timer;
VOID ok_interrupt_lock_in_a_timer(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);
  StorPortReleaseSpinLock(ext, &handle);
}

VOID bad_start_io_after_interrupt(PEXT ext) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &first);
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &second); // expected-warning {{'StorPortAcquireSpinLock' acquires another lock while 'the interrupt lock' is held, which comes after it: deadlock [ddi.storport.StorPortSpinLock3]}}
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

static VOID Queue(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, DpcLock, &ext->Dpc, &handle); // expected-warning {{while 'the interrupt lock' is held}}
  StorPortReleaseSpinLock(ext, &handle);
}
VOID bad_dpc_after_interrupt_in_a_helper(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);
  Queue(ext);
  StorPortReleaseSpinLock(ext, &handle);
}

HW_INTERRUPT bad_start_io_in_an_interrupt;
BOOLEAN bad_start_io_in_an_interrupt(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle); // expected-warning {{while 'the interrupt lock' is held}}
  StorPortReleaseSpinLock(ext, &handle);
  return TRUE;
}
