#include <wdm.h>

typedef struct _EXT {
  KSPIN_LOCK Lock;
  ERESOURCE Resource, Others[4];
  struct {
    ULONG Flags;
    struct { BOOLEAN IsHeld; };
  } State;
  struct _EXT *Next;
  void (*Callback)(struct _EXT *Self);
  KIRQL Old;
} EXT;

static ULONG Counter;
void other(EXT *Ext, KIRQL *Level);
NTSTATUS tell(void);

void correlation(EXT *Ext, BOOLEAN Wants) {
  KIRQL Old;
  BOOLEAN Taken = FALSE;
  if (Wants && Ext->Next != NULL) {
    KeAcquireSpinLock(&Ext->Lock, &Old);
    Taken = TRUE;
  }
  Counter += 1;
  if (Taken)
    KeReleaseSpinLock(&Ext->Lock, Old);
}

BOOLEAN try_acquire(EXT *Ext, ULONG Index) {
  EXT *Next = Ext->Next;
  if (!ExAcquireResourceExclusiveLite(&Next->Others[Index], FALSE))
    return FALSE;
  ExReleaseResourceLite(&(*Next).Others[Index]);
  return NT_SUCCESS(tell()) ? TRUE : Ext->State.IsHeld;
}

void flags(EXT *Ext, ULONG Flags, ULONG Kind) {
  BOOLEAN Both = (Flags & 4) && Ext->State.Flags & 2;
  Flags |= 8;
  switch (Kind) {
  case 1:
  case 2:
    Ext->Callback(Ext);
    break;
  case 5 ... 9:
    other(Ext, &Ext->Old);
  default:
    Ext->State.Flags = Both ? 1 : 0;
  }
}

void owner(EXT *Ext) {
  void *Owner = (void *)((ULONG_PTR)Ext | 3);
  ExSetResourceOwnerPointer(&Ext->Resource, Owner);
  ExReleaseResourceForThreadLite(&Ext->Resource, (ULONG_PTR)Owner);
}

void walk(EXT *Ext) {
  ERESOURCE Local;
  for (EXT *Each = Ext; Each; Each = Each->Next)
    other(Each, NULL);
  while ((Ext = Ext->Next) != NULL)
    ;
}

NTSTATUS protected(EXT *Ext) {
  __try {
    if (tell() < 0)
      __leave;
    other(Ext, 0);
  } __finally {
    ExReleaseResourceLite(&Ext->Resource);
  }
  return 0;
}

LONG early(EXT *Ext, LARGE_INTEGER *Time) {
  Time->QuadPart = 0;
  __try {
    if (tell() < 0)
      return 7;
  } __finally {
    ExReleaseResourceLite(&Ext->Resource);
  }
  return 8;
}
