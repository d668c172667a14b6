#include "share.h"
#include "once.h"
_Static_assert(__BASE_FILE__[sizeof(__BASE_FILE__) - 7] == 'b', "");
_Static_assert(__INCLUDE_LEVEL__ == 0, "");
void Base(void) { LEAVE(); }
