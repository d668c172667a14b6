/*
 * IrqlKeReleaseSpinLock, which Microsoft publishes for WDM and for Storport with
 * the same text: at DISPATCH_LEVEL, with the level that the acquire of this lock
 * saved.  A finding goes by one of the names; to a physical miniport these routines
 * are prohibited.
 */
#ifndef DDI_RELEASE_SPIN_LOCK_H
#define DDI_RELEASE_SPIN_LOCK_H

#include "irql_bound.h"
#include <stddef.h>

static const char *const releasing[] = {"KeReleaseSpinLock",
                                        "KfReleaseSpinLock",
                                        "KeReleaseSpinLockForDpc",
                                        "ExReleaseSpinLockExclusive",
                                        "ExReleaseSpinLockShared",
                                        NULL};

#define RELEASE_SPIN_LOCK(more, except)                                        \
  IRQL_BOUND_OF(more, except, .named = 1),                                     \
      {.at = DDI_LOWER,                                                        \
       .never = DDI_OTHER_LEVEL more,                                          \
       .unless = DDI_MUST_WAIT except,                                         \
       .calls = releasing,                                                     \
       .error = "'%c' restores the level that another acquire saved, and "     \
                "leaves this one's: the IRQL is %l"},                          \
  {                                                                            \
    0                                                                          \
  }

#define RELEASE_SPIN_LOCK_TEXT                                                 \
  "KeReleaseSpinLock lowers the IRQL to the value that it is given. With the " \
  "value that an earlier acquire saved the level drops too far, and the "      \
  "other lock is held where the thread can be switched out. Which level "      \
  "comes back is seen by its value, whatever variable it went through."
#define RELEASE_SPIN_LOCK_BAD                                                  \
  "KeAcquireSpinLock(&ext->A, &first);\n"                                      \
  "KeAcquireSpinLock(&ext->B, &second);\n"                                     \
  "KeReleaseSpinLock(&ext->B, first);\n"
#define RELEASE_SPIN_LOCK_GOOD                                                 \
  "KeAcquireSpinLock(&ext->A, &first);\n"                                      \
  "KeAcquireSpinLock(&ext->B, &second);\n"                                     \
  "KeReleaseSpinLock(&ext->B, second);\n"                                      \
  "KeReleaseSpinLock(&ext->A, first);\n"

#endif
