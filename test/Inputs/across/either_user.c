#include <ntifs.h>

typedef struct _LOCK *PLOCK;
VOID CountAtAnyLevel(PLOCK lock);

KSTART_ROUTINE OkAtPassive;
VOID OkAtPassive(PVOID context) { CountAtAnyLevel(context); }
