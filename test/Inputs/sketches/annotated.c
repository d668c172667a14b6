#include <wdm.h>

typedef struct _EXT {
  FAST_MUTEX Mutex;
  struct _EXT *Parent;
} EXT;

_IRQL_requires_max_(APC_LEVEL)
_Requires_lock_held_(Ext->Parent->Mutex)
void demands(EXT *Ext);

_Acquires_exclusive_lock_(Ext->Mutex)
void acquire(EXT *Ext);

_When_(return != FALSE, _Acquires_lock_(Ext->Mutex))
BOOLEAN try_it(EXT *Ext);

_When_(Enters != FALSE, _Acquires_lock_(_Global_critical_region_))
void maybe_enter(BOOLEAN Enters);

_IRQL_raises_(DISPATCH_LEVEL)
_IRQL_saves_
KIRQL raise_it(void);

void lower_it(_IRQL_restores_ KIRQL Old);

void calls(EXT *Ext, BOOLEAN Enters) {
  demands(Ext);
  acquire(Ext->Parent);
  if (try_it(Ext))
    demands(Ext);
  try_it(Ext);
  maybe_enter(FALSE);
  maybe_enter(TRUE);
  maybe_enter(Enters);
  KIRQL Old = raise_it();
  lower_it(Old);
}
