// RUN: %ddi %s --strictness sdv
#include <ntddk.h>

// --- ok ---

VOID ok_zeroed(VOID) {
  PVOID buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, 'tset');
  if (buffer)
    ExFreePoolWithTag(buffer, 'tset');
}

// --- bad ---

VOID bad_old(VOID) {
  PVOID buffer = ExAllocatePoolWithTag(NonPagedPool, 16, 'tset'); // expected-warning {{'ExAllocatePoolWithTag' does not zero what it allocates; ExAllocatePool2 does [ddi.wdm.UnSafeAllocatePool]}}
  if (buffer)
    ExFreePoolWithTag(buffer, 'tset');
}
