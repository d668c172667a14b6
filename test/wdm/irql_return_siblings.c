// A helper raises for its caller, but not on some of two equal paths.
// RUN: %ddi %s --rules wdm.IrqlReturn
#include <wdm.h>

typedef struct _EXTENSION {
  KSPIN_LOCK Lock;
  BOOLEAN Removed;
} EXTENSION, *PEXTENSION;

BOOLEAN Decide(VOID);

static NTSTATUS ok_kept_with_another_result(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (Decide())
    return STATUS_SUCCESS;
  KeLowerIrql(old);
  return STATUS_UNSUCCESSFUL;
}

static NTSTATUS bad_kept_with_the_same_result(PEXTENSION ext) {
  KIRQL old;
  KeRaiseIrql(DISPATCH_LEVEL, &old);
  if (Decide())
    return STATUS_UNSUCCESSFUL; // expected-warning {{Returns at DISPATCH_LEVEL, set by 'KeRaiseIrql' on line 23: on other paths with the same result the level at entry is restored [ddi.wdm.IrqlReturn]}}
  KeLowerIrql(old);
  return STATUS_UNSUCCESSFUL;
}

typedef NTSTATUS HELPER(PEXTENSION ext);
HELPER *const Helpers[] = {ok_kept_with_another_result,
                           bad_kept_with_the_same_result};
