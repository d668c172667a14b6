/* A system thread that drops old notes.  The system starts it inside a critical
   region, so it needs none of its own. */
#include "notebook.h"

enum { ROUND = -10 * 1000 * 1000 }; /* a second, in units of 100 ns */

static VOID SweepOne(PNOTEBOOK Notebook) {
  if (!ExAcquireResourceExclusiveLite(&Notebook->Resource, FALSE))
    return;
  NotesDropOld(Notebook);
  ExReleaseResourceLite(&Notebook->Resource);
}

static VOID SweepAll(PEXTENSION Extension) {
  PLIST_ENTRY Link;

  ExAcquireResourceSharedLite(&Extension->Resource, TRUE);
  for (Link = Extension->Notebooks.Flink; Link != &Extension->Notebooks;
       Link = Link->Flink)
    SweepOne(CONTAINING_RECORD(Link, NOTEBOOK, Link));
  ExReleaseResourceLite(&Extension->Resource);
}

static VOID DropAll(PEXTENSION Extension) {
  ExAcquireResourceSharedLite(&Extension->Resource, TRUE);
  if (IsListEmpty(&Extension->Notebooks)) {
    ExReleaseResourceLite(&Extension->Resource);
    return;
  }
  ExAcquireResourceExclusiveLite(&Extension->Resource, TRUE); /* planted: wdm.ExclusiveResourceAccess */
  InitializeListHead(&Extension->Notebooks);
  ExReleaseResourceLite(&Extension->Resource);
}

VOID NotebookSweeper(PVOID Context) {
  PEXTENSION Extension = Context;
  LARGE_INTEGER Timeout;

  Timeout.QuadPart = ROUND;
  while (KeWaitForSingleObject(&Extension->Stop, Executive, KernelMode, FALSE,
                               &Timeout) == STATUS_TIMEOUT)
    SweepAll(Extension);
  DropAll(Extension);
  PsTerminateSystemThread(STATUS_SUCCESS);
}
