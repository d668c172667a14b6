#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
} EXTENSION, *PEXTENSION;

VOID LockDevice(PEXTENSION ext);
VOID UnlockDevice(PEXTENSION ext);
