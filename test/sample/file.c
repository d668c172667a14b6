/* What a handle to the device can do: open, read, write, close. */
#include "notebook.h"

NTSTATUS NotebookCreate(PDEVICE_OBJECT Device, PIRP Irp) {
  PEXTENSION Extension = Device->DeviceExtension;
  PNOTEBOOK Notebook =
      ExAllocatePoolWithTag(NonPagedPoolNx, sizeof *Notebook, NOTEBOOK_TAG);

  if (Notebook == NULL)
    return NotebookComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
  ExInitializeResourceLite(&Notebook->Resource);
  InitializeListHead(&Notebook->Notes);
  Notebook->Count = 0;

  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Extension->Resource, TRUE);
  if (Extension->IsStopping) {
    ExReleaseResourceLite(&Extension->Resource);
    KeLeaveCriticalRegion();
    ExFreePoolWithTag(Notebook, NOTEBOOK_TAG); /* planted: wdm.ResourceLifetime */
    return NotebookComplete(Irp, STATUS_UNSUCCESSFUL, 0);
  }
  InsertTailList(&Extension->Notebooks, &Notebook->Link);
  ExReleaseResourceLite(&Extension->Resource);
  KeLeaveCriticalRegion();

  IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext = Notebook;
  return NotebookComplete(Irp, STATUS_SUCCESS, 0);
}

/* The last handle goes: nobody finds the notebook any more. */
NTSTATUS NotebookCleanup(PDEVICE_OBJECT Device, PIRP Irp) {
  PEXTENSION Extension = Device->DeviceExtension;
  PNOTEBOOK Notebook = NotebookOf(Irp);

  ExEnterCriticalRegionAndAcquireResourceExclusive(&Extension->Resource);
  RemoveEntryList(&Notebook->Link);
  ExReleaseResourceAndLeaveCriticalRegion(&Extension->Resource);

  ExAcquireResourceExclusiveLite(&Notebook->Resource, TRUE); /* planted: wdm.WithinCriticalRegion */
  NotesClear(Notebook);
  ExReleaseResourceLite(&Notebook->Resource);
  return NotebookComplete(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS NotebookClose(PDEVICE_OBJECT Device, PIRP Irp) {
  PNOTEBOOK Notebook = NotebookOf(Irp);

  UNREFERENCED_PARAMETER(Device);
  ExDeleteResourceLite(&Notebook->Resource);
  ExFreePoolWithTag(Notebook, NOTEBOOK_TAG);
  return NotebookComplete(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS NotebookRead(PDEVICE_OBJECT Device, PIRP Irp) {
  PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
  PNOTEBOOK Notebook = Stack->FileObject->FsContext;
  ULONG Length = Stack->Parameters.Read.Length;
  PNOTE First;

  UNREFERENCED_PARAMETER(Device);
  KeEnterCriticalRegion();
  if (!ExAcquireResourceSharedLite(&Notebook->Resource, FALSE)) {
    Irp->IoStatus.Status = STATUS_CANT_WAIT;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_CANT_WAIT; /* planted: wdm.CriticalRegions */
  }
  if (IsListEmpty(&Notebook->Notes) || Length < NOTE_LENGTH) {
    ExReleaseResourceLite(&Notebook->Resource);
    KeLeaveCriticalRegion();
    return NotebookComplete(Irp, STATUS_NOT_FOUND, 0);
  }
  First = CONTAINING_RECORD(Notebook->Notes.Flink, NOTE, Link);
  RtlCopyMemory(Irp->UserBuffer, First->Text, NOTE_LENGTH);
  ExReleaseResourceLite(&Notebook->Resource);
  KeLeaveCriticalRegion();
  return NotebookComplete(Irp, STATUS_SUCCESS, NOTE_LENGTH);
}

/* The user's memory may be gone: __finally releases in any case. */
NTSTATUS NotebookWrite(PDEVICE_OBJECT Device, PIRP Irp) {
  PEXTENSION Extension = Device->DeviceExtension;
  PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
  PNOTEBOOK Notebook = Stack->FileObject->FsContext;
  ULONG Length = Stack->Parameters.Write.Length;
  NTSTATUS Status = STATUS_INVALID_PARAMETER;

  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Notebook->Resource, TRUE);
  __try {
    if (Length > NOTE_LENGTH)
      __leave;
    ProbeForRead(Irp->UserBuffer, Length, 1);
    Status = NotesAdd(Notebook, Notebook->Count, Irp->UserBuffer, Length);
  } __finally {
    ExReleaseResourceLite(&Notebook->Resource);
    KeLeaveCriticalRegion();
  }
  if (NT_SUCCESS(Status))
    IndexAdd(&Extension->Index, Length);
  return NotebookComplete(Irp, Status, Length);
}
