#include <ntifs.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ERESOURCE Other;
  KSPIN_LOCK Lock;
  KIRQL Irql;
} EXTENSION, *PEXTENSION;

VOID TakeResource(PEXTENSION ext);
VOID GiveResource(PEXTENSION ext);
BOOLEAN TryResource(PEXTENSION ext);
NTSTATUS KeepIfFine(PEXTENSION ext);
VOID EnterRegion(VOID);
VOID LeaveRegion(VOID);
VOID LeaveThrough(VOID);
VOID Raise(PEXTENSION ext);
VOID Lower(PEXTENSION ext);
VOID CloseIt(HANDLE handle);
VOID CloseThrough(HANDLE handle);
BOOLEAN Decide(VOID);

#ifdef __cplusplus
}
#endif
