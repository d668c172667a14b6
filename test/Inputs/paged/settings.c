/* That these may be paged out is said here only. */
#include "paged.h"

#pragma alloc_text(PAGE, ReadSettings)

VOID ReadSettings(PEXTENSION ext) { ext->State = 1; }

VOID WriteSettings(PEXTENSION ext) {
  PAGED_CODE();
  ext->State = 2;
}

VOID CountSettings(PEXTENSION ext) { ext->State++; }
