// RUN: %ddi %s --rules wdm.LockOrder
#include <ntifs.h>

typedef struct _QUEUE {
  KSPIN_LOCK Lock;
} QUEUE, *PQUEUE;

typedef struct _EXT {
  ERESOURCE Resource, Other;
  FAST_MUTEX First, Second, Gate;
  EX_PUSH_LOCK Push, Pushed;
  KMUTEX Mutex;
  KSPIN_LOCK Spin;
  QUEUE Reads, Writes;
  PERESOURCE Pointed;
  KSPIN_LOCK Locks[4];
  struct _EXT *Parent;
} EXT, *PEXT;

// A type of its own for each case: so no two are about the same two locks.
#define CASE(name) typedef struct { EXT E; } name, *P##name

extern FAST_MUTEX Shared;

BOOLEAN Decide(VOID);
VOID Unknown(VOID);

// --- ok ---

CASE(SAME);

DRIVER_DISPATCH ok_same_order_one, ok_same_order_two;
NTSTATUS ok_same_order_one(PDEVICE_OBJECT device, PIRP irp) {
  PSAME s = device->DeviceExtension;
  ExAcquireFastMutex(&s->E.First);
  ExAcquireFastMutex(&s->E.Second);
  ExReleaseFastMutex(&s->E.Second);
  ExReleaseFastMutex(&s->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_same_order_two(PDEVICE_OBJECT device, PIRP irp) {
  PSAME s = device->DeviceExtension;
  ExAcquireFastMutex(&s->E.First);
  if (Decide()) {
    ExAcquireFastMutex(&s->E.Second);
    ExReleaseFastMutex(&s->E.Second);
  }
  ExReleaseFastMutex(&s->E.First);
  return STATUS_SUCCESS;
}

CASE(APART);

DRIVER_DISPATCH ok_given_back_before_one, ok_given_back_before_two;
NTSTATUS ok_given_back_before_one(PDEVICE_OBJECT device, PIRP irp) {
  PAPART a = device->DeviceExtension;
  ExAcquireFastMutex(&a->E.First);
  ExAcquireFastMutex(&a->E.Second);
  ExReleaseFastMutex(&a->E.Second);
  ExReleaseFastMutex(&a->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_given_back_before_two(PDEVICE_OBJECT device, PIRP irp) {
  PAPART a = device->DeviceExtension;
  ExAcquireFastMutex(&a->E.Second);
  ExReleaseFastMutex(&a->E.Second);
  ExAcquireFastMutex(&a->E.First);
  ExReleaseFastMutex(&a->E.First);
  return STATUS_SUCCESS;
}

// A helper gives back what its caller holds before it acquires the other.
CASE(DROPPED);

static VOID dropAndTake(PDROPPED d) {
  ExReleaseFastMutex(&d->E.Second);
  ExAcquireFastMutex(&d->E.First);
  ExReleaseFastMutex(&d->E.First);
  ExAcquireFastMutex(&d->E.Second);
}
DRIVER_DISPATCH ok_dropped_in_helper_one, ok_dropped_in_helper_two;
NTSTATUS ok_dropped_in_helper_one(PDEVICE_OBJECT device, PIRP irp) {
  PDROPPED d = device->DeviceExtension;
  ExAcquireFastMutex(&d->E.Second);
  dropAndTake(d);
  ExReleaseFastMutex(&d->E.Second);
  return STATUS_SUCCESS;
}
NTSTATUS ok_dropped_in_helper_two(PDEVICE_OBJECT device, PIRP irp) {
  PDROPPED d = device->DeviceExtension;
  ExAcquireFastMutex(&d->E.First);
  ExAcquireFastMutex(&d->E.Second);
  ExReleaseFastMutex(&d->E.Second);
  ExReleaseFastMutex(&d->E.First);
  return STATUS_SUCCESS;
}

CASE(TRIED);

DRIVER_DISPATCH ok_tried_one, ok_tried_two;
NTSTATUS ok_tried_one(PDEVICE_OBJECT device, PIRP irp) {
  PTRIED t = device->DeviceExtension;
  ExAcquireFastMutex(&t->E.First);
  ExAcquireFastMutex(&t->E.Second);
  ExReleaseFastMutex(&t->E.Second);
  ExReleaseFastMutex(&t->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_tried_two(PDEVICE_OBJECT device, PIRP irp) {
  PTRIED t = device->DeviceExtension;
  ExAcquireFastMutex(&t->E.Second);
  if (ExTryToAcquireFastMutex(&t->E.First))
    ExReleaseFastMutex(&t->E.First);
  ExReleaseFastMutex(&t->E.Second);
  return STATUS_SUCCESS;
}

// Whether it waits is not known.
CASE(MAYWAIT);

DRIVER_DISPATCH ok_may_not_wait_one, ok_may_not_wait_two;
NTSTATUS ok_may_not_wait_one(PDEVICE_OBJECT device, PIRP irp) {
  PMAYWAIT m = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&m->E.Resource, TRUE);
  ExAcquireResourceExclusiveLite(&m->E.Other, TRUE);
  ExReleaseResourceLite(&m->E.Other);
  ExReleaseResourceLite(&m->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS ok_may_not_wait_two(PDEVICE_OBJECT device, PIRP irp) {
  PMAYWAIT m = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&m->E.Other, TRUE);
  if (ExAcquireResourceExclusiveLite(&m->E.Resource, Decide()))
    ExReleaseResourceLite(&m->E.Resource);
  ExReleaseResourceLite(&m->E.Other);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

CASE(SHARING);

DRIVER_DISPATCH ok_shared_both_one, ok_shared_both_two;
NTSTATUS ok_shared_both_one(PDEVICE_OBJECT device, PIRP irp) {
  PSHARING s = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&s->E.Resource, TRUE);
  ExAcquireResourceExclusiveLite(&s->E.Other, TRUE);
  ExReleaseResourceLite(&s->E.Other);
  ExReleaseResourceLite(&s->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS ok_shared_both_two(PDEVICE_OBJECT device, PIRP irp) {
  PSHARING s = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&s->E.Other, TRUE);
  ExAcquireResourceSharedLite(&s->E.Resource, TRUE);
  ExReleaseResourceLite(&s->E.Resource);
  ExReleaseResourceLite(&s->E.Other);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// A third lock keeps the two paths apart.
CASE(GATED);

DRIVER_DISPATCH ok_gate_one, ok_gate_two;
NTSTATUS ok_gate_one(PDEVICE_OBJECT device, PIRP irp) {
  PGATED g = device->DeviceExtension;
  ExAcquireFastMutex(&g->E.Gate);
  ExAcquireFastMutex(&g->E.First);
  ExAcquireFastMutex(&g->E.Second);
  ExReleaseFastMutex(&g->E.Second);
  ExReleaseFastMutex(&g->E.First);
  ExReleaseFastMutex(&g->E.Gate);
  return STATUS_SUCCESS;
}
NTSTATUS ok_gate_two(PDEVICE_OBJECT device, PIRP irp) {
  PGATED g = device->DeviceExtension;
  ExAcquireFastMutex(&g->E.Gate);
  ExAcquireFastMutex(&g->E.Second);
  ExAcquireFastMutex(&g->E.First);
  ExReleaseFastMutex(&g->E.First);
  ExReleaseFastMutex(&g->E.Second);
  ExReleaseFastMutex(&g->E.Gate);
  return STATUS_SUCCESS;
}

// Parent and child, or any two of a kind.
CASE(FAMILY);

DRIVER_DISPATCH ok_same_member_of_two_one, ok_same_member_of_two_two;
NTSTATUS ok_same_member_of_two_one(PDEVICE_OBJECT device, PIRP irp) {
  PFAMILY f = device->DeviceExtension;
  ExAcquireFastMutex(&f->E.First);
  ExAcquireFastMutex(&f->E.Parent->First);
  ExReleaseFastMutex(&f->E.Parent->First);
  ExReleaseFastMutex(&f->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_same_member_of_two_two(PDEVICE_OBJECT device, PIRP irp) {
  PFAMILY f = device->DeviceExtension;
  ExAcquireFastMutex(&f->E.Parent->First);
  ExAcquireFastMutex(&f->E.First);
  ExReleaseFastMutex(&f->E.First);
  ExReleaseFastMutex(&f->E.Parent->First);
  return STATUS_SUCCESS;
}

// The thread has the second already, and does not wait.
CASE(AGAIN);

DRIVER_DISPATCH ok_recursive_one, ok_recursive_two;
NTSTATUS ok_recursive_one(PDEVICE_OBJECT device, PIRP irp) {
  PAGAIN a = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&a->E.Resource, TRUE);
  ExAcquireResourceExclusiveLite(&a->E.Other, TRUE);
  ExAcquireResourceExclusiveLite(&a->E.Resource, TRUE);
  ExReleaseResourceLite(&a->E.Resource);
  ExReleaseResourceLite(&a->E.Other);
  ExReleaseResourceLite(&a->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS ok_recursive_two(PDEVICE_OBJECT device, PIRP irp) {
  PAGAIN a = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&a->E.Resource, TRUE);
  ExAcquireResourceExclusiveLite(&a->E.Other, TRUE);
  ExReleaseResourceLite(&a->E.Other);
  ExReleaseResourceLite(&a->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// Nothing runs beside DriverEntry.
CASE(EARLY);
EARLY Early;

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
  ExAcquireFastMutex(&Early.E.Second);
  ExAcquireFastMutex(&Early.E.First);
  ExReleaseFastMutex(&Early.E.First);
  ExReleaseFastMutex(&Early.E.Second);
  return STATUS_SUCCESS;
}
DRIVER_UNLOAD ok_unload;
VOID ok_unload(PDRIVER_OBJECT driver) {
  ExAcquireFastMutex(&Early.E.Second);
  ExAcquireFastMutex(&Early.E.First);
  ExReleaseFastMutex(&Early.E.First);
  ExReleaseFastMutex(&Early.E.Second);
}
DRIVER_DISPATCH ok_beside_driver_entry;
NTSTATUS ok_beside_driver_entry(PDEVICE_OBJECT device, PIRP irp) {
  ExAcquireFastMutex(&Early.E.First);
  ExAcquireFastMutex(&Early.E.Second);
  ExReleaseFastMutex(&Early.E.Second);
  ExReleaseFastMutex(&Early.E.First);
  return STATUS_SUCCESS;
}

// Nobody else has a lock that was made here.
CASE(FRESH);

DRIVER_DISPATCH ok_new_one, ok_new_two;
NTSTATUS ok_new_one(PDEVICE_OBJECT device, PIRP irp) {
  PFRESH f = ExAllocatePoolWithTag(NonPagedPool, sizeof(FRESH), 'f');
  if (!f)
    return STATUS_INSUFFICIENT_RESOURCES;
  ExInitializeFastMutex(&f->E.Second);
  ExAcquireFastMutex(&f->E.Second);
  ExAcquireFastMutex(&Shared);
  ExReleaseFastMutex(&Shared);
  ExReleaseFastMutex(&f->E.Second);
  device->DeviceExtension = f;
  return STATUS_SUCCESS;
}
NTSTATUS ok_new_two(PDEVICE_OBJECT device, PIRP irp) {
  PFRESH f = device->DeviceExtension;
  ExAcquireFastMutex(&Shared);
  ExAcquireFastMutex(&f->E.Second);
  ExReleaseFastMutex(&f->E.Second);
  ExReleaseFastMutex(&Shared);
  return STATUS_SUCCESS;
}

// One structure at two places in another: two locks.
CASE(QUEUES);

DRIVER_DISPATCH ok_other_queue_one, ok_other_queue_two;
NTSTATUS ok_other_queue_one(PDEVICE_OBJECT device, PIRP irp) {
  PQUEUES q = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&q->E.Spin, &old);
  KeAcquireSpinLockAtDpcLevel(&q->E.Reads.Lock);
  KeReleaseSpinLockFromDpcLevel(&q->E.Reads.Lock);
  KeReleaseSpinLock(&q->E.Spin, old);
  return STATUS_SUCCESS;
}
NTSTATUS ok_other_queue_two(PDEVICE_OBJECT device, PIRP irp) {
  PQUEUES q = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&q->E.Writes.Lock, &old);
  KeAcquireSpinLockAtDpcLevel(&q->E.Spin);
  KeReleaseSpinLockFromDpcLevel(&q->E.Spin);
  KeReleaseSpinLock(&q->E.Writes.Lock, old);
  return STATUS_SUCCESS;
}

// Which element it is, is not known.
CASE(TABLE);

DRIVER_DISPATCH ok_element_one, ok_element_two;
NTSTATUS ok_element_one(PDEVICE_OBJECT device, PIRP irp) {
  PTABLE t = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&t->E.Spin, &old);
  KeAcquireSpinLockAtDpcLevel(&t->E.Locks[irp->Flags]);
  KeReleaseSpinLockFromDpcLevel(&t->E.Locks[irp->Flags]);
  KeReleaseSpinLock(&t->E.Spin, old);
  return STATUS_SUCCESS;
}
NTSTATUS ok_element_two(PDEVICE_OBJECT device, PIRP irp) {
  PTABLE t = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&t->E.Locks[irp->Flags], &old);
  KeAcquireSpinLockAtDpcLevel(&t->E.Spin);
  KeReleaseSpinLockFromDpcLevel(&t->E.Spin);
  KeReleaseSpinLock(&t->E.Locks[irp->Flags], old);
  return STATUS_SUCCESS;
}

// Only one of the two can be: the flag that lets it in keeps the lock away.
CASE(FLAGGED);

static VOID takeFirst(PFLAGGED f, BOOLEAN holds) {
  if (!holds)
    ExAcquireFastMutex(&f->E.First);
  Unknown();
  if (!holds)
    ExReleaseFastMutex(&f->E.First);
}
DRIVER_DISPATCH ok_flag_one, ok_flag_two;
NTSTATUS ok_flag_one(PDEVICE_OBJECT device, PIRP irp) {
  PFLAGGED f = device->DeviceExtension;
  ExAcquireFastMutex(&f->E.First);
  ExAcquireFastMutex(&f->E.Second);
  takeFirst(f, TRUE);
  ExReleaseFastMutex(&f->E.Second);
  ExReleaseFastMutex(&f->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS ok_flag_two(PDEVICE_OBJECT device, PIRP irp) {
  PFLAGGED f = device->DeviceExtension;
  ExAcquireFastMutex(&f->E.Second);
  takeFirst(f, TRUE);
  ExReleaseFastMutex(&f->E.Second);
  return STATUS_SUCCESS;
}

// What a handle gives back is no longer held.
CASE(HANDLED);

DRIVER_DISPATCH ok_handle_one, ok_handle_two;
NTSTATUS ok_handle_one(PDEVICE_OBJECT device, PIRP irp) {
  PHANDLED h = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&h->E.Spin, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeAcquireInStackQueuedSpinLock(&h->E.Reads.Lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}
NTSTATUS ok_handle_two(PDEVICE_OBJECT device, PIRP irp) {
  PHANDLED h = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&h->E.Reads.Lock, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  KeAcquireInStackQueuedSpinLock(&h->E.Spin, &handle);
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}

// --- bad ---

CASE(PLAIN);

DRIVER_DISPATCH bad_two_orders_one, bad_two_orders_two;
NTSTATUS bad_two_orders_one(PDEVICE_OBJECT device, PIRP irp) {
  PPLAIN p = device->DeviceExtension;
  ExAcquireFastMutex(&p->E.First);
  ExAcquireFastMutex(&p->E.Second); // expected-warning {{'ExAcquireFastMutex' acquires 'p->E.Second' while 'p->E.First' is held, and 'bad_two_orders_two' (lock_order.c:406) acquires them the other way round: deadlock [ddi.wdm.LockOrder]}}
  ExReleaseFastMutex(&p->E.Second);
  ExReleaseFastMutex(&p->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS bad_two_orders_two(PDEVICE_OBJECT device, PIRP irp) {
  PPLAIN p = device->DeviceExtension;
  ExAcquireFastMutex(&p->E.Second);
  ExAcquireFastMutex(&p->E.First); // expected-warning {{acquires 'p->E.First' while 'p->E.Second' is held, and 'bad_two_orders_one' (lock_order.c:398) acquires}}
  ExReleaseFastMutex(&p->E.First);
  ExReleaseFastMutex(&p->E.Second);
  return STATUS_SUCCESS;
}

// By helpers that acquire, and one that is given the lock.
CASE(HELPED);

static VOID takeMutex(PFAST_MUTEX mutex) { ExAcquireFastMutex(mutex); }
static VOID useSecond(PHELPED h) {
  ExAcquireFastMutex(&h->E.Second); // expected-warning {{acquires 'h->E.Second' while 'mutex' is held, and 'bad_by_helpers_two' (}}
  ExReleaseFastMutex(&h->E.Second);
}
DRIVER_DISPATCH bad_by_helpers_one, bad_by_helpers_two;
NTSTATUS bad_by_helpers_one(PDEVICE_OBJECT device, PIRP irp) {
  PHELPED h = device->DeviceExtension;
  takeMutex(&h->E.First);
  useSecond(h);
  ExReleaseFastMutex(&h->E.First);
  return STATUS_SUCCESS;
}
NTSTATUS bad_by_helpers_two(PDEVICE_OBJECT device, PIRP irp) {
  PHELPED h = device->DeviceExtension;
  takeMutex(&h->E.Second);
  ExAcquireFastMutex(&h->E.First); // expected-warning {{acquires 'h->E.First' while 'mutex' is held, and 'useSecond' (}}
  ExReleaseFastMutex(&h->E.First);
  ExReleaseFastMutex(&h->E.Second);
  return STATUS_SUCCESS;
}

// Three kinds.
CASE(MIXED);

DRIVER_DISPATCH bad_resource_and_push_lock_one, bad_resource_and_push_lock_two;
NTSTATUS bad_resource_and_push_lock_one(PDEVICE_OBJECT device, PIRP irp) {
  PMIXED m = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&m->E.Resource, TRUE);
  ExAcquirePushLockExclusive(&m->E.Push); // expected-warning {{acquires 'm->E.Push' while 'm->E.Resource' is held}}
  ExReleasePushLockExclusive(&m->E.Push);
  ExReleaseResourceLite(&m->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS bad_resource_and_push_lock_two(PDEVICE_OBJECT device, PIRP irp) {
  PMIXED m = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquirePushLockShared(&m->E.Push);
  ExAcquireResourceExclusiveLite(&m->E.Resource, TRUE); // expected-warning {{acquires 'm->E.Resource' while 'm->E.Push' is held}}
  ExReleaseResourceLite(&m->E.Resource);
  ExReleasePushLockShared(&m->E.Push);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
DRIVER_DISPATCH bad_mutex_and_push_lock_one, bad_mutex_and_push_lock_two;
NTSTATUS bad_mutex_and_push_lock_one(PDEVICE_OBJECT device, PIRP irp) {
  PMIXED m = device->DeviceExtension;
  KeWaitForSingleObject(&m->E.Mutex, Executive, KernelMode, FALSE, NULL);
  ExAcquirePushLockExclusive(&m->E.Pushed); // expected-warning {{acquires 'm->E.Pushed' while 'm->E.Mutex' is held}}
  ExReleasePushLockExclusive(&m->E.Pushed);
  KeReleaseMutex(&m->E.Mutex, FALSE);
  return STATUS_SUCCESS;
}
NTSTATUS bad_mutex_and_push_lock_two(PDEVICE_OBJECT device, PIRP irp) {
  PMIXED m = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquirePushLockExclusive(&m->E.Pushed);
  KeWaitForSingleObject(&m->E.Mutex, Executive, KernelMode, FALSE, NULL); // expected-warning {{acquires 'm->E.Mutex' while 'm->E.Pushed' is held}}
  KeReleaseMutex(&m->E.Mutex, FALSE);
  ExReleasePushLockExclusive(&m->E.Pushed);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// A routine that the system enters, and what a DPC does.
CASE(SPUN);

DRIVER_DISPATCH bad_spin_locks;
KDEFERRED_ROUTINE bad_spin_locks_in_dpc;
NTSTATUS bad_spin_locks(PDEVICE_OBJECT device, PIRP irp) {
  PSPUN s = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&s->E.Spin, &old);
  KeAcquireSpinLockAtDpcLevel(&s->E.Reads.Lock); // expected-warning {{acquires 's->E.Reads.Lock' while 's->E.Spin' is held}}
  KeReleaseSpinLockFromDpcLevel(&s->E.Reads.Lock);
  KeReleaseSpinLock(&s->E.Spin, old);
  return STATUS_SUCCESS;
}
VOID bad_spin_locks_in_dpc(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  PSPUN s = context;
  KeAcquireSpinLockAtDpcLevel(&s->E.Reads.Lock);
  KeAcquireSpinLockAtDpcLevel(&s->E.Spin); // expected-warning {{acquires 's->E.Spin' while 's->E.Reads.Lock' is held}}
  KeReleaseSpinLockFromDpcLevel(&s->E.Spin);
  KeReleaseSpinLockFromDpcLevel(&s->E.Reads.Lock);
}

// A gate that only one of them has, or that both only share, keeps nothing apart.
CASE(OPEN);

DRIVER_DISPATCH bad_shared_gate_one, bad_shared_gate_two;
NTSTATUS bad_shared_gate_one(PDEVICE_OBJECT device, PIRP irp) {
  POPEN o = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&o->E.Resource, TRUE);
  ExAcquireFastMutexUnsafe(&o->E.First);
  ExAcquireFastMutexUnsafe(&o->E.Second); // expected-warning {{acquires 'o->E.Second' while 'o->E.First' is held}}
  ExReleaseFastMutexUnsafe(&o->E.Second);
  ExReleaseFastMutexUnsafe(&o->E.First);
  ExReleaseResourceLite(&o->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS bad_shared_gate_two(PDEVICE_OBJECT device, PIRP irp) {
  POPEN o = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&o->E.Resource, TRUE);
  ExAcquireFastMutexUnsafe(&o->E.Gate);
  ExAcquireFastMutexUnsafe(&o->E.Second);
  ExAcquireFastMutexUnsafe(&o->E.First); // expected-warning {{acquires 'o->E.First' while 'o->E.Second' is held}}
  ExReleaseFastMutexUnsafe(&o->E.First);
  ExReleaseFastMutexUnsafe(&o->E.Second);
  ExReleaseFastMutexUnsafe(&o->E.Gate);
  ExReleaseResourceLite(&o->E.Resource);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

// What a member points to, an element, and a variable of the program.
CASE(PLACED);

DRIVER_DISPATCH bad_pointed_one, bad_pointed_two;
NTSTATUS bad_pointed_one(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(p->E.Pointed, TRUE);
  ExAcquireResourceExclusiveLite(&p->E.Other, TRUE); // expected-warning {{acquires 'p->E.Other' while 'p->E.Pointed' is held}}
  ExReleaseResourceLite(&p->E.Other);
  ExReleaseResourceLite(p->E.Pointed);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
NTSTATUS bad_pointed_two(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  PERESOURCE pointed = p->E.Pointed;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&p->E.Other, TRUE);
  ExAcquireResourceExclusiveLite(pointed, TRUE); // expected-warning {{acquires 'pointed' while 'p->E.Other' is held}}
  ExReleaseResourceLite(pointed);
  ExReleaseResourceLite(&p->E.Other);
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
DRIVER_DISPATCH bad_element_one, bad_element_two;
NTSTATUS bad_element_one(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&p->E.Locks[1], &old);
  KeAcquireSpinLockAtDpcLevel(&p->E.Locks[2]); // expected-warning {{acquires 'p->E.Locks[2]' while 'p->E.Locks[1]' is held}}
  KeReleaseSpinLockFromDpcLevel(&p->E.Locks[2]);
  KeReleaseSpinLock(&p->E.Locks[1], old);
  return STATUS_SUCCESS;
}
NTSTATUS bad_element_two(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  KIRQL old;
  KeAcquireSpinLock(&p->E.Locks[2], &old);
  KeAcquireSpinLockAtDpcLevel(&p->E.Locks[1]); // expected-warning {{acquires 'p->E.Locks[1]' while 'p->E.Locks[2]' is held}}
  KeReleaseSpinLockFromDpcLevel(&p->E.Locks[1]);
  KeReleaseSpinLock(&p->E.Locks[2], old);
  return STATUS_SUCCESS;
}
static FAST_MUTEX Mine;
DRIVER_DISPATCH bad_variable_one, bad_variable_two;
NTSTATUS bad_variable_one(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  ExAcquireFastMutex(&Mine);
  ExAcquireFastMutex(&p->E.First); // expected-warning {{acquires 'p->E.First' while 'Mine' is held}}
  ExReleaseFastMutex(&p->E.First);
  ExReleaseFastMutex(&Mine);
  return STATUS_SUCCESS;
}
NTSTATUS bad_variable_two(PDEVICE_OBJECT device, PIRP irp) {
  PPLACED p = device->DeviceExtension;
  ExAcquireFastMutex(&p->E.First);
  ExAcquireFastMutex(&Mine); // expected-warning {{acquires 'Mine' while 'p->E.First' is held}}
  ExReleaseFastMutex(&Mine);
  ExReleaseFastMutex(&p->E.First);
  return STATUS_SUCCESS;
}

// The system holds one of them where it enters.
CASE(CANCELLED);

DRIVER_DISPATCH bad_cancel_lock;
DRIVER_CANCEL bad_cancel_lock_at_entry;
NTSTATUS bad_cancel_lock(PDEVICE_OBJECT device, PIRP irp) {
  PCANCELLED c = device->DeviceExtension;
  KIRQL old, inner;
  KeAcquireSpinLock(&c->E.Spin, &old);
  IoAcquireCancelSpinLock(&inner); // expected-warning {{acquires 'the cancel spin lock' while 'c->E.Spin' is held, and 'bad_cancel_lock_at_entry' (}}
  IoReleaseCancelSpinLock(inner);
  KeReleaseSpinLock(&c->E.Spin, old);
  return STATUS_SUCCESS;
}
VOID bad_cancel_lock_at_entry(PDEVICE_OBJECT device, PIRP irp) {
  PCANCELLED c = device->DeviceExtension;
  KeAcquireSpinLockAtDpcLevel(&c->E.Spin); // expected-warning {{acquires 'c->E.Spin' while 'the cancel spin lock' is held, and 'bad_cancel_lock' (}}
  KeReleaseSpinLockFromDpcLevel(&c->E.Spin);
  IoReleaseCancelSpinLock(irp->CancelIrql);
}

// What was acquired by its handle is still held.
CASE(QUEUED);

DRIVER_DISPATCH bad_handle_one, bad_handle_two;
NTSTATUS bad_handle_one(PDEVICE_OBJECT device, PIRP irp) {
  PQUEUED q = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KeAcquireInStackQueuedSpinLock(&q->E.Spin, &handle);
  KeAcquireSpinLockAtDpcLevel(&q->E.Reads.Lock); // expected-warning {{acquires 'q->E.Reads.Lock' while 'q->E.Spin' is held}}
  KeReleaseSpinLockFromDpcLevel(&q->E.Reads.Lock);
  KeReleaseInStackQueuedSpinLock(&handle);
  return STATUS_SUCCESS;
}
NTSTATUS bad_handle_two(PDEVICE_OBJECT device, PIRP irp) {
  PQUEUED q = device->DeviceExtension;
  KLOCK_QUEUE_HANDLE handle;
  KIRQL old;
  KeAcquireSpinLock(&q->E.Reads.Lock, &old);
  KeAcquireInStackQueuedSpinLock(&q->E.Spin, &handle); // expected-warning {{acquires 'q->E.Spin' while 'q->E.Reads.Lock' is held}}
  KeReleaseInStackQueuedSpinLock(&handle);
  KeReleaseSpinLock(&q->E.Reads.Lock, old);
  return STATUS_SUCCESS;
}
