// RUN: %ddi %s --rules wdm.ResourceLifetime
#include <ntifs.h>

#define TAG 'tset'

typedef struct _CTX {
  ULONG Count;
  ERESOURCE Resource;
  ERESOURCE Other;
} CTX, *PCTX;

ERESOURCE Global;
VOID Unknown(VOID);
VOID Prepare(PCTX c);
BOOLEAN GlobalIsThere;
ULONG Verbose;

// --- ok ---

VOID ok_whole_life(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *c, TAG);
  if (!c)
    return;
  ExInitializeResourceLite(&c->Resource);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  ExDeleteResourceLite(&c->Resource);
  ExFreePoolWithTag(c, TAG);
}

VOID ok_resource_is_the_block(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (!r)
    return;
  ExInitializeResourceLite(r);
  ExDeleteResourceLite(r);
  ExFreePoolWithTag(r, TAG);
}

VOID ok_reinitialised(PERESOURCE r) {
  ExInitializeResourceLite(r);
  ExReinitializeResourceLite(r);
  ExDeleteResourceLite(r);
}

VOID ok_initialised_again_after_delete(PERESOURCE r) {
  ExInitializeResourceLite(r);
  ExDeleteResourceLite(r);
  ExInitializeResourceLite(r);
}

VOID ok_two_of_one_block(PCTX c) {
  ExInitializeResourceLite(&c->Resource);
  ExInitializeResourceLite(&c->Other);
}

VOID ok_unknown_life(PCTX c) {
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  ExDeleteResourceLite(&c->Resource);
}

VOID ok_device_extension(PDEVICE_OBJECT device) {
  PCTX c = (PCTX)device->DeviceExtension;
  ExInitializeResourceLite(&c->Resource);
}

VOID ok_global(VOID) { ExInitializeResourceLite(&Global); }

VOID ok_nonpaged_nx(VOID) {
  PERESOURCE r = ExAllocatePoolZero(NonPagedPoolNx, sizeof *r, TAG);
  if (r)
    ExInitializeResourceLite(r);
}

VOID ok_freed_before_initialising(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *c, TAG);
  if (c)
    ExFreePoolWithTag(c, TAG);
}

VOID ok_prepared_by_a_routine_out_of_sight(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *c, TAG);
  if (!c)
    return;
  Prepare(c);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
}

static PCTX create(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *c, TAG);
  if (c)
    ExInitializeResourceLite(&c->Resource);
  return c;
}

static VOID destroy(PCTX c) {
  ExDeleteResourceLite(&c->Resource);
  ExFreePoolWithTag(c, TAG);
}

VOID ok_through_helpers(VOID) {
  PCTX c = create();
  if (!c)
    return;
  ExAcquireResourceSharedLite(&c->Resource, TRUE);
  ExReleaseResourceLite(&c->Resource);
  destroy(c);
}

VOID ok_each_of_an_array(PCTX *all, ULONG n) {
  ULONG i;
  for (i = 0; i < n; i++)
    ExInitializeResourceLite(&all[i]->Resource);
}

VOID ok_other_block_freed(PCTX c, PVOID other) {
  ExInitializeResourceLite(&c->Resource);
  ExFreePoolWithTag(other, TAG);
}

VOID ok_local_without_initialising(VOID) {
  ERESOURCE unused;
  UNREFERENCED_PARAMETER(unused);
  Unknown();
}

static VOID delete_if_there(PCTX c) {
  if (c->Count) {
    ExDeleteResourceLite(&c->Resource);
    c->Count = 0;
  }
}

// What changes the flag may have initialised the resource again.
VOID ok_flag_is_asked_again_behind_a_call(PCTX c) {
  delete_if_there(c);
  Prepare(c);
  delete_if_there(c);
}

static VOID delete_global_if_there(VOID) {
  if (GlobalIsThere) {
    ExDeleteResourceLite(&Global);
    GlobalIsThere = FALSE;
  }
}

VOID ok_global_flag_is_asked_again_behind_a_call(VOID) {
  delete_global_if_there();
  Unknown();
  delete_global_if_there();
}

// --- bad: initialised twice ---

VOID bad_initialised_twice(PERESOURCE r) {
  ExInitializeResourceLite(r);
  ExInitializeResourceLite(r); // expected-warning {{'ExInitializeResourceLite' on 'r', which is already initialised [ddi.wdm.ResourceLifetime]}}
}

VOID bad_initialised_after_reinitialise(PERESOURCE r) {
  ExInitializeResourceLite(r);
  ExReinitializeResourceLite(r);
  ExInitializeResourceLite(r); // expected-warning {{on 'r', which is already initialised}}
}

VOID bad_initialised_in_loop(PERESOURCE r, ULONG n) {
  while (n--)
    ExInitializeResourceLite(r); // expected-warning {{on 'r', which is already initialised}}
}

VOID bad_global_initialised_twice(VOID) {
  ExInitializeResourceLite(&Global);
  ExInitializeResourceLite(&Global); // expected-warning {{on 'Global', which is already initialised}}
}

// --- bad: never initialised ---

VOID bad_acquired_before_initialising(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (r)
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' on 'r', which was never initialised [ddi.wdm.ResourceLifetime]}}
}

VOID bad_member_never_initialised(VOID) {
  PCTX c = ExAllocatePoolWithTag(NonPagedPool, sizeof *c, TAG);
  if (!c)
    return;
  ExInitializeResourceLite(&c->Resource);
  ExAcquireResourceSharedLite(&c->Other, TRUE); // expected-warning {{'ExAcquireResourceSharedLite' on 'c->Other', which was never initialised}}
}

VOID bad_deleted_before_initialising(VOID) {
  PERESOURCE r = ExAllocatePoolUninitialized(NonPagedPool, sizeof *r, TAG);
  if (r)
    ExDeleteResourceLite(r); // expected-warning {{'ExDeleteResourceLite' on 'r', which was never initialised}}
}

VOID bad_reinitialised_before_initialising(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (r)
    ExReinitializeResourceLite(r); // expected-warning {{'ExReinitializeResourceLite' on 'r', which was never initialised}}
}

VOID bad_combined_before_initialising(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (r)
    ExEnterCriticalRegionAndAcquireResourceExclusive(r); // expected-warning {{'ExEnterCriticalRegionAndAcquireResourceExclusive' on 'r', which was never initialised}}
}

VOID bad_asked_before_initialising(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (r)
    ExIsResourceAcquiredExclusiveLite(r); // expected-warning {{'ExIsResourceAcquiredExclusiveLite' on 'r', which was never initialised}}
}

VOID bad_zeroed_pool(VOID) {
  PERESOURCE r = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *r, TAG);
  if (r)
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' on 'r', which was zeroed but never initialised [ddi.wdm.ResourceLifetime]}}
}

VOID bad_zeroed_by_hand(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(NonPagedPool, sizeof *r, TAG);
  if (!r)
    return;
  RtlZeroMemory(r, sizeof *r);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{on 'r', which was zeroed but never initialised}}
}

VOID bad_not_zeroed_by_flag(VOID) {
  PERESOURCE r = ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED,
                                 sizeof *r, TAG);
  if (r)
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{on 'r', which was never initialised}}
}

// --- bad: after the end ---

VOID bad_acquired_after_delete(PERESOURCE r) {
  ExDeleteResourceLite(r);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' on 'r', which was deleted [ddi.wdm.ResourceLifetime]}}
}

VOID bad_released_after_delete(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExDeleteResourceLite(r);
  ExReleaseResourceLite(r); // expected-warning {{'ExReleaseResourceLite' on 'r', which was deleted}}
}

VOID bad_reinitialised_after_delete(PERESOURCE r) {
  ExDeleteResourceLite(r);
  ExReinitializeResourceLite(r); // expected-warning {{'ExReinitializeResourceLite' on 'r', which was deleted}}
}

VOID bad_deleted_twice(PERESOURCE r) {
  ExDeleteResourceLite(r);
  ExDeleteResourceLite(r); // expected-warning {{'ExDeleteResourceLite' on 'r', which is already deleted [ddi.wdm.ResourceLifetime]}}
}

VOID bad_used_after_helper_deleted(PCTX c, BOOLEAN last) {
  if (last)
    ExDeleteResourceLite(&c->Resource);
  ExAcquireResourceExclusiveLite(&c->Resource, TRUE); // expected-warning {{on 'c->Resource', which was deleted}}
}

// --- bad: the memory ends first ---

VOID bad_freed_while_initialised(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof *c, TAG);
  if (!c)
    return;
  ExInitializeResourceLite(&c->Resource);
  ExFreePoolWithTag(c, TAG); // expected-warning {{'ExFreePoolWithTag' frees memory that holds the initialised resource 'c->Resource': call ExDeleteResourceLite first [ddi.wdm.ResourceLifetime]}}
}

VOID bad_freed_by_short_name(PCTX c) {
  ExInitializeResourceLite(&c->Resource);
  ExFreePool(c); // expected-warning {{'ExFreePool' frees memory that holds the initialised resource 'c->Resource'}}
}

VOID bad_one_of_two_deleted(PCTX c) {
  ExInitializeResourceLite(&c->Resource);
  ExInitializeResourceLite(&c->Other);
  ExDeleteResourceLite(&c->Resource);
  ExFreePoolWithTag(c, TAG); // expected-warning {{frees memory that holds the initialised resource 'c->Other'}}
}

VOID bad_freed_on_the_way_out(PCTX c, BOOLEAN failed) {
  ExInitializeResourceLite(&c->Resource);
  if (failed) {
    ExFreePoolWithTag(c, TAG); // expected-warning {{frees memory that holds the initialised resource 'c->Resource'}}
    return;
  }
  ExDeleteResourceLite(&c->Resource);
  ExFreePoolWithTag(c, TAG);
}

VOID bad_created_by_helper_and_freed(VOID) {
  PCTX c = create();
  if (c)
    ExFreePoolWithTag(c, TAG); // expected-warning {{frees memory that holds the initialised resource 'c->Resource'}}
}

// --- bad: the wrong memory ---

VOID bad_on_stack(VOID) {
  ERESOURCE r;
  ExInitializeResourceLite(&r); // expected-warning {{'ExInitializeResourceLite' on 'r', which lies on the stack: an ERESOURCE must be in nonpaged system memory [ddi.wdm.ResourceLifetime]}}
  ExDeleteResourceLite(&r);
}

VOID bad_member_on_stack(VOID) {
  CTX c;
  ExInitializeResourceLite(&c.Resource); // expected-warning {{'ExInitializeResourceLite' on 'c.Resource', which lies on the stack}}
  ExDeleteResourceLite(&c.Resource);
}

VOID bad_scope_ends(VOID) {
  ERESOURCE r;
  ExInitializeResourceLite(&r); // expected-warning {{on 'r', which lies on the stack}}
  return; // expected-warning {{'r' goes out of scope while initialised: call ExDeleteResourceLite first [ddi.wdm.ResourceLifetime]}}
}

VOID bad_paged_pool(VOID) {
  PERESOURCE r = ExAllocatePoolWithTag(PagedPool, sizeof *r, TAG);
  if (r)
    ExInitializeResourceLite(r); // expected-warning {{'ExInitializeResourceLite' on 'r', which lies in paged pool: an ERESOURCE must be in nonpaged system memory [ddi.wdm.ResourceLifetime]}}
}

VOID bad_paged_pool_by_flag(VOID) {
  PCTX c = ExAllocatePool2(POOL_FLAG_PAGED, sizeof *c, TAG);
  if (c)
    ExInitializeResourceLite(&c->Resource); // expected-warning {{'ExInitializeResourceLite' on 'c->Resource', which lies in paged pool}}
}

VOID bad_local_never_initialised(VOID) {
  ERESOURCE r;
  ExAcquireResourceExclusiveLite(&r, TRUE); // expected-warning {{on 'r', which was never initialised}}
}

// --- bad: deleted behind a call ---

VOID bad_flag_is_not_asked_again(PCTX c) {
  delete_if_there(c);
  Prepare(c);
  ExDeleteResourceLite(&c->Resource); // expected-warning {{on 'c->Resource', which is already deleted}}
}

VOID bad_flag_is_not_reset(PCTX c) {
  if (c->Count)
    ExDeleteResourceLite(&c->Resource);
  if (c->Count)
    ExDeleteResourceLite(&c->Resource); // expected-warning {{on 'c->Resource', which is already deleted}}
}

VOID bad_something_else_is_asked(PCTX c) {
  ExDeleteResourceLite(&c->Resource);
  Prepare(c);
  if (Verbose)
    ExDeleteResourceLite(&c->Resource); // expected-warning {{on 'c->Resource', which is already deleted}}
}
