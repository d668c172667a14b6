/*
 * PagedCode, which Microsoft publishes for WDM and for Storport with the same
 * text.  A finding goes by one of the names.
 */
#ifndef DDI_PAGED_CODE_H
#define DDI_PAGED_CODE_H

#include "ddi_rule.h"

/* and are facts that hold too, not such that do not. */
#define PAGED_CODE_ROWS(and, not)                                              \
  {.at = DDI_RUN_PAGED,                                                        \
   .never = DDI_ABOVE_APC_LEVEL and,                                           \
   .unless = DDI_GOES_ON | not,                                                \
   .error = "'%c', which may be paged out, runs at %l"},                       \
  {                                                                            \
    .at = DDI_RUN_PAGED, .never = DDI_ABOVE_APC_LEVEL | DDI_GOES_ON and,       \
    .unless = not,                                                             \
    .error = "Behind '%c' code that may be paged out goes on at %l"            \
  }

#define PAGED_CODE_TEXT                                                        \
  "A page that is not there is read from disk, and at DISPATCH_LEVEL nobody "  \
  "can wait for that: the machine stops with IRQL_NOT_LESS_OR_EQUAL, but only " \
  "when memory is short. A function lies in pageable code by #pragma "         \
  "alloc_text(PAGE, name), #pragma code_seg(\"PAGE\") or "                     \
  "__declspec(code_seg(\"PAGE\")), and says so with PAGED_CODE(). It is not "  \
  "called with a spin lock held or from a DPC, and, if it does lie in such a "  \
  "section, does not raise the IRQL to DISPATCH_LEVEL itself: the next "        \
  "instruction may be gone. Sections of other names that begin with PAGE may "  \
  "be locked in memory, and are left alone."
#define PAGED_CODE_BAD                                                         \
  "#pragma alloc_text(PAGE, Flush)\n"                                          \
  "...\n"                                                                      \
  "KeAcquireSpinLock(&ext->Lock, &irql);\n"                                    \
  "Flush(ext);\n"
#define PAGED_CODE_GOOD                                                        \
  "KeAcquireSpinLock(&ext->Lock, &irql);\n"                                    \
  "...\n"                                                                      \
  "KeReleaseSpinLock(&ext->Lock, irql);\n"                                     \
  "Flush(ext);\n"

#endif
