// What is given is the whole program: a function that nothing calls is entered by
// the system, and a routine without a body is the system's.
// RUN: %ddi %s
// RUN: %ddi %s --world closed
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  VOID (*Callback)(struct _EXTENSION *);
} EXTENSION, *PEXTENSION;

typedef VOID VISITOR(PEXTENSION ext);

VOID OutOfSight(VOID);
VOID Visit(VISITOR *visitor, PEXTENSION ext);

// --- ok ---

// Judged where it is called, not by itself.
static VOID release(PERESOURCE r) { ExReleaseResourceLite(r); }

VOID ok_caller(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  release(r);
  KeLeaveCriticalRegion();
}

// Its address is taken and it has no role: nothing is known of its entry.
static VOID ok_address_taken(PEXTENSION ext) {
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
}

VOID ok_hands_it_out(PEXTENSION ext) { ext->Callback = ok_address_taken; }

static VOID ok_visitor(PEXTENSION ext) { ExReleaseResourceLite(&ext->Resource); }

VOID ok_passes_it_on(PEXTENSION ext) { Visit(ok_visitor, ext); }

// A pointer may lead to ok_address_taken, which acquires.
VOID ok_through_pointer(PEXTENSION ext) {
  KeEnterCriticalRegion();
  ext->Callback(ext);
  ExReleaseResourceLite(&ext->Resource);
  KeLeaveCriticalRegion();
}

typedef VOID PLAIN(VOID);
PLAIN *ok_takes_the_address_of_a_routine(VOID) { return KeEnterCriticalRegion; }

VOID ok_routine_by_pointer(PLAIN *enter) {
  enter();
  KeLeaveCriticalRegion();
}

static VOID recurse(PERESOURCE r, ULONG n) {
  if (n == 0)
    return;
  ExAcquireResourceExclusiveLite(r, TRUE);
  recurse(r, n - 1);
  ExReleaseResourceLite(r);
}

VOID ok_recursive_helper(PERESOURCE r) {
  KeEnterCriticalRegion();
  recurse(r, 7);
  KeLeaveCriticalRegion();
}

// --- bad ---

VOID bad_release_for_thread(PERESOURCE r) {
  ExReleaseResourceForThreadLite(r, ExGetCurrentResourceThread()); // expected-warning {{[ddi.wdm.WithinCriticalRegion]}} {{[ddi.wdm.ExclusiveResourceAccess]}}
}

VOID bad_enter_only(VOID) {
  KeEnterCriticalRegion();
  return; // expected-warning {{[ddi.wdm.CriticalRegions]}}
}

VOID bad_out_of_sight_changes_nothing(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  OutOfSight();
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  ExReleaseResourceLite(r);
}

static VOID acquire(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{[ddi.wdm.WithinCriticalRegion]}}
}

VOID bad_caller_without_region(PERESOURCE r) {
  acquire(r);
  ExReleaseResourceLite(r);
}

VOID bad_caller_keeps(PERESOURCE r) {
  KeEnterCriticalRegion();
  acquire(r);
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  ExReleaseResourceLite(r);
}
