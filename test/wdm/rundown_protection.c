// RUN: %ddi %s
#include <wdm.h>

typedef struct _OBJECT {
  EX_RUNDOWN_REF Rundown;
  ULONG Uses;
} OBJECT, *POBJECT;
BOOLEAN Decide(VOID);

// --- ok ---

VOID ok_pair(POBJECT object) {
  if (!ExAcquireRundownProtection(&object->Rundown))
    return;
  object->Uses++;
  ExReleaseRundownProtection(&object->Rundown);
}

VOID ok_nested(POBJECT object) {
  if (ExAcquireRundownProtection(&object->Rundown)) {
    if (ExAcquireRundownProtection(&object->Rundown))
      ExReleaseRundownProtection(&object->Rundown);
    ExReleaseRundownProtection(&object->Rundown);
  }
}

VOID ok_waits(POBJECT object) {
  if (ExAcquireRundownProtection(&object->Rundown))
    ExReleaseRundownProtection(&object->Rundown);
  ExWaitForRundownProtectionRelease(&object->Rundown);
}

// Whoever gets the reference releases it.
DRIVER_DISPATCH ok_kept;
NTSTATUS ok_kept(PDEVICE_OBJECT device, PIRP irp) {
  POBJECT object = device->DeviceExtension;
  return ExAcquireRundownProtection(&object->Rundown) ? STATUS_PENDING
                                                      : STATUS_UNSUCCESSFUL;
}

VOID ok_several(POBJECT object) {
  if (!ExAcquireRundownProtectionEx(&object->Rundown, 2))
    return;
  ExReleaseRundownProtection(&object->Rundown);
  ExReleaseRundownProtection(&object->Rundown);
  ExWaitForRundownProtectionRelease(&object->Rundown);
}

VOID ok_released_for_another(POBJECT object) {
  ExReleaseRundownProtection(&object->Rundown);
}

// --- bad ---

VOID bad_waits_for_itself(POBJECT object) {
  if (ExAcquireRundownProtection(&object->Rundown))
    ExWaitForRundownProtectionRelease(&object->Rundown); // expected-warning {{'ExWaitForRundownProtectionRelease' waits for 'object->Rundown', which this path holds: deadlock [ddi.wdm.RundownProtection]}}
}

VOID bad_released_twice(POBJECT object) {
  if (!ExAcquireRundownProtection(&object->Rundown))
    return;
  ExReleaseRundownProtection(&object->Rundown);
  ExReleaseRundownProtection(&object->Rundown); // expected-warning {{'ExReleaseRundownProtection' releases 'object->Rundown', which this path does not hold [ddi.wdm.RundownProtection]}}
}

static NTSTATUS bad_kept_on_one_way(POBJECT object) {
  if (!ExAcquireRundownProtection(&object->Rundown))
    return STATUS_UNSUCCESSFUL;
  if (Decide())
    return STATUS_SUCCESS; // expected-warning {{Returns with 'object->Rundown' held, which is released on other paths with the same result [ddi.wdm.RundownProtection]}}
  ExReleaseRundownProtection(&object->Rundown);
  return STATUS_SUCCESS;
}
NTSTATUS (*const Helper)(POBJECT) = bad_kept_on_one_way;
