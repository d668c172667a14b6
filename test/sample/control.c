/* IOCTLs.  Their buffers are the user's (METHOD_NEITHER), so reading one may
   throw. */
#include "notebook.h"

/* The pages of ExSetResourceOwnerPointerEx ask for the two low bits. */
#define BORROWER(e) ((ERESOURCE_THREAD)&(e)->Borrower | 3)

static NTSTATUS FindNote(PNOTEBOOK Notebook, PVOID Buffer, ULONG Length) {
  NTSTATUS Status = STATUS_SUCCESS;
  ULONG Key;
  PNOTE Note;

  KeEnterCriticalRegion();
  __try {
    if (Length < NOTE_LENGTH) {
      Status = STATUS_BUFFER_TOO_SMALL;
      __leave;
    }
    ExAcquireResourceSharedLite(&Notebook->Resource, TRUE);
    ProbeForWrite(Buffer, NOTE_LENGTH, sizeof Key);
    Key = *(ULONG *)Buffer;
    Note = NotesFind(Notebook, Key);
    if (Note != NULL)
      RtlCopyMemory(Buffer, Note->Text, NOTE_LENGTH);
    else
      Status = STATUS_NOT_FOUND;
    ExReleaseResourceLite(&Notebook->Resource);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    Status = GetExceptionCode();
  }
  KeLeaveCriticalRegion(); /* planted: wdm.WithinCriticalRegion */
  return Status;
}

/* Takes the lock for its caller, on success only. */
static BOOLEAN LockToClear(PNOTEBOOK Notebook) {
  KeEnterCriticalRegion();
  if (ExAcquireResourceExclusiveLite(&Notebook->Resource, FALSE))
    return TRUE;
  KeLeaveCriticalRegion();
  return FALSE;
}

static NTSTATUS ClearNotes(PNOTEBOOK Notebook) {
  if (!LockToClear(Notebook))
    return STATUS_CANT_WAIT;
  NotesClear(Notebook);
  ExReleaseResourceLite(&Notebook->Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

static NTSTATUS CountNotes(PEXTENSION Extension, PNOTEBOOK Notebook, PVOID Buffer,
                           ULONG Length) {
  ULONG Count;

  KeEnterGuardedRegion();
  ExAcquireResourceSharedLite(&Notebook->Resource, TRUE);
  Count = Notebook->Count;
  ExReleaseResourceLite(&Notebook->Resource);
  if (Length < sizeof Count)
    return STATUS_BUFFER_TOO_SMALL;
  KeLeaveGuardedRegion();

  __try {
    ProbeForWrite(Buffer, sizeof Count, sizeof Count);
    *(ULONG *)Buffer = Count + IndexCount(&Extension->Index, Count);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return GetExceptionCode();
  }
  return STATUS_SUCCESS;
}

/* Who borrows a notebook owns its resource until he gives it back, in another
   thread. */
static NTSTATUS LendNotes(PEXTENSION Extension, PNOTEBOOK Notebook) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Notebook->Resource, TRUE);
  if (Extension->IsStopping) {
    ExReleaseResourceForThreadLite(&Notebook->Resource, BORROWER(Extension)); /* planted: wdm.ResourceOwner */
    KeLeaveCriticalRegion();
    return STATUS_UNSUCCESSFUL;
  }
  ExSetResourceOwnerPointerEx(&Notebook->Resource, (PVOID)BORROWER(Extension), 0);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

static NTSTATUS GiveBackNotes(PEXTENSION Extension, PNOTEBOOK Notebook) {
  KeEnterCriticalRegion();
  ExReleaseResourceForThreadLite(&Notebook->Resource, BORROWER(Extension));
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS NotebookControl(PDEVICE_OBJECT Device, PIRP Irp) {
  PEXTENSION Extension = Device->DeviceExtension;
  PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
  PNOTEBOOK Notebook = Stack->FileObject->FsContext;
  ULONG Length = Stack->Parameters.DeviceIoControl.OutputBufferLength;
  NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

  switch (Stack->Parameters.DeviceIoControl.IoControlCode) {
  case IOCTL_NOTEBOOK_FIND:
    Status = FindNote(Notebook, Irp->UserBuffer, Length);
    break;
  case IOCTL_NOTEBOOK_CLEAR:
    Status = ClearNotes(Notebook);
    break;
  case IOCTL_NOTEBOOK_COUNT:
    Status = CountNotes(Extension, Notebook, Irp->UserBuffer, Length);
    break;
  case IOCTL_NOTEBOOK_LEND:
    Status = LendNotes(Extension, Notebook);
    break;
  case IOCTL_NOTEBOOK_GIVE_BACK:
    Status = GiveBackNotes(Extension, Notebook);
    break;
  }
  /* CountNotes leaves its region on one path only. */
  return NotebookComplete(Irp, Status, 0); /* planted: wdm.GuardedRegions */
}
