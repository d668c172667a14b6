// The page asks for the two low bits of the owner's address.
// RUN: %ddi %s --strictness strict --rules wdm.ResourceOwner
#include <ntifs.h>

typedef struct _REQUEST {
  ERESOURCE Resource;
  ERESOURCE_THREAD Owner;
} REQUEST, *PREQUEST;

// --- ok ---

VOID ok_tagged(PREQUEST q) {
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
}

VOID ok_tagged_by_addition(PREQUEST q) {
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner + 3), 0);
}

// --- bad ---

VOID bad_untagged(PREQUEST q) {
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, &q->Owner, 0); // expected-warning {{'ExSetResourceOwnerPointerEx' with an owner id whose two low bits are not set [ddi.wdm.ResourceOwner]}}
}

VOID bad_one_bit(PREQUEST q) {
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 1), 0); // expected-warning {{with an owner id whose two low bits are not set}}
}
