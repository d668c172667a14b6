/*
 * Notebook: a small WDM driver that keeps notes in memory.  Who opens the device
 * has a notebook of his own; an index over all of them answers how many notes
 * have a key; a system thread drops notes that nobody has read for a while.
 *
 * It is the sample of ddi-check: most of it is right, and some of it is wrong on
 * purpose.  A comment on the line of a mistake names the rule that finds it.
 */
#ifndef NOTEBOOK_H
#define NOTEBOOK_H

#include <wdm.h>

#define NOTEBOOK_TAG 'kbtN'

#define IOCTL_NOTEBOOK_FIND                                                    \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_NOTEBOOK_CLEAR                                                   \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_NOTEBOOK_COUNT                                                   \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_NOTEBOOK_LEND                                                    \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x804, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_NOTEBOOK_GIVE_BACK                                               \
  CTL_CODE(FILE_DEVICE_UNKNOWN, 0x805, METHOD_NEITHER, FILE_ANY_ACCESS)

enum { NOTE_LENGTH = 120, INDEX_BUCKETS = 32 };

typedef struct _NOTE {
  LIST_ENTRY Link;
  ULONG Key;
  ULONG Age;
  CHAR Text[NOTE_LENGTH];
} NOTE, *PNOTE;

/* One for each open handle. */
typedef struct _NOTEBOOK {
  LIST_ENTRY Link;    /* in EXTENSION.Notebooks */
  ERESOURCE Resource; /* guards Notes and Count */
  LIST_ENTRY Notes;
  ULONG Count;
} NOTEBOOK, *PNOTEBOOK;

typedef struct _INDEX {
  EX_PUSH_LOCK Lock; /* guards Buckets */
  ULONG Buckets[INDEX_BUCKETS];
} INDEX, *PINDEX;

typedef struct _EXTENSION {
  ERESOURCE Resource; /* guards Notebooks */
  LIST_ENTRY Notebooks;
  INDEX Index;
  KEVENT Stop;
  PVOID Sweeper; /* the thread object */
  ULONG_PTR Borrower; /* its address is whom lent notebooks belong to */
  BOOLEAN IsStopping;
} EXTENSION, *PEXTENSION;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NotebookUnload;
DRIVER_DISPATCH NotebookCreate;
DRIVER_DISPATCH NotebookClose;
DRIVER_DISPATCH NotebookCleanup;
DRIVER_DISPATCH NotebookRead;
DRIVER_DISPATCH NotebookWrite;
DRIVER_DISPATCH NotebookControl;
KSTART_ROUTINE NotebookSweeper;

NTSTATUS NotebookComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);
PNOTEBOOK NotebookOf(PIRP Irp);

/* Call them with the notebook's resource held. */
NTSTATUS NotesAdd(PNOTEBOOK Notebook, ULONG Key, const CHAR *Text, ULONG Length);
PNOTE NotesFind(PNOTEBOOK Notebook, ULONG Key);
VOID NotesClear(PNOTEBOOK Notebook);
ULONG NotesDropOld(PNOTEBOOK Notebook);

VOID IndexStart(PINDEX Index);
VOID IndexAdd(PINDEX Index, ULONG Key);
VOID IndexRemove(PINDEX Index, ULONG Key);
ULONG IndexCount(PINDEX Index, ULONG Key);
BOOLEAN IndexMove(PINDEX Index, ULONG From, ULONG To);

#endif
