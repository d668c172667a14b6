// RUN: %ddi %s --rules storport.StorPortIrql
#include <wdm.h>
#include <storport.h>

ULONG ok_at_start(PVOID ext, PVOID *block) {
  return StorPortAllocatePool(ext, 16, 'abcd', block);
}

KDEFERRED_ROUTINE ok_in_a_dpc;
VOID ok_in_a_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  StorPortFreePool(context, one);
}

// The level of this lock is DISPATCH_LEVEL or a device's.
VOID ok_under_lock_of_varying_level(PVOID ext, PVOID *block) {
  STOR_LOCK_HANDLE lock;
  StorPortAcquireSpinLock(ext, DpcLock, NULL, &lock);
  StorPortAllocatePool(ext, 16, 'abcd', block);
  StorPortReleaseSpinLock(ext, &lock);
}

KSERVICE_ROUTINE bad_in_an_isr;
BOOLEAN bad_in_an_isr(PKINTERRUPT interrupt, PVOID ext) {
  PVOID block;
  StorPortAllocatePool(ext, 16, 'abcd', &block); // expected-warning {{'StorPortAllocatePool' is called at DIRQL, at which the system enters 'bad_in_an_isr' as KSERVICE_ROUTINE; it may be called at DISPATCH_LEVEL at most, by its page [ddi.storport.StorPortIrql]}}
  return TRUE;
}
