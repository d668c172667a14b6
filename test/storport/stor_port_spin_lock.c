// RUN: %ddi %s --no-mingw 'its storport.h has other locks'
#include <wdm.h>
#include <storport.h>

typedef struct _EXT {
  STOR_DPC First, Second;
  ULONG OldIrql;
  BOOLEAN Stopped;
} EXT, *PEXT;

VOID ok_pair(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  StorPortReleaseSpinLock(ext, &handle);
}

VOID ok_two_dpcs(PEXT ext) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, DpcLock, &ext->First, &first);
  StorPortAcquireSpinLock(ext, DpcLock, &ext->Second, &second);
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

HW_DPC_ROUTINE ok_released_on_all_paths;
VOID ok_released_on_all_paths(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXT ext = context;
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);
  if (ext->Stopped) {
    StorPortReleaseSpinLock(ext, &handle);
    return;
  }
  StorPortReleaseSpinLock(ext, &handle);
}

// Which lock it is nobody says.
VOID ok_unknown_lock(PEXT ext, STOR_SPINLOCK which) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &first);
  StorPortAcquireSpinLock(ext, which, NULL, &second);
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

HW_DPC_ROUTINE ok_failed;
VOID ok_failed(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  STOR_LOCK_HANDLE handle;
  if (StorPortAcquireSpinLockEx(context, StartIoLock, NULL, &handle))
    return;
  StorPortReleaseSpinLock(context, &handle);
}

static VOID Lock(PEXT ext, PSTOR_LOCK_HANDLE handle) {
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, handle);
}
static VOID Unlock(PEXT ext, PSTOR_LOCK_HANDLE handle) {
  StorPortReleaseSpinLock(ext, handle);
}
HW_DPC_ROUTINE ok_by_helpers;
VOID ok_by_helpers(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  STOR_LOCK_HANDLE handle;
  Lock(context, &handle);
  Unlock(context, &handle);
}

// Two pointers may lead to one handle.
HW_DPC_ROUTINE ok_by_another_name;
VOID ok_by_another_name(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  PSTOR_LOCK_HANDLE handle = one, same = two;
  StorPortAcquireSpinLock(context, StartIoLock, NULL, handle);
  StorPortReleaseSpinLock(context, same);
}

// Which of both it is the driver's data tell, and they may change.
VOID Unknown(VOID);
BOOLEAN PerMessage;
static VOID LockOne(PEXT ext, PSTOR_LOCK_HANDLE handle) {
  if (PerMessage)
    StorPortAcquireMSISpinLock(ext, 1, &ext->OldIrql);
  else
    StorPortAcquireSpinLock(ext, InterruptLock, NULL, handle);
}
static VOID UnlockOne(PEXT ext, PSTOR_LOCK_HANDLE handle) {
  if (PerMessage)
    StorPortReleaseMSISpinLock(ext, 1, ext->OldIrql);
  else
    StorPortReleaseSpinLock(ext, handle);
}
HW_DPC_ROUTINE ok_one_of_both;
VOID ok_one_of_both(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  STOR_LOCK_HANDLE handle;
  LockOne(context, &handle);
  Unknown();
  UnlockOne(context, &handle);
  LockOne(context, &handle);
  UnlockOne(context, &handle);
}

VOID bad_twice(PEXT ext) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &first);
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &second); // expected-warning {{'StorPortAcquireSpinLock' on 'the StartIo lock', which this path holds: deadlock [ddi.storport.StorPortSpinLock]}}
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

VOID bad_one_dpc_twice(PEXT ext) {
  STOR_LOCK_HANDLE first, second;
  StorPortAcquireSpinLock(ext, DpcLock, &ext->First, &first);
  StorPortAcquireSpinLock(ext, DpcLock, &ext->First, &second); // expected-warning {{on 'ext->First', which this path holds}}
  StorPortReleaseSpinLock(ext, &second);
  StorPortReleaseSpinLock(ext, &first);
}

VOID bad_handle_in_use(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle); // expected-warning {{'StorPortAcquireSpinLock' with the handle 'handle', which is in use for another lock [ddi.storport.StorPortSpinLock]}}
  StorPortReleaseSpinLock(ext, &handle);
  StorPortReleaseSpinLock(ext, &handle);
}

HW_DPC_ROUTINE bad_held_at_the_end;
VOID bad_held_at_the_end(PSTOR_DPC dpc, PVOID context, PVOID one, PVOID two) {
  PEXT ext = context;
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle);
  if (ext->Stopped)
    return; // expected-warning {{Returns with 'the interrupt lock' still held [ddi.storport.StorPortSpinLock]}}
  StorPortReleaseSpinLock(ext, &handle);
}

HW_INTERRUPT bad_in_an_interrupt;
BOOLEAN bad_in_an_interrupt(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, InterruptLock, NULL, &handle); // expected-warning {{on 'the interrupt lock', which this path holds}}
  StorPortReleaseSpinLock(ext, &handle);
  return TRUE;
}

HW_TIMER bad_in_a_timer;
VOID bad_in_a_timer(PVOID ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle); // expected-warning {{on 'the StartIo lock', which this path holds}}
  StorPortReleaseSpinLock(ext, &handle);
}

BOOLEAN Decide(VOID);
static NTSTATUS bad_held_on_one_of_two_ways(PEXT ext) {
  STOR_LOCK_HANDLE handle;
  StorPortAcquireSpinLock(ext, StartIoLock, NULL, &handle);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'the StartIo lock' held, which is released on other paths with the same result [ddi.storport.StorPortSpinLock]}}
  StorPortReleaseSpinLock(ext, &handle);
  return STATUS_UNSUCCESSFUL;
}
typedef NTSTATUS HELPER(PEXT ext);
HELPER *const Helper = bad_held_on_one_of_two_ways;
