// RUN: %ddi %s --rules wdm.CriticalRegions
//
// Pragmas that silence a warning of Code Analysis silence the same finding here:
// C28107, leaving a region that was not entered; C28103, not leaving one.
#include <wdm.h>

#define SILENCED_LEAVE() __pragma(warning(suppress : 28107)) KeLeaveCriticalRegion()
#define SILENCE(Number) __pragma(warning(suppress : Number))

DRIVER_DISPATCH ok_returns_at_name, ok_returns_at_brace, ok_returns_here;
DRIVER_DISPATCH bad_returns;

VOID ok_next_line(VOID) {
#pragma warning(suppress : 28107)
  KeLeaveCriticalRegion();
}

VOID ok_next_line_with_code(VOID) {
#pragma warning( suppress:28107 )

  // A comment
  /* and another */
#if 1
  KeLeaveCriticalRegion();
#endif
}

VOID ok_two_pragmas(VOID) {
#pragma warning(suppress: 28107)
#pragma warning(suppress: 28150)
  KeLeaveCriticalRegion();
}

VOID ok_several_numbers(VOID) {
#pragma warning(suppress : 28150 28107; disable : 4127)
  KeLeaveCriticalRegion();
}

VOID ok_prefast(VOID) {
#pragma prefast(suppress : 28107, "The caller has entered it")
  KeLeaveCriticalRegion();
}

VOID ok_prefast_several(VOID) {
#pragma  prefast( suppress:__WARNING_UNKNOWN 28150 28107 , "why" )
  KeLeaveCriticalRegion();
}

VOID ok_in_line(VOID) {
  __pragma(warning(suppress : 28107)) KeLeaveCriticalRegion();
}

VOID ok_in_macro(VOID) {
  SILENCED_LEAVE();
}

VOID ok_by_macro(VOID) {
  SILENCE(28107)
  KeLeaveCriticalRegion();
}

VOID ok_by_operator(VOID) {
  _Pragma("warning(suppress : 28107)")
  KeLeaveCriticalRegion();
}

#pragma warning(push)
#pragma warning(disable : 28107)
VOID ok_disabled(VOID) {
  KeLeaveCriticalRegion();
}
#pragma prefast(push)
#pragma prefast(disable : 28150, "of no interest")
VOID ok_disabled_still(VOID) {
  KeLeaveCriticalRegion();
}
#pragma prefast(pop)
VOID ok_disabled_again(VOID) {
  KeLeaveCriticalRegion();
}
#pragma warning(pop)

#pragma prefast(disable : 28107)
VOID ok_prefast_disabled(VOID) {
  KeLeaveCriticalRegion();
}
#pragma warning(default : 28107)

#pragma warning(suppress : 28103)
NTSTATUS ok_returns_at_name(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_returns_at_brace(PDEVICE_OBJECT device, PIRP irp)
#pragma warning(suppress : 28103)
{
  KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

NTSTATUS ok_returns_here(PDEVICE_OBJECT device, PIRP irp) {
  KeEnterCriticalRegion();
#pragma warning(suppress : 28103)
  return STATUS_SUCCESS;
}

VOID bad_after_pop(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}

VOID bad_other_number(VOID) {
#pragma warning(suppress : 28103)
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}

VOID bad_line_after(VOID) {
#pragma warning(suppress : 28107)
  ULONG nothing = 0;
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}

NTSTATUS bad_returns(PDEVICE_OBJECT device, PIRP irp) {
#pragma warning(suppress : 28103)
  KeEnterCriticalRegion();
  return STATUS_SUCCESS; // expected-warning {{Returns inside a critical region that was not left}}
}

// Not a pragma that clang or ddi-check knows, and broken ones.
#pragma prefast
#pragma prefast(
#pragma prefast(suppress : )
#pragma prefast(suppress 28107)
#pragma warning(suppress : )
#pragma prefast(pop)
VOID bad_broken(VOID) {
  KeLeaveCriticalRegion(); // expected-warning {{leaves a critical region that was not entered}}
}
