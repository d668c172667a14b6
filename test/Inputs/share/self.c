#include "share.h"
#include "once.h"
#ifndef INSIDE
#define INSIDE
#include "self.c"
void Outside(void) { LEAVE(); }
#else
_Static_assert(__INCLUDE_LEVEL__ == 1, "is included");
void Inside(void) { LEAVE(); }
#endif
