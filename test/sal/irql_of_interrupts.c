// RUN: %ddi %s --rules wdm,sal
//
// No annotation can name DIRQL: HIGH_LEVEL stands for it.
#include <ntifs.h>
#include "../Inputs/wdk/sal.h"

_IRQL_requires_max_(HIGH_LEVEL)
_IRQL_saves_
_IRQL_raises_(HIGH_LEVEL)
static KIRQL ok_acquire(PKINTERRUPT interrupt) {
  return KeAcquireInterruptSpinLock(interrupt);
}

_IRQL_requires_(HIGH_LEVEL)
static VOID ok_release(PKINTERRUPT interrupt, _In_ _IRQL_restores_ KIRQL irql) {
  KeReleaseInterruptSpinLock(interrupt, irql);
}

VOID ok_both(PKINTERRUPT interrupt) {
  KIRQL irql = ok_acquire(interrupt);
  ok_release(interrupt, irql);
  return;
}

_IRQL_requires_(HIGH_LEVEL) VOID AtDirql(VOID);

VOID bad_below(PKSPIN_LOCK lock) {
  KIRQL irql;
  KeAcquireSpinLock(lock, &irql);
  AtDirql(); // expected-warning {{'AtDirql' is called at DISPATCH_LEVEL}}
  KeReleaseSpinLock(lock, irql);
  return;
}
