#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ERESOURCE Other;
} EXTENSION, *PEXTENSION;

BOOLEAN Decide(VOID);

VOID Even(PEXTENSION ext);
VOID Enter(VOID);
VOID Leave(VOID);
VOID Release(PEXTENSION ext);
VOID Forget(PEXTENSION ext);
NTSTATUS Perhaps(PEXTENSION ext, PIRP irp);
NTSTATUS Told(PEXTENSION ext, BOOLEAN isHeld);
NTSTATUS Checked(PEXTENSION ext);
