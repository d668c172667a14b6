// RUN: %ddi %s --rules wdm.LockForms --strictness strict
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK A, B;
} EXTENSION, *PEXTENSION;

VOID ok_nested(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->B);
  KeReleaseSpinLock(&ext->A, old);
}

VOID bad_hand_over_hand(PEXTENSION ext) {
  KIRQL old;
  KeAcquireSpinLock(&ext->A, &old);
  KeAcquireSpinLockAtDpcLevel(&ext->B);
  KeReleaseSpinLockFromDpcLevel(&ext->A); // expected-warning {{'KeReleaseSpinLockFromDpcLevel' releases 'ext->A' in a form in which this path did not acquire it [ddi.wdm.LockForms]}}
  KeReleaseSpinLock(&ext->B, old); // expected-warning {{'KeReleaseSpinLock' releases 'ext->B' in a form in which this path did not acquire it}}
}
