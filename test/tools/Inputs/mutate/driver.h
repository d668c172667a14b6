#include <wdm.h>

#define RELEASE(e, irql) KeReleaseSpinLock(&(e)->Lock, irql);

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  FAST_MUTEX Mutex;
  KDPC Dpc;
  LONG Count;
} EXTENSION, *PEXTENSION;

void Load(PEXTENSION e);
KDEFERRED_ROUTINE Tick;
