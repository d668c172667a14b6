// RUN: %ddi %s --rules wdm.CriticalRegions,wdm.GuardedRegions,wdm.ExclusiveResourceAccess
//
// Comments and attributes silence the rules that they name.
#include <ntifs.h>

#define LEAVE() KeLeaveCriticalRegion()

VOID Use(VOID *a, VOID *b);

// --- ok ---

VOID ok_same_line(VOID) {
  KeLeaveCriticalRegion(); // ddi-suppress wdm.CriticalRegions: the caller enters
}

VOID ok_line_before(VOID) {
  // ddi-suppress wdm.CriticalRegions: the caller enters

  // This is said for the next line of code.
  KeLeaveCriticalRegion();
}

VOID ok_directive_between(VOID) {
  // ddi-suppress wdm.CriticalRegions: the caller enters
#define NOTHING
  KeLeaveCriticalRegion();
}

VOID ok_block(VOID) {
  /* ddi-suppress wdm.CriticalRegions:
   * the caller enters
   */
  KeLeaveCriticalRegion();
}

VOID ok_block_before(VOID) {
  /* ddi-suppress wdm.CriticalRegions: here */ KeLeaveCriticalRegion();
}

VOID ok_block_inside(VOID) {
  KeLeaveCriticalRegion(/* ddi-suppress wdm.CriticalRegions: here */);
}

VOID ok_family(VOID) {
  KeLeaveCriticalRegion(); //ddi-suppress    wdm :odd spacing
}

VOID ok_several(VOID) {
  KeLeaveGuardedRegion(); ///   ddi-suppress:wdm.CriticalRegions ,ddi.wdm.GuardedRegions:x
}

VOID ok_called(VOID) {
  KeLeaveGuardedRegion(); // ddi-suppress(wdm.GuardedRegions wdm.CriticalRegions)
}

VOID ok_macro(VOID) {
  // ddi-suppress wdm.CriticalRegions: the caller enters
  LEAVE();
}

NTSTATUS ok_wrapped(PERESOURCE r) {
  // ddi-suppress wdm.ExclusiveResourceAccess: the caller holds it
  return (
      ExReleaseResourceLite(
          r),
      STATUS_SUCCESS);
}

VOID ok_wrapped_end(PERESOURCE r) {
  ExReleaseResourceLite(
      r); // ddi-suppress wdm.ExclusiveResourceAccess: the caller holds it
}

VOID ok_at_end(VOID) {
  KeEnterCriticalRegion();
  return; // ddi-suppress wdm.CriticalRegions: left by the other
}

// ddi-suppress wdm.CriticalRegions: left by the other
VOID ok_at_head(VOID) {
  KeEnterCriticalRegion();
  return;
}

// ddi-suppress-begin wdm.CriticalRegions: all of these
VOID ok_range(VOID) {
  KeLeaveCriticalRegion();
}
// ddi-suppress-begin wdm.GuardedRegions: inner
VOID ok_inner_range(VOID) {
  KeLeaveGuardedRegion();
}
// ddi-suppress-end
VOID ok_outer_range(VOID) {
  KeLeaveCriticalRegion();
}
VOID bad_behind_inner_range(VOID) {
  KeLeaveGuardedRegion(); // expected-warning {{leaves a guarded region}}
}
// ddi-suppress-end wdm.CriticalRegions

__attribute__((suppress)) VOID ok_attribute(VOID) {
  KeLeaveCriticalRegion();
}

__attribute__((suppress("ddi.wdm.CriticalRegions"))) VOID ok_named_attribute(VOID) {
  KeLeaveCriticalRegion();
}

VOID ok_statement(VOID) {
  [[clang::suppress]] KeLeaveCriticalRegion();
}

VOID ok_compound(VOID) {
  __attribute__((suppress)) {
    KeLeaveCriticalRegion();
  }
}

VOID ok_attribute_of_family(VOID) {
  [[clang::suppress("wdm")]] KeLeaveGuardedRegion();
}

// --- bad ---

VOID bad_other_rule(VOID) {
  // ddi-suppress wdm.GuardedRegions: another
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

VOID bad_line_after(VOID) {
  // ddi-suppress wdm.CriticalRegions: only the first
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

VOID bad_mentioned(VOID) {
  // Here ddi-suppress wdm.CriticalRegions would do.
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

VOID bad_in_text(VOID) {
  Use("// ddi-suppress wdm.CriticalRegions: no", 0), KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

VOID bad_after_range(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

__attribute__((suppress("wdm.GuardedRegions"))) VOID bad_other_attribute(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}

VOID bad_other_tool(VOID) {
  [[clang::suppress("other.tool")]] KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region}}
}
