// RUN: %ddi %s --no-mingw 'its storport.h has other locks'
#include <wdm.h>
#include <storport.h>

HW_DPC_ROUTINE ok_pair;
VOID ok_pair(PSTOR_DPC dpc, PVOID ext, PVOID one, PVOID two) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  StorPortReleaseSpinLock(ext, &handle);
}

// Who calls it has acquired.
static VOID Unlock(PVOID ext, PSTOR_LOCK_HANDLE handle) {
  StorPortReleaseSpinLock(ext, handle);
}
VOID ok_handle_of_the_caller(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  Unlock(ext, &handle);
}

VOID bad_released_twice(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  StorPortReleaseSpinLock(ext, &handle);
  StorPortReleaseSpinLock(ext, &handle); // expected-warning {{'StorPortReleaseSpinLock' releases 'handle', which this path does not hold [ddi.storport.StorPortSpinLock4]}}
}

HW_DPC_ROUTINE bad_never_acquired;
VOID bad_never_acquired(PSTOR_DPC dpc, PVOID ext, PVOID one, PVOID two) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &first);
  StorPortReleaseSpinLock(ext, &first);
  StorPortReleaseSpinLock(ext, &second); // expected-warning {{releases 'second', which this path does not hold}}
}
