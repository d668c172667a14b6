#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  LONG Count;
} EXTENSION, *PEXTENSION;

void EnterSometimes(PEXTENSION e);
