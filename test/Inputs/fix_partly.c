#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ULONG Count;
} EXTENSION, *PEXTENSION;

BOOLEAN Decide(VOID);

/* Two ways out: not a plain case. */
BOOLEAN TwoWays(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (Decide()) {
    ExReleaseResourceLite(&ext->Resource);
    return FALSE;
  }
  ExReleaseResourceLite(&ext->Resource);
  return TRUE;
}

/* Inside an expression. */
VOID InCondition(PEXTENSION ext) {
  if (ExAcquireResourceExclusiveLite(&ext->Resource, FALSE))
    ExReleaseResourceLite(&ext->Resource);
}

/* The body of an if without braces. */
VOID NoBraces(PEXTENSION ext, BOOLEAN lock) {
  if (lock)
    ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ext->Count++;
  if (lock)
    ExReleaseResourceLite(&ext->Resource);
}

/* Inside a macro. */
#define LOCK(e) ExAcquireResourceExclusiveLite(&(e)->Resource, TRUE)
VOID InMacro(PEXTENSION ext) {
  LOCK(ext);
  ExReleaseResourceLite(&ext->Resource);
}
