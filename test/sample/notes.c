/* The notes of one notebook.  Its resource is the caller's business. */
#include "notebook.h"

enum { OLD = 100 };

NTSTATUS NotesAdd(PNOTEBOOK Notebook, ULONG Key, const CHAR *Text,
                  ULONG Length) {
  PNOTE Note = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof *Note, NOTEBOOK_TAG);

  if (Note == NULL)
    return STATUS_INSUFFICIENT_RESOURCES;
  RtlZeroMemory(Note, sizeof *Note);
  Note->Key = Key;
  RtlCopyMemory(Note->Text, Text, Length);
  InsertTailList(&Notebook->Notes, &Note->Link);
  Notebook->Count++;
  return STATUS_SUCCESS;
}

PNOTE NotesFind(PNOTEBOOK Notebook, ULONG Key) {
  PLIST_ENTRY Link;

  for (Link = Notebook->Notes.Flink; Link != &Notebook->Notes;
       Link = Link->Flink) {
    PNOTE Note = CONTAINING_RECORD(Link, NOTE, Link);

    if (Note->Key == Key) {
      Note->Age = 0;
      return Note;
    }
  }
  return NULL;
}

VOID NotesClear(PNOTEBOOK Notebook) {
  while (!IsListEmpty(&Notebook->Notes)) {
    PLIST_ENTRY Link = RemoveHeadList(&Notebook->Notes);

    ExFreePoolWithTag(CONTAINING_RECORD(Link, NOTE, Link), NOTEBOOK_TAG);
  }
  Notebook->Count = 0;
}

ULONG NotesDropOld(PNOTEBOOK Notebook) {
  PLIST_ENTRY Link = Notebook->Notes.Flink;
  ULONG Dropped = 0;

  while (Link != &Notebook->Notes) {
    PNOTE Note = CONTAINING_RECORD(Link, NOTE, Link);

    Link = Link->Flink;
    if (++Note->Age < OLD)
      continue;
    RemoveEntryList(&Note->Link);
    ExFreePoolWithTag(Note, NOTEBOOK_TAG);
    Notebook->Count--;
    Dropped++;
  }
  return Dropped;
}
