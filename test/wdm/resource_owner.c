// RUN: %ddi %s
#include <ntifs.h>

#define TAG 'tset'

typedef struct _REQUEST {
  ERESOURCE Resource;
  ERESOURCE_THREAD Owner;
  PETHREAD Thread;
} REQUEST, *PREQUEST;

// --- ok ---

VOID ok_transferred_and_released_for_owner(PREQUEST q) {
  PVOID owner = (PVOID)((ULONG_PTR)&q->Owner | 3);
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExReleaseResourceForThreadLite(&q->Resource, (ERESOURCE_THREAD)owner);
  KeLeaveCriticalRegion();
}

VOID ok_transferred_and_left_to_the_owner(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
  KeLeaveCriticalRegion();
}

VOID ok_owner_written_twice(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
  ExReleaseResourceForThreadLite(&q->Resource, (ULONG_PTR)&q->Owner | 3);
  KeLeaveCriticalRegion();
}

VOID ok_old_routine(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointer(&q->Resource, owner);
  ExReleaseResourceForThreadLite(&q->Resource, (ERESOURCE_THREAD)owner);
  KeLeaveCriticalRegion();
}

VOID ok_owner_is_a_thread(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, q->Thread,
                              FLAG_OWNER_POINTER_IS_THREAD);
  KeLeaveCriticalRegion();
}

VOID ok_released_for_the_current_thread(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExReleaseResourceForThreadLite(&q->Resource, ExGetCurrentResourceThread());
  KeLeaveCriticalRegion();
}

VOID ok_released_for_the_current_thread_by_other_name(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExReleaseResourceForThreadLite(&q->Resource,
                                 (ERESOURCE_THREAD)KeGetCurrentThread());
  KeLeaveCriticalRegion();
}

// Another thread acquired it: nothing is known of the transfer.
VOID ok_user_thread_releases(PREQUEST q) {
  KeEnterCriticalRegion();
  ExReleaseResourceForThreadLite(&q->Resource, (ULONG_PTR)&q->Owner | 3);
  KeLeaveCriticalRegion();
}

VOID ok_acquired_again_after_the_owner_released(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExReleaseResourceForThreadLite(&q->Resource, (ERESOURCE_THREAD)owner);
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExReleaseResourceLite(&q->Resource);
  KeLeaveCriticalRegion();
}

static VOID give_away(PERESOURCE r, PVOID owner) {
  ExSetResourceOwnerPointerEx(r, owner, 0);
}

VOID ok_through_helper(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  give_away(&q->Resource, owner);
  ExReleaseResourceForThreadLite(&q->Resource, (ERESOURCE_THREAD)owner);
  KeLeaveCriticalRegion();
}

VOID ok_owner_word_freed_after_release(PERESOURCE r) {
  ERESOURCE_THREAD *word = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *word, TAG);
  if (!word)
    return;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExSetResourceOwnerPointerEx(r, (PVOID)((ULONG_PTR)word | 3), 0);
  ExReleaseResourceForThreadLite(r, (ULONG_PTR)word | 3);
  KeLeaveCriticalRegion();
  ExFreePoolWithTag(word, TAG);
}

VOID ok_untagged_owner_is_not_judged_by_default(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, &q->Owner, 0);
  KeLeaveCriticalRegion();
}

// --- bad: released for another thread without a transfer ---

VOID bad_not_transferred(PREQUEST q, ERESOURCE_THREAD thread) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExReleaseResourceForThreadLite(&q->Resource, thread); // expected-warning {{'ExReleaseResourceForThreadLite' for another thread, but the ownership of 'q->Resource' was not transferred by ExSetResourceOwnerPointerEx [ddi.wdm.ResourceOwner]}}
  KeLeaveCriticalRegion();
}

VOID bad_tagged_owner_not_transferred(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&q->Resource, TRUE);
  ExReleaseResourceForThreadLite(&q->Resource, (ULONG_PTR)&q->Owner | 3); // expected-warning {{for another thread, but the ownership of 'q->Resource' was not transferred}}
  KeLeaveCriticalRegion();
}

// --- bad: another owner ---

VOID bad_other_owner(PREQUEST q, PREQUEST p) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
  ExReleaseResourceForThreadLite(&q->Resource, (ULONG_PTR)&q->Thread | 3); // expected-warning {{'ExReleaseResourceForThreadLite' with another owner than the one that 'q->Resource' was transferred to [ddi.wdm.ResourceOwner]}}
  KeLeaveCriticalRegion();
}

VOID bad_owner_without_its_tag(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
  ExReleaseResourceForThreadLite(&q->Resource, (ULONG_PTR)&q->Owner); // expected-warning {{with another owner than the one that 'q->Resource' was transferred to}}
  KeLeaveCriticalRegion();
}

VOID bad_released_for_current_thread_after_transfer(PREQUEST q) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&q->Owner | 3), 0);
  ExReleaseResourceForThreadLite(&q->Resource, ExGetCurrentResourceThread()); // expected-warning {{with another owner than the one that 'q->Resource' was transferred to}}
  KeLeaveCriticalRegion();
}

// --- bad: anything else after the transfer ---

VOID bad_released_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExReleaseResourceLite(&q->Resource); // expected-warning {{'ExReleaseResourceLite' on 'q->Resource' after its ownership was transferred: only ExReleaseResourceForThreadLite may follow [ddi.wdm.ResourceOwner]}}
  KeLeaveCriticalRegion();
}

VOID bad_acquired_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointer(&q->Resource, owner);
  ExAcquireResourceSharedLite(&q->Resource, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' on 'q->Resource' after its ownership was transferred}}
  KeLeaveCriticalRegion();
}

VOID bad_converted_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExConvertExclusiveToSharedLite(&q->Resource); // expected-warning {{'ExConvertExclusiveToSharedLite' on 'q->Resource' after its ownership was transferred}}
  KeLeaveCriticalRegion();
}

VOID bad_transferred_twice(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0); // expected-warning {{'ExSetResourceOwnerPointerEx' on 'q->Resource' after its ownership was transferred}}
  KeLeaveCriticalRegion();
}

VOID bad_asked_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  ExIsResourceAcquiredExclusiveLite(&q->Resource); // expected-warning {{'ExIsResourceAcquiredExclusiveLite' on 'q->Resource' after its ownership was transferred}}
  KeLeaveCriticalRegion();
}

VOID bad_deleted_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  KeLeaveCriticalRegion();
  ExDeleteResourceLite(&q->Resource); // expected-warning {{'ExDeleteResourceLite' on 'q->Resource' after its ownership was transferred}}
}

VOID bad_reinitialised_after_transfer(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0);
  KeLeaveCriticalRegion();
  ExReinitializeResourceLite(&q->Resource); // expected-warning {{'ExReinitializeResourceLite' on 'q->Resource' after its ownership was transferred}}
}

// --- bad: the transfer itself ---

VOID bad_transfer_not_held(PREQUEST q, PVOID owner) {
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 0); // expected-warning {{'ExSetResourceOwnerPointerEx' on 'q->Resource', which this path does not hold [ddi.wdm.ResourceOwner]}}
}

VOID bad_transfer_after_release(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExReleaseResourceLite(&q->Resource);
  ExSetResourceOwnerPointer(&q->Resource, owner); // expected-warning {{'ExSetResourceOwnerPointer' on 'q->Resource', which this path does not hold}}
  KeLeaveCriticalRegion();
}

VOID bad_owner_on_stack(PREQUEST q) {
  ERESOURCE_THREAD word = 3;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, (PVOID)((ULONG_PTR)&word | 3), 0); // expected-warning {{'ExSetResourceOwnerPointerEx' with an owner word on the stack: it must last until ExReleaseResourceForThreadLite returns [ddi.wdm.ResourceOwner]}}
  KeLeaveCriticalRegion();
}

VOID bad_owner_of_old_routine_on_stack(PREQUEST q) {
  ERESOURCE_THREAD word = 3;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointer(&q->Resource, &word); // expected-warning {{'ExSetResourceOwnerPointer' with an owner word on the stack}}
  KeLeaveCriticalRegion();
}

VOID bad_flags(PREQUEST q, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&q->Resource, TRUE);
  ExSetResourceOwnerPointerEx(&q->Resource, owner, 2); // expected-warning {{'ExSetResourceOwnerPointerEx' with undefined flags: only 0 and FLAG_OWNER_POINTER_IS_THREAD are defined [ddi.wdm.ResourceOwner]}}
  KeLeaveCriticalRegion();
}

VOID bad_owner_word_freed(PERESOURCE r) {
  ERESOURCE_THREAD *word = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *word, TAG);
  if (!word)
    return;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExSetResourceOwnerPointerEx(r, (PVOID)((ULONG_PTR)word | 3), 0);
  ExFreePoolWithTag(word, TAG); // expected-warning {{'ExFreePoolWithTag' frees the owner word of 'r' before ExReleaseResourceForThreadLite [ddi.wdm.ResourceOwner]}}
  ExReleaseResourceForThreadLite(r, (ULONG_PTR)word | 3);
  KeLeaveCriticalRegion();
}
