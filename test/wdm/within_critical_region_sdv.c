// The SDV rule accepts only a critical region.
// RUN: %ddi %s --strictness sdv
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  FAST_MUTEX FastMutex;
} EXTENSION, *PEXTENSION;

// --- ok ---

VOID ok_critical_region(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_combined_forms(PERESOURCE r) {
  ExEnterCriticalRegionAndAcquireResourceExclusive(r);
  ExReleaseResourceAndLeaveCriticalRegion(r);
}

KSTART_ROUTINE ok_system_thread;
VOID ok_system_thread(PVOID context) {
  PEXTENSION ext = (PEXTENSION)context;
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  ExReleaseResourceLite(&ext->Resource);
}

// --- bad ---

VOID bad_guarded_region(PERESOURCE r) {
  KeEnterGuardedRegion();
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{'ExAcquireResourceExclusiveLite' outside of a critical region [ddi.wdm.WithinCriticalRegion]}}
  ExReleaseResourceLite(r);
  KeLeaveGuardedRegion();
}

VOID bad_apc_level(PERESOURCE r) {
  KIRQL old;
  KeRaiseIrql(APC_LEVEL, &old);
  ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{outside of a critical region}}
  ExReleaseResourceLite(r);
  KeLowerIrql(old);
}

VOID bad_fast_mutex(PEXTENSION ext) {
  ExAcquireFastMutex(&ext->FastMutex);
  ExAcquireResourceSharedLite(&ext->Resource, TRUE); // expected-warning {{outside of a critical region}}
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseFastMutex(&ext->FastMutex);
}
