// Structured exceptions in C++.
// RUN: %ddi %s
#include <ntifs.h>

struct Extension {
  ERESOURCE Resource;
  bool Started;
  NTSTATUS work();
  NTSTATUS okMethod();
  NTSTATUS badMethod();
};

// --- ok ---

NTSTATUS Extension::okMethod() {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Resource, TRUE);
  __try {
    if (!Started)
      return STATUS_UNSUCCESSFUL;
    return work();
  } __finally {
    ExReleaseResourceLite(&Resource);
    KeLeaveCriticalRegion();
  }
}

NTSTATUS ok_leave(Extension *ext) {
  NTSTATUS status = STATUS_UNSUCCESSFUL;
  KeEnterCriticalRegion();
  __try {
    if (!ext->Started)
      __leave;
    status = ext->work();
  } __finally {
    KeLeaveCriticalRegion();
  }
  return status;
}

extern "C" NTSTATUS ok_handler(PERESOURCE r) {
  KeEnterCriticalRegion();
  __try {
    ExRaiseStatus(STATUS_UNSUCCESSFUL);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    KeLeaveCriticalRegion();
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}

template <typename T> void ok_template(T *ext) {
  KeEnterCriticalRegion();
  __try {
    if (!ext->Started)
      return;
  } __finally {
    KeLeaveCriticalRegion();
  }
}

void ok_instantiates(Extension *ext) { ok_template(ext); }

// --- bad ---

NTSTATUS Extension::badMethod() {
  KeEnterCriticalRegion();
  __try {
    if (!Started)
      return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a critical region that was not left}}
  } __finally {
    work();
  }
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}

void bad_leave(PERESOURCE r, bool stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      __leave;
    ExReleaseResourceLite(r);
  } __finally {
    KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  }
}
