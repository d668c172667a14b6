// RUN: %ddi %s
#include <ntddk.h>

#define TAG 'tset'

typedef struct _EXTENSION {
  PVOID Buffer;
  BOOLEAN Failed;
} EXTENSION, *PEXTENSION;
VOID Refill(PEXTENSION ext);

// --- ok ---

VOID ok_once(PEXTENSION ext) {
  PVOID buffer = ExAllocatePoolWithTag(NonPagedPool, 16, TAG);
  if (buffer)
    ExFreePoolWithTag(buffer, TAG);
}

VOID ok_another_block(PEXTENSION ext) {
  PVOID buffer = ExAllocatePoolWithTag(NonPagedPool, 16, TAG);
  if (buffer)
    ExFreePoolWithTag(buffer, TAG);
  buffer = ExAllocatePoolWithTag(NonPagedPool, 16, TAG);
  if (buffer)
    ExFreePoolWithTag(buffer, TAG);
}

VOID ok_set_to_null(PEXTENSION ext) {
  ExFreePoolWithTag(ext->Buffer, TAG);
  ext->Buffer = NULL;
  if (ext->Buffer)
    ExFreePoolWithTag(ext->Buffer, TAG);
}

VOID ok_refilled(PEXTENSION ext) {
  ExFreePoolWithTag(ext->Buffer, TAG);
  Refill(ext);
  ExFreePoolWithTag(ext->Buffer, TAG);
}

VOID ok_one_of_two(PEXTENSION ext, PVOID other) {
  ExFreePoolWithTag(ext->Buffer, TAG);
  ExFreePoolWithTag(other, TAG);
}

typedef struct _NODE {
  struct _NODE *Next;
} NODE, *PNODE;

VOID ok_list(PNODE node) {
  while (node) {
    PNODE next = node->Next;
    ExFreePoolWithTag(node, TAG);
    node = next;
  }
}

// --- bad ---

VOID bad_twice(PEXTENSION ext) {
  PVOID buffer = ExAllocatePoolWithTag(NonPagedPool, 16, TAG);
  if (!buffer)
    return;
  ExFreePoolWithTag(buffer, TAG);
  if (ext->Failed)
    ExFreePoolWithTag(buffer, TAG); // expected-warning {{'ExFreePoolWithTag' frees a block that this path has freed before [ddi.wdm.DoubleExFreePool]}}
}

VOID bad_member(PEXTENSION ext) {
  ExFreePoolWithTag(ext->Buffer, TAG);
  if (ext->Failed)
    ExFreePoolWithTag(ext->Buffer, TAG); // expected-warning {{frees a block that this path has freed before}}
}

static VOID drop(PVOID buffer) { ExFreePoolWithTag(buffer, TAG); }

VOID bad_by_helper(PVOID buffer) {
  drop(buffer);
  ExFreePool(buffer); // expected-warning {{'ExFreePool' frees a block that this path has freed before}}
}
