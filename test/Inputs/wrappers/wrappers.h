#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  KSPIN_LOCK Lock;
  KIRQL Irql;
} EXTENSION, *PEXTENSION;

/* wrappers */
VOID Take(PEXTENSION ext, PERESOURCE resource);
VOID Give(PEXTENSION ext, PERESOURCE resource);
VOID Lock(PEXTENSION ext);
VOID Unlock(PEXTENSION ext);
VOID Paged(PEXTENSION ext);

/* helpers */
VOID TakeResource(PEXTENSION ext);
VOID GiveResource(PEXTENSION ext);
VOID CloseIt(HANDLE handle);
