// Loops: what one round does, the next one sees.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _NODE {
  struct _NODE *Next;
  ERESOURCE Resource;
  ULONG Key;
} NODE, *PNODE;

BOOLEAN Decide(VOID);
VOID Unknown(VOID);

// --- ok ---

VOID ok_list(PNODE node) {
  KeEnterCriticalRegion();
  for (; node; node = node->Next) {
    ExAcquireResourceExclusiveLite(&node->Resource, TRUE);
    ExReleaseResourceLite(&node->Resource);
  }
  KeLeaveCriticalRegion();
}

VOID ok_hand_over_hand(PNODE node) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&node->Resource, TRUE);
  while (node->Next) {
    PNODE next = node->Next;
    ExAcquireResourceSharedLite(&next->Resource, TRUE);
    ExReleaseResourceLite(&node->Resource);
    node = next;
  }
  ExReleaseResourceLite(&node->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_all_then_all(PNODE *nodes, ULONG count) {
  ULONG i;
  KeEnterCriticalRegion();
  for (i = 0; i < count; i++)
    ExAcquireResourceExclusiveLite(&nodes[i]->Resource, TRUE);
  for (i = 0; i < count; i++)
    ExReleaseResourceLite(&nodes[i]->Resource);
  KeLeaveCriticalRegion();
}

VOID ok_retry(PERESOURCE r) {
  KeEnterCriticalRegion();
  while (!ExAcquireResourceExclusiveLite(r, FALSE))
    Unknown();
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_leave_to_retry(PERESOURCE r) {
retry:
  KeEnterCriticalRegion();
  if (!ExAcquireResourceExclusiveLite(r, FALSE)) {
    KeLeaveCriticalRegion();
    goto retry;
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_many_rounds(PERESOURCE r) {
  ULONG i;
  for (i = 0; i < 1000; i++) {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(r, TRUE);
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
}

VOID ok_released_for_a_while(PNODE node, PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  for (; node; node = node->Next) {
    if (node->Key)
      continue;
    ExReleaseResourceLite(r);
    Unknown();
    ExAcquireResourceExclusiveLite(r, TRUE);
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_kept_in_flag(PERESOURCE r, ULONG n) {
  BOOLEAN held = FALSE;
  KeEnterCriticalRegion();
  while (n--) {
    if (!held) {
      ExAcquireResourceSharedLite(r, TRUE);
      held = TRUE;
    }
    Unknown();
  }
  if (held)
    ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_switch(PERESOURCE r, ULONG how) {
  KeEnterCriticalRegion();
  switch (how) {
  case 0:
    ExAcquireResourceSharedLite(r, TRUE);
    break;
  case 1:
    ExAcquireResourceExclusiveLite(r, TRUE);
    break;
  default:
    KeLeaveCriticalRegion();
    return;
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

// --- bad ---

VOID bad_continue_keeps(PNODE node) {
  KeEnterCriticalRegion();
  for (; node; node = node->Next) {
    ExAcquireResourceExclusiveLite(&node->Resource, TRUE);
    if (node->Key)
      continue;
    ExReleaseResourceLite(&node->Resource);
  }
  KeLeaveCriticalRegion(); // expected-warning {{lets normal kernel APCs in while}}
}

VOID bad_break_keeps(PNODE node) {
  KeEnterCriticalRegion();
  for (; node; node = node->Next) {
    ExAcquireResourceExclusiveLite(&node->Resource, TRUE);
    if (node->Key)
      break;
    ExReleaseResourceLite(&node->Resource);
  }
  KeLeaveCriticalRegion(); // expected-warning {{lets normal kernel APCs in while}}
}

VOID bad_enters_each_round(ULONG n) {
  while (n--)
    KeEnterCriticalRegion();
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

VOID bad_leaves_each_round(ULONG n) {
  KeEnterCriticalRegion();
  do
    KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
  while (n--);
}

VOID bad_return_in_loop(PNODE node, PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(r, TRUE);
  for (; node; node = node->Next)
    if (node->Key)
      return; // expected-warning {{Returns with 'r' still held}} {{[ddi.wdm.CriticalRegions]}}
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID bad_switch_falls_through(PERESOURCE r, ULONG how) {
  KeEnterCriticalRegion();
  switch (how) {
  case 0:
    ExAcquireResourceSharedLite(r, TRUE);
  case 1:
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{waits for 'r', which this path holds shared: deadlock}}
    ExReleaseResourceLite(r);
    break;
  }
  KeLeaveCriticalRegion();
}
