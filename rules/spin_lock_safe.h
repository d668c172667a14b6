/*
 * SpinLockSafe, which Microsoft publishes for WDM and for Storport with the same
 * text: these run what others have to do.
 */
#ifndef DDI_SPIN_LOCK_SAFE_H
#define DDI_SPIN_LOCK_SAFE_H

#include "ddi_rule.h"
#include <stddef.h>

static const char *const going_on[] = {"IoCompleteRequest", "IofCompleteRequest",
                                       "IoStartNextPacket",
                                       "IoStartNextPacketByKey", NULL};

#define NOTHING_HELD_AT(more, except)                                          \
  {.at = DDI_CALL,                                                             \
   .others = DDI_KIND(DDI_SPIN_LOCK),                                          \
   .never = DDI_HELD more,                                                     \
   .unless = 0 except,                                                         \
   .calls = going_on,                                                          \
   .error = "'%c' is called while this path holds '%o'"}

#endif
