#include "share.h"
#include \
  "once.h"
#define TWICE
#include "share.h"
#include "once.h"
_Static_assert(SeenTwice == 1, "a header is read again");
_Static_assert(InHeader == 0 && __COUNTER__ == 1, "__COUNTER__ goes on");
#undef LEAVE
#define LEAVE() KeLeaveGuardedRegion()

/* Has the name of one in another file. */
static void Helper(void) { LEAVE(); }
void Again(void) { Helper(); }
