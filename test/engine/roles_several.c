// A function that the system enters in several ways is judged in each of them.
// RUN: %ddi %s
#include <ntifs.h>

static ERESOURCE Lock;
static KDPC Dpc;

static VOID ok_in_both(PVOID context);
static VOID bad_as_work_item(PVOID context);
static VOID bad_as_thread(PVOID context);
static VOID ok_threaded(PKDPC dpc, PVOID context, PVOID one, PVOID two);

VOID ok_start(PVOID context) {
  HANDLE thread;
  PWORKER_THREAD_ROUTINE worker = ok_in_both;
  worker = bad_as_work_item;
  worker = bad_as_thread;
  UNREFERENCED_PARAMETER(worker);
  PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, ok_in_both, context);
  PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, bad_as_thread, context);
  KeInitializeThreadedDpc(&Dpc, ok_threaded, context);
}

// --- ok ---

static VOID ok_in_both(PVOID context) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  ExReleaseResourceLite(&Lock);
  KeLeaveCriticalRegion();
}

// A threaded DPC may run at PASSIVE_LEVEL, so that nothing is proven of it.
static VOID ok_threaded(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

// --- bad ---

static VOID bad_as_work_item(PVOID context) {
  KeEnterCriticalRegion();
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

// In the thread they are off; in the work item the driver's own leave shows that
// they are on.
static VOID bad_as_thread(PVOID context) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  ExAcquireResourceExclusiveLite(&Lock, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&Lock);
  return;
}
