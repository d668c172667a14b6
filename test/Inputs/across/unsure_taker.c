#include "unsure.h"

/* TRUE with the resource or without: only its state tells. */
BOOLEAN TakeFile(PFILE_CONTROL File, BOOLEAN Wait) {
  if (File->State)
    return TRUE;
  return ExAcquireResourceExclusiveLite(File->Header.Resource, Wait);
}
