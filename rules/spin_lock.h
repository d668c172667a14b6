/*
 * What Microsoft demands of a lock that no thread takes twice, in nearly the same
 * words for each family and driver model: acquired only if it is free, released only
 * if it is held, and not held when the routine returns to the system.  A family is
 * one of enum ddi_family; more: facts that must hold, too; except: facts that must
 * not.
 */
#ifndef DDI_SPIN_LOCK_RULE_H
#define DDI_SPIN_LOCK_RULE_H

#include "ddi_rule.h"

#define LOCK_IS_FREE(what, of, more, except)                                   \
  {.at = DDI_ACQUIRE,                                                          \
   .kind = what,                                                               \
   .family = of,                                                               \
   .never = DDI_HELD_EXCLUSIVE | DDI_WAITS more,                               \
   .unless = 0 except,                                                         \
   .error = "'%c' on '%o', which this path holds: deadlock"}
#define LOCK_IS_HELD(what, of, more, except)                                   \
  {.at = DDI_RELEASE,                                                          \
   .kind = what,                                                               \
   .family = of,                                                               \
   .never = DDI_NOT_HELD more,                                                 \
   .unless = 0 except,                                                         \
   .alias = 28107,                                                             \
   .error = "'%c' releases '%o', which this path does not hold"}
#define LOCK_IS_RELEASED(what, of, more, except)                               \
  {.at = DDI_EXIT,                                                             \
   .kind = what,                                                               \
   .family = of,                                                               \
   .never = DDI_HELD more,                                                     \
   .unless = 0 except,                                                         \
   .alias = 28103,                                                             \
   .error = "Returns with '%o' still held"},                                   \
      {.at = DDI_SIBLING_EXIT,                                                 \
       .kind = what,                                                           \
       .family = of,                                                           \
       .never = DDI_HELD more,                                                 \
       .unless = 0 except,                                                     \
       .alias = 28103,                                                         \
       .error = "Returns with '%o' held, which is released on other paths "    \
                "with the same result"}
#define LOCK_IS_INITIALISED(what, of, more, except)                            \
  {.at = DDI_ACQUIRE,                                                          \
   .kind = what,                                                               \
   .family = of,                                                               \
   .never = DDI_UNINITIALIZED more,                                            \
   .unless = 0 except,                                                         \
   .error = "'%c' on '%o', which was never initialised"}
#define HANDLE_IS_FREE(more, except)                                           \
  {.at = DDI_ACQUIRE,                                                          \
   .kind = DDI_LOCK_HANDLE,                                                    \
   .family = DDI_QUEUED,                                                       \
   .never = DDI_HELD more,                                                     \
   .unless = 0 except,                                                         \
   .error = "'%c' with the handle '%o', which is in use for another lock"}

#endif
