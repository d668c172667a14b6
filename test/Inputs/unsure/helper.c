#include "helper.h"

void EnterSometimes(PEXTENSION e) {
  if (e->Count)
    KeEnterCriticalRegion();
}
