// The names shown are those that the user wrote, not what a macro makes of them.
// RUN: %ddi %s
#include <ntifs.h>

typedef struct _EXTENSION {
  ERESOURCE Resource;
  EX_PUSH_LOCK Lock;
} EXTENSION, *PEXTENSION;

#define LOCK(ext) ExAcquireResourceExclusiveLite(&(ext)->Resource, TRUE)
#define UNLOCK(ext) ExReleaseResourceLite(&(ext)->Resource)
#define ENTER() KeEnterCriticalRegion()
#define LEAVE() KeLeaveCriticalRegion()
#define ENTER_AND_LOCK(ext)                                                    \
  do {                                                                         \
    KeEnterCriticalRegion();                                                   \
    ExAcquireResourceExclusiveLite(&(ext)->Resource, TRUE);                    \
  } while (0)
#define RESOURCE_OF(ext) (&(ext)->Resource)
#define acquire_shared ExAcquireResourceSharedLite

// --- ok ---

VOID ok_own_macros(PEXTENSION ext) {
  ENTER();
  LOCK(ext);
  UNLOCK(ext);
  LEAVE();
}

VOID ok_do_while(PEXTENSION ext) {
  ENTER_AND_LOCK(ext);
  UNLOCK(ext);
  LEAVE();
}

VOID ok_macro_and_no_macro(PEXTENSION ext) {
  ENTER_AND_LOCK(ext);
  ExReleaseResourceAndLeaveCriticalRegion(&ext->Resource);
}

// --- bad ---

VOID bad_push_lock(PEXTENSION ext) {
  ExAcquirePushLockExclusive(&ext->Lock); // expected-warning {{'ExAcquirePushLockExclusive' with normal}}
  ExReleasePushLockExclusive(&ext->Lock);
}

VOID bad_file_system(VOID) {
  FsRtlExitFileSystem(); // expected-warning {{'FsRtlExitFileSystem' leaves}}
}

VOID bad_old_name(PEXTENSION ext) {
  ExAcquireResourceExclusive(&ext->Resource, TRUE); // expected-warning {{'ExAcquireResourceExclusive' with normal}}
  ExReleaseResource(&ext->Resource);
}

VOID bad_own_macro(PEXTENSION ext) {
  LOCK(ext); // expected-warning {{'LOCK' with normal kernel APCs enabled}}
  UNLOCK(ext);
}

VOID bad_own_macro_of_own_macro(PEXTENSION ext) {
  ENTER_AND_LOCK(ext);
  LEAVE(); // expected-warning {{'LEAVE' lets normal kernel APCs in while 'ext->Resource' is still held}}
  UNLOCK(ext);
}

VOID bad_object_by_macro(PEXTENSION ext) {
  ENTER();
  ExReleaseResourceLite(RESOURCE_OF(ext)); // expected-warning {{releases 'ext->Resource'}}
  LEAVE();
}

VOID bad_name_by_macro(PEXTENSION ext) {
  acquire_shared(&ext->Resource, TRUE); // expected-warning {{'acquire_shared' with normal kernel APCs enabled}}
  UNLOCK(ext);
}

// A call in the argument of a macro is the user's own.
#define IDENTITY(x) (x)
VOID bad_call_in_argument(PEXTENSION ext) {
  if (IDENTITY(ExAcquireResourceSharedLite(&ext->Resource, TRUE))) // expected-warning {{'ExAcquireResourceSharedLite' with normal kernel APCs enabled}}
    UNLOCK(ext);
}
