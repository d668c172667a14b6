// The path that leads to a finding, as the program and as clang show it: what the
// path did to the region and to the object, in the words of the source.
// RUN: not %ddi-check %s -- %flags | FileCheck %s
// RUN: %analyze -Xclang -analyzer-checker=ddi %flags %s 2>&1 | FileCheck %s
// Nothing that the tool made up itself is shown.
// RUN: not %ddi-check %s -- %flags | FileCheck %s --check-prefix=NOT
// RUN: %analyze -Xclang -analyzer-checker=ddi %flags %s 2>&1 | FileCheck %s --check-prefix=NOT
// NOT-NOT: {{\((end|exit|returning|unnamed|saved|none|anonymous)[^)]*\)}}
// NOT-NOT: {{note: .*(synthetic|_abnormal|AbnormalTermination)}}
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  ERESOURCE Other;
  BOOLEAN Started;
} EXTENSION, *PEXTENSION;

VOID bad_entry_is_assumed(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
  ExReleaseResourceLite(r);
}
// CHECK:      notes.c:[[#@LINE-3]]:{{[0-9]+}}: warning: 'ExAcquireResourceExclusiveLite' with normal kernel APCs enabled
// CHECK:      notes.c:[[#@LINE-5]]:{{[0-9]+}}: note: Nothing given calls 'bad_entry_is_assumed': assuming that the system does, with APCs enabled and nothing held

DRIVER_UNLOAD bad_entry_is_a_role;
VOID bad_entry_is_a_role(PDRIVER_OBJECT driver) {
  UNREFERENCED_PARAMETER(driver);
  KeLeaveCriticalRegion();
}
// CHECK:      notes.c:[[#@LINE-2]]:{{[0-9]+}}: warning: 'KeLeaveCriticalRegion' leaves a critical region that was not entered
// CHECK:      notes.c:[[#@LINE-5]]:{{[0-9]+}}: note: The system enters 'bad_entry_is_a_role' as DRIVER_UNLOAD

NTSTATUS bad_path(PEXTENSION ext) {
  FsRtlEnterFileSystem();
  ExAcquireResourceExclusiveLite(&ext->Resource, TRUE);
  if (!ext->Started)
    goto out;
  ExReleaseResourceLite(&ext->Resource);
out:
  FsRtlExitFileSystem();
  return STATUS_SUCCESS;
}
// CHECK:      notes.c:[[#@LINE-3]]:{{[0-9]+}}: warning: 'FsRtlExitFileSystem' lets normal kernel APCs in while 'ext->Resource' is still held [ddi.wdm.WithinCriticalRegion]
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: 'FsRtlEnterFileSystem' enters a critical region
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: 'ext->Resource' is acquired exclusive
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: Assuming field 'Started' is {{.*}}

VOID bad_transfer(PEXTENSION ext, PVOID owner) {
  KeEnterCriticalRegion();
  ExAcquireResourceSharedLite(&ext->Resource, TRUE);
  ExAcquireResourceSharedLite(&ext->Other, TRUE);
  ExSetResourceOwnerPointerEx(&ext->Resource, owner, 0);
  ExReleaseResourceLite(&ext->Resource);
  ExReleaseResourceLite(&ext->Other);
  KeLeaveCriticalRegion();
}
// What concerns another object is left out.
// CHECK:      notes.c:[[#@LINE-5]]:{{[0-9]+}}: warning: 'ExReleaseResourceLite' on 'ext->Resource' after its ownership was transferred
// CHECK-NOT:  note: 'ext->Other'
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: 'ext->Resource' is acquired shared
// CHECK-NOT:  note: 'ext->Other'
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: The ownership of 'ext->Resource' is transferred

VOID bad_finally(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(r, TRUE);
  __try {
    if (stop)
      __leave;
    ExReleaseResourceLite(r);
  } __finally {
    KeLeaveCriticalRegion();
  }
}
// CHECK:      notes.c:[[#@LINE-3]]:{{[0-9]+}}: warning: 'KeLeaveCriticalRegion' lets normal kernel APCs in while 'r' is still held
// CHECK:      notes.c:[[#@LINE-10]]:{{[0-9]+}}: note: 'r' is acquired exclusive
// CHECK:      notes.c:[[#@LINE-9]]:{{[0-9]+}}: note: Assuming 'stop' is {{.*}}
// CHECK:      notes.c:[[#@LINE-9]]:{{[0-9]+}}: note: '__leave' ends the '__try' block

NTSTATUS bad_return_in_try(PERESOURCE r, BOOLEAN stop) {
  KeEnterCriticalRegion();
  __try {
    if (stop)
      return STATUS_UNSUCCESSFUL;
  } __finally {
    r = NULL;
  }
  KeLeaveCriticalRegion();
  return STATUS_SUCCESS;
}
// CHECK:      notes.c:[[#@LINE-7]]:{{[0-9]+}}: warning: Returns inside a critical region that was not left
// CHECK:      notes.c:[[#@LINE-11]]:{{[0-9]+}}: note: 'KeEnterCriticalRegion' enters a critical region
// CHECK:      notes.c:[[#@LINE-9]]:{{[0-9]+}}: note: 'return' runs the '__finally' block first

static VOID lock(PERESOURCE r) {
  ExAcquireResourceExclusiveLite(r, TRUE);
}

VOID bad_through_helper(PERESOURCE r) {
  KeEnterCriticalRegion();
  lock(r);
  KeLeaveCriticalRegion();
  ExReleaseResourceLite(r);
}
// CHECK:      notes.c:[[#@LINE-3]]:{{[0-9]+}}: warning: 'KeLeaveCriticalRegion' lets normal kernel APCs in
// CHECK:      notes.c:[[#@LINE-6]]:{{[0-9]+}}: note: 'KeEnterCriticalRegion' enters a critical region
// CHECK:      notes.c:[[#@LINE-6]]:{{[0-9]+}}: note: Calling 'lock'
// CHECK:      notes.c:[[#@LINE-12]]:{{[0-9]+}}: note: 'r' is acquired exclusive
// CHECK:      notes.c:[[#@LINE-8]]:{{[0-9]+}}: note: Returning from 'lock'
