// A function's class is its role, where no typedef declares it.
// RUN: %ddi %s
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

static ERESOURCE Lock;

// --- ok ---

_Function_class_(KSTART_ROUTINE)
VOID ok_thread(PVOID context) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  ExReleaseResourceLite(&Lock);
}

_Function_class_(NO_SUCH_ROLE)
static VOID ok_unknown(PVOID context) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
}

VOID (*ok_taken)(PVOID) = ok_unknown;

// --- bad ---

_Function_class_(KDEFERRED_ROUTINE)
VOID bad_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
}
