// Under strict the stricter of page and header counts.
// RUN: %ddi %s --rules wdm.IrqlExApcLte3 --strictness strict
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

VOID ok_delete(PEXTENSION ext) { ExDeleteResourceLite(&ext->Resource); }

VOID bad_delete_under_spin_lock(PEXTENSION ext) {
  KIRQL irql;
  KeAcquireSpinLock(&ext->Lock, &irql);
  ExDeleteResourceLite(&ext->Resource); // expected-warning {{'ExDeleteResourceLite' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 14; it may be called at APC_LEVEL at most, by its page}}
  KeReleaseSpinLock(&ext->Lock, irql);
}
