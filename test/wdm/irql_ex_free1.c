// RUN: %ddi %s --rules wdm.IrqlExFree1
#include <wdm.h>

// --- ok ---

VOID ok_paged_after_spin_lock(PKSPIN_LOCK lock) {
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTag(PagedPool, 16, 'abcd');
  KeAcquireSpinLock(lock, &irql);
  KeReleaseSpinLock(lock, irql);
  if (block)
    ExFreePoolWithTag(block, 'abcd');
}

VOID ok_nonpaged_under_spin_lock(PKSPIN_LOCK lock) {
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTag(NonPagedPoolNx, 16, 'abcd');
  KeAcquireSpinLock(lock, &irql);
  if (block)
    ExFreePoolWithTag(block, 'abcd');
  KeReleaseSpinLock(lock, irql);
}

VOID ok_unknown_block_under_spin_lock(PKSPIN_LOCK lock, PVOID block) {
  KIRQL irql;
  KeAcquireSpinLock(lock, &irql);
  ExFreePoolWithTag(block, 'abcd');
  KeReleaseSpinLock(lock, irql);
}

// Under the name of another rule.
VOID ok_of_another_rule(PKSPIN_LOCK lock) {
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTagPriority(PagedPool, 16, 'abcd', LowPoolPriority);
  KeAcquireSpinLock(lock, &irql);
  if (block)
    ExFreePoolWithTag(block, 'abcd');
  KeReleaseSpinLock(lock, irql);
}

// --- bad ---

VOID bad_paged_under_spin_lock(PKSPIN_LOCK lock) {
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTag(PagedPool, 16, 'abcd');
  KeAcquireSpinLock(lock, &irql);
  if (block)
    ExFreePoolWithTag(block, 'abcd'); // expected-warning {{'ExFreePoolWithTag' is called at DISPATCH_LEVEL, set by 'KeAcquireSpinLock' on line 46; it may be called at APC_LEVEL at most, for paged pool [ddi.wdm.IrqlExFree1]}}
  KeReleaseSpinLock(lock, irql);
}

KDEFERRED_ROUTINE bad_raised_high;
VOID bad_raised_high(PKDPC dpc, PVOID context, PVOID one, PVOID two) {
  KIRQL irql;
  PVOID block = ExAllocatePoolWithTag(NonPagedPoolNx, 16, 'abcd');
  if (!block)
    return;
  KeRaiseIrql(HIGH_LEVEL, &irql);
  ExFreePoolWithTag(block, 'abcd'); // expected-warning {{'ExFreePoolWithTag' is called at HIGH_LEVEL, set by 'KeRaiseIrql' on line 58; it may be called at DISPATCH_LEVEL at most, by its page}}
  KeLowerIrql(irql);
}
