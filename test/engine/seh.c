// Structured exceptions.  Clang's own analysis leaves such functions out.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  BOOLEAN Started;
} EXTENSION, *PEXTENSION;

VOID Unknown(VOID);
NTSTATUS Work(PEXTENSION ext);

// --- ok ---

VOID ok_finally(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    Unknown();
  } __finally {
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
}

NTSTATUS ok_return_in_try(PEXTENSION ext) {
  KeEnterCriticalRegion();
  __try {
    if (!ext->Started)
      return STATUS_UNSUCCESSFUL;
    return Work(ext);
  } __finally {
    KeLeaveCriticalRegion();
  }
}

NTSTATUS ok_leave(PEXTENSION ext) {
  NTSTATUS status = STATUS_SUCCESS;
  KeEnterCriticalRegion();
  __try {
    if (!ext->Started)
      __leave;
    status = Work(ext);
  } __finally {
    KeLeaveCriticalRegion();
  }
  return status;
}

VOID ok_nested(PERESOURCE r) {
  KeEnterCriticalRegion();
  __try {
    ExAcquireResourceExclusiveLite(r, TRUE);
    __try {
      Unknown();
    } __finally {
      ExReleaseResourceLite(r);
    }
  } __finally {
    KeLeaveCriticalRegion();
  }
}

NTSTATUS ok_return_runs_both_finally(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  __try {
    ExAcquireResourceExclusiveLite(r, TRUE);
    __try {
      if (stop)
        return STATUS_UNSUCCESSFUL;
    } __finally {
      ExReleaseResourceLite(r);
    }
  } __finally {
    KeLeaveCriticalRegion();
  }
  return STATUS_SUCCESS;
}

VOID ok_flag_set_on_the_way(PERESOURCE r, BOOLEAN wait) {
  BOOLEAN acquired = FALSE;
  KeEnterCriticalRegion();
  __try {
    if (!ExAcquireResourceSharedLite(r, wait))
      __leave;
    acquired = TRUE;
    Unknown();
  } __finally {
    if (acquired)
      ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
}

VOID ok_break_runs_finally(PERESOURCE r, ULONG n) {
  KeEnterCriticalRegion();
  while (n--) {
    ExAcquireResourceExclusiveLite(r, TRUE);
    __try {
      if (n == 5)
        break;
      if (n == 3)
        continue;
      Unknown();
    } __finally {
      ExReleaseResourceLite(r);
    }
  }
  KeLeaveCriticalRegion();
}

VOID ok_goto_runs_finally(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      goto out;
    Unknown();
  } __finally {
    ExReleaseResourceLite(r);
  }
out:
  KeLeaveCriticalRegion();
}

VOID ok_released_only_if_abnormal(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      return;
  } __finally {
    if (AbnormalTermination()) {
      ExReleaseResourceLite(r);
      KeLeaveCriticalRegion();
    }
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

VOID ok_leave_is_normal(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      __leave;
    Unknown();
  } __finally {
    if (!AbnormalTermination())
      ExReleaseResourceLite(r);
  }
  KeLeaveCriticalRegion();
}

NTSTATUS ok_handler_leaves(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    ExRaiseStatus(STATUS_UNSUCCESSFUL);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
    return GetExceptionCode();
  }
  return STATUS_SUCCESS;
}

NTSTATUS ok_probe_guarded(PVOID buffer, PERESOURCE r) {
  NTSTATUS status = STATUS_SUCCESS;
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    ProbeForRead(buffer, 16, 1);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    status = GetExceptionCode();
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
  return status;
}

VOID ok_raise_runs_finally(PERESOURCE r) {
  __try {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(r, TRUE);
    __try {
      ExRaiseStatus(STATUS_UNSUCCESSFUL);
    } __finally {
      ExReleaseResourceLite(r);
      KeLeaveCriticalRegion();
    }
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    Unknown();
  }
}

VOID ok_normal_flow_skips_the_handler(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    Unknown();
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
    return;
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

// A raise without a handler leaves for the caller's.
VOID ok_raise_out_of_the_function(PERESOURCE r) {
  KeEnterCriticalRegion();
  if (!ExAcquireResourceSharedLite(r, FALSE)) {
    KeLeaveCriticalRegion();
    ExRaiseStatus(STATUS_CANT_WAIT);
  }
  ExReleaseResourceLite(r);
  KeLeaveCriticalRegion();
}

static VOID may_raise(BOOLEAN raise) {
  if (raise)
    ExRaiseStatus(STATUS_UNSUCCESSFUL);
}

VOID ok_helper_raises(PERESOURCE r, BOOLEAN raise) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    may_raise(raise);
  } __finally {
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  }
}

// --- bad ---

VOID bad_finally_does_not_leave(VOID) {
  KeEnterCriticalRegion();
  __try {
    Unknown();
  } __finally {
    Unknown();
  }
  return; // expected-warning {{Returns inside a critical region that was not left}}
}

NTSTATUS bad_return_in_try(PEXTENSION ext) {
  NTSTATUS status;
  KeEnterCriticalRegion();
  __try {
    if (!ext->Started)
      return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a critical region that was not left}}
    status = Work(ext);
  } __finally {
    Unknown();
  }
  KeLeaveCriticalRegion();
  return status;
}

NTSTATUS bad_released_twice(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop) {
      ExReleaseResourceLite(r);
      return STATUS_UNSUCCESSFUL;
    }
  } __finally {
    ExReleaseResourceLite(r); // expected-warning {{releases 'r', which this path does not hold}}
    KeLeaveCriticalRegion();
  }
  return STATUS_SUCCESS;
}

VOID bad_leave_skips_the_release(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      __leave;
    ExReleaseResourceLite(r);
  } __finally {
    Unknown();
  }
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
}

VOID bad_break_keeps(PERESOURCE r, ULONG n) {
  KeEnterCriticalRegion();
  while (n--) {
    __try {
      ExAcquireResourceExclusiveLite(r, TRUE);
      if (n == 5)
        break;
      ExReleaseResourceLite(r);
    } __finally {
      Unknown();
    }
  }
  KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
}

VOID bad_flag_not_set(PERESOURCE r) {
  BOOLEAN acquired = FALSE;
  KeEnterCriticalRegion();
  __try {
    ExAcquireResourceSharedLite(r, TRUE);
  } __finally {
    if (acquired)
      ExReleaseResourceLite(r);
    KeLeaveCriticalRegion(); // expected-warning {{while 'r' is still held}}
  }
}

VOID bad_not_released_if_abnormal(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      return; // expected-warning {{Returns with 'r' still held}} {{[ddi.wdm.CriticalRegions]}}
  } __finally {
    if (!AbnormalTermination()) {
      ExReleaseResourceLite(r);
      KeLeaveCriticalRegion();
    }
  }
}

NTSTATUS bad_handler_keeps(PERESOURCE r) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    ExRaiseStatus(STATUS_UNSUCCESSFUL);
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'r' still held}} {{[ddi.wdm.CriticalRegions]}}
  }
  return STATUS_SUCCESS;
}

NTSTATUS bad_probe_skips_the_release(PVOID buffer, PERESOURCE r) {
  __try {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(r, TRUE);
    ProbeForRead(buffer, 16, 1);
    ExReleaseResourceLite(r);
    KeLeaveCriticalRegion();
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns with 'r' still held}} {{[ddi.wdm.CriticalRegions]}}
  }
  return STATUS_SUCCESS;
}

NTSTATUS bad_raise_through_finally(PERESOURCE r) {
  __try {
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(r, TRUE);
    __try {
      ExRaiseStatus(STATUS_UNSUCCESSFUL);
    } __finally {
      ExReleaseResourceLite(r);
    }
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns inside a critical region that was not left}}
  }
  return STATUS_SUCCESS;
}

VOID bad_in_finally_itself(PERESOURCE r) {
  __try {
    Unknown();
  } __finally {
    ExAcquireResourceExclusiveLite(r, TRUE); // expected-warning {{with normal kernel APCs enabled}}
    ExReleaseResourceLite(r);
  }
}

static VOID raise(VOID) { ExRaiseStatus(STATUS_UNSUCCESSFUL); }

// FIXME: what a routine of the driver's own throws reaches this handler, and the
// path returns inside the region.
NTSTATUS bad_helper_raises_to_handler(VOID) {
  KeEnterCriticalRegion();
  __try {
    raise();
    KeLeaveCriticalRegion();
  } __except (EXCEPTION_EXECUTE_HANDLER) {
    return STATUS_UNSUCCESSFUL;
  }
  return STATUS_SUCCESS;
}
