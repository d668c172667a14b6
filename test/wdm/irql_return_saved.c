// RUN: %ddi %s --rules wdm.IrqlReturn
//
// What a path finds out of the level that it saved, it finds out of the level at
// entry.
#include <ntifs.h>

IO_COMPLETION_ROUTINE ok_lower_if_lower, bad_asked;

#define LOWER_IRQL(old, current)                                               \
  do {                                                                         \
    if ((old) != (current))                                                    \
      KeLowerIrql(old);                                                        \
  } while (0)

NTSTATUS ok_lower_if_lower(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  KIRQL irql;
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(irp);
  UNREFERENCED_PARAMETER(context);
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  LOWER_IRQL(irql, DISPATCH_LEVEL);
  return STATUS_SUCCESS;
}

NTSTATUS bad_asked(PDEVICE_OBJECT device, PIRP irp, PVOID context) {
  KIRQL irql;
  UNREFERENCED_PARAMETER(device);
  UNREFERENCED_PARAMETER(irp);
  UNREFERENCED_PARAMETER(context);
  KeRaiseIrql(DISPATCH_LEVEL, &irql);
  if (irql != APC_LEVEL)
    KeLowerIrql(irql);
  return STATUS_SUCCESS; // expected-warning {{Returns at DISPATCH_LEVEL}}
}
