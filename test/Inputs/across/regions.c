#include "across.h"

VOID EnterRegion(VOID) { KeEnterCriticalRegion(); }

VOID LeaveRegion(VOID) { KeLeaveCriticalRegion(); }

VOID LeaveThrough(VOID) {
  LeaveRegion();
}

VOID CloseIt(HANDLE handle) {
  ZwClose(handle);
}
