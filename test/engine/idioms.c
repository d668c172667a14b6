// How drivers write what is right.  Nothing is to be found here.
// RUN: %ddi %s
#include <ntifs.h>

#define MAY_WAIT 1
#define HOLDS_RESOURCE 1
#define HOLDS_LOCK 2

typedef struct _VCB {
  ERESOURCE Resource;
  EX_PUSH_LOCK Lock;
  ULONG Flags;
  LIST_ENTRY Links;
  struct _VCB *Parent;
} VCB, *PVCB;

typedef struct _REQUEST {
  PVCB Vcb;
  ULONG Flags;
  BOOLEAN Acquired;
  PERESOURCE Resource;
} REQUEST, *PREQUEST;

typedef struct _CALLBACKS {
  BOOLEAN (*Acquire)(PVOID, BOOLEAN);
  VOID (*Release)(PVOID);
} CALLBACKS;

NTSTATUS Post(PREQUEST q);
NTSTATUS Find(PVCB *vcb);
VOID Change(PREQUEST q);
VOID Unknown(VOID);
BOOLEAN Decide(VOID);

NTSTATUS ok_wait_from_flags(PREQUEST q, PVCB vcb) {
  NTSTATUS status;
  FsRtlEnterFileSystem();
  if (!ExAcquireResourceSharedLite(&vcb->Resource,
                                   (BOOLEAN)((q->Flags & MAY_WAIT) != 0))) {
    status = Post(q);
    FsRtlExitFileSystem();
    return status;
  }
  ExReleaseResourceLite(&vcb->Resource);
  FsRtlExitFileSystem();
  return STATUS_SUCCESS;
}

static VOID acquire_perhaps(PVCB vcb, BOOLEAN *acquired) {
  if (Decide()) {
    ExAcquireResourceExclusiveLite(&vcb->Resource, TRUE);
    *acquired = TRUE;
  }
}

VOID ok_flag_by_pointer(PVCB vcb) {
  BOOLEAN acquired = FALSE;
  KeEnterCriticalRegion();
  acquire_perhaps(vcb, &acquired);
  if (acquired)
    ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_flag_in_member(PREQUEST q) {
  KeEnterCriticalRegion();
  q->Acquired = FALSE;
  if (Decide()) {
    ExAcquireResourceExclusiveLite(&q->Vcb->Resource, TRUE);
    q->Acquired = TRUE;
  }
  Unknown();
  if (q->Acquired)
    ExReleaseResourceLite(&q->Vcb->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_pointer_is_the_flag(PVCB vcb) {
  PERESOURCE held = NULL;
  KeEnterCriticalRegion();
  if (Decide()) {
    held = &vcb->Resource;
    ExAcquireResourceExclusiveLite(held, TRUE);
  }
  if (held)
    ExReleaseResourceLite(held);
  KeLeaveCriticalRegion();
}

VOID ok_bits_are_the_flags(PVCB vcb) {
  ULONG holds = 0;
  KeEnterCriticalRegion();
  if (Decide()) {
    ExAcquireResourceExclusiveLite(&vcb->Resource, TRUE);
    holds |= HOLDS_RESOURCE;
  }
  if (Decide()) {
    ExAcquirePushLockShared(&vcb->Lock);
    holds |= HOLDS_LOCK;
  }
  if (holds & HOLDS_LOCK)
    ExReleasePushLockShared(&vcb->Lock);
  if (holds & HOLDS_RESOURCE)
    ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_mode_is_the_flag(PVCB vcb, int mode) {
  KeEnterCriticalRegion();
  if (mode == 1)
    ExAcquireResourceSharedLite(&vcb->Resource, TRUE);
  else if (mode == 2)
    ExAcquireResourceExclusiveLite(&vcb->Resource, TRUE);
  Unknown();
  if (mode == 1 || mode == 2)
    ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
}

static BOOLEAN acquire_for_lazy_write(PVOID context, BOOLEAN wait) {
  return ExAcquireResourceSharedLite(&((PVCB)context)->Resource, wait);
}

static VOID release_from_lazy_write(PVOID context) {
  ExReleaseResourceLite(&((PVCB)context)->Resource);
}

VOID ok_callbacks_stored(CALLBACKS *callbacks) {
  callbacks->Acquire = acquire_for_lazy_write;
  callbacks->Release = release_from_lazy_write;
}

const CALLBACKS Callbacks = {acquire_for_lazy_write, release_from_lazy_write};

// It may have changed what q->Vcb is.
VOID ok_changed_between(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Vcb->Resource, TRUE);
  Change(q);
  ExReleaseResourceLite(&q->Vcb->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_equal_pointers(PVCB a, PVCB b) {
  KeEnterCriticalRegion();
  if (a == b) {
    ExAcquireResourceExclusiveLite(&a->Resource, TRUE);
    ExReleaseResourceLite(&b->Resource);
  }
  KeLeaveCriticalRegion();
}

VOID ok_pointer_kept_in_member(PREQUEST q, PVCB vcb) {
  KeEnterCriticalRegion();
  q->Resource = &vcb->Resource;
  ExAcquireResourceExclusiveLite(q->Resource, TRUE);
  ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
}

NTSTATUS ok_found_by_pointer(PREQUEST q) {
  PVCB vcb = NULL;
  NTSTATUS status;
  KeEnterCriticalRegion();
  status = Find(&vcb);
  if (NT_SUCCESS(status)) {
    ExAcquireResourceExclusiveLite(&vcb->Resource, TRUE);
    status = Post(q);
    ExReleaseResourceLite(&vcb->Resource);
  }
  KeLeaveCriticalRegion();
  return status;
}

static PVCB find_and_lock(ULONG key) {
  static VCB table[4];
  PVCB vcb = &table[key & 3];
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&vcb->Resource, TRUE);
  if (vcb->Flags == key)
    return vcb;
  ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
  return NULL;
}

VOID ok_result_tells_that_it_is_locked(ULONG key) {
  PVCB vcb = find_and_lock(key);
  if (!vcb)
    return;
  ExReleaseResourceLite(&vcb->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_list_of_records(PVCB vcb) {
  PLIST_ENTRY entry;
  KeEnterCriticalRegion();
  for (entry = vcb->Links.Flink; entry != &vcb->Links; entry = entry->Flink) {
    PVCB each = CONTAINING_RECORD(entry, VCB, Links);
    ExAcquireResourceExclusiveLite(&each->Resource, TRUE);
    Unknown();
    ExReleaseResourceLite(&each->Resource);
  }
  KeLeaveCriticalRegion();
}

VOID ok_all_parents_then_all(PVCB vcb) {
  PVCB each;
  KeEnterCriticalRegion();
  for (each = vcb; each; each = each->Parent)
    ExAcquireResourceExclusiveLite(&each->Resource, TRUE);
  for (each = vcb; each; each = each->Parent)
    ExReleaseResourceLite(&each->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_held_already(PVCB vcb) {
  KeEnterCriticalRegion();
  if (ExIsResourceAcquiredExclusiveLite(&vcb->Resource)) {
    Unknown();
  } else {
    ExAcquireResourceExclusiveLite(&vcb->Resource, TRUE);
    ExReleaseResourceLite(&vcb->Resource);
  }
  KeLeaveCriticalRegion();
}

NTSTATUS ok_initialisation_checked(PVCB vcb) {
  NTSTATUS status = ExInitializeResourceLite(&vcb->Resource);
  if (!NT_SUCCESS(status)) {
    ExFreePool(vcb);
    return status;
  }
  return STATUS_SUCCESS;
}

VOID ok_wait_for_event_while_held(PVCB vcb, PKEVENT event) {
  LARGE_INTEGER timeout = {0};
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&vcb->Lock);
  if (KeWaitForSingleObject(event, Executive, KernelMode, FALSE, &timeout) ==
      STATUS_TIMEOUT) {
    ExReleasePushLockShared(&vcb->Lock);
    KeLeaveCriticalRegion();
    return;
  }
  ExReleasePushLockShared(&vcb->Lock);
  KeLeaveCriticalRegion();
}

VOID ok_index_is_the_same(PVCB *all, ULONG i) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&all[i]->Resource, TRUE);
  ExReleaseResourceLite(&all[i]->Resource);
  KeLeaveCriticalRegion();
}

// Which element is released does not show.
VOID ok_index_differs(PVCB *all, ULONG i, ULONG j) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&all[i]->Resource, TRUE);
  ExReleaseResourceLite(&all[j]->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_chosen_object(PVCB a, PVCB b) {
  PERESOURCE r = Decide() ? &a->Resource : &b->Resource;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

// Who does not look at the result knows that it waits.
VOID ok_result_not_looked_at(PVCB v, ULONG flags) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&v->Resource, (BOOLEAN)((flags & 1) ? TRUE : FALSE));
  ExReleaseResourceLite(&v->Resource);
  KeLeaveCriticalRegion();
}
