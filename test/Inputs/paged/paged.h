#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  ULONG State;
} EXTENSION, *PEXTENSION;

VOID ReadSettings(PEXTENSION ext);
VOID WriteSettings(PEXTENSION ext);
VOID CountSettings(PEXTENSION ext);
