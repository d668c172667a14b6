// Code that compiles and makes no sense: nothing is to be found in it, and nothing
// is to crash on it.
// RUN: %ddi %s -std=gnu89

typedef struct _ERESOURCE {
  int Count;
} ERESOURCE, *PERESOURCE;

// Without prototypes, so that any arguments will do.
int ExAcquireResourceExclusiveLite();
int ExReleaseResourceLite();
int ExReleaseResourceForThreadLite();
int ExSetResourceOwnerPointerEx();
int ExIsResourceAcquiredSharedLite();
int ExInitializeResourceLite();
int ExAllocatePoolWithTag();
int ExFreePoolWithTag();
int KeWaitForSingleObject();
int KfRaiseIrql();
int KeLowerIrql();
int KeAcquireInStackQueuedSpinLock();
int StorPortInitialize();
int PsCreateSystemThread();
int KeInitializeDpc();
int IoAcquireCancelSpinLock();
int IoReleaseCancelSpinLock();
int RtlZeroMemory();

void ok_no_arguments(void) {
  ExAcquireResourceExclusiveLite();
  ExReleaseResourceLite();
  ExReleaseResourceForThreadLite();
  ExSetResourceOwnerPointerEx();
  ExIsResourceAcquiredSharedLite();
  ExInitializeResourceLite();
  ExAllocatePoolWithTag();
  ExFreePoolWithTag();
  KeWaitForSingleObject();
  KfRaiseIrql();
  KeLowerIrql();
  KeAcquireInStackQueuedSpinLock();
  StorPortInitialize();
  PsCreateSystemThread();
  KeInitializeDpc();
  IoAcquireCancelSpinLock();
  RtlZeroMemory();
}

void ok_arguments_of_other_types(int i, double d, ERESOURCE s) {
  ExInitializeResourceLite(d);
  ExIsResourceAcquiredSharedLite(s);
  ExAllocatePoolWithTag("pool", d, s);
  KeWaitForSingleObject(i, d, s, "x", 1.5);
  KfRaiseIrql("high");
  KeLowerIrql(s);
  IoAcquireCancelSpinLock(i);
  IoReleaseCancelSpinLock(d);
  StorPortInitialize(i, d, s, "x");
}

// The driver's own function of a DDI's name.
static int KeGetCurrentIrql(int a) { return a + 1; }

int ok_own_function(void) { return KeGetCurrentIrql(3); }

struct ExFreePool {
  int KeEnterCriticalRegion;
};

int ok_other_things_of_the_name(struct ExFreePool *p) {
  int KeLeaveCriticalRegion = p->KeEnterCriticalRegion;
  return KeLeaveCriticalRegion;
}

void ok_nothing(void) {}
