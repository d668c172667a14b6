#include <ntifs.h>
ULONG Version(VOID) { return 1; }
