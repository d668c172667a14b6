#include "wrappers.h"

VOID TakeResource(PEXTENSION ext) { Take(ext, &ext->Resource); }

VOID GiveResource(PEXTENSION ext) { Give(ext, &ext->Resource); }

VOID Closes(HANDLE handle);
VOID CloseIt(HANDLE handle) {
  Closes(handle);
}
