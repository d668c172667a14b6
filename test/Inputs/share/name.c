/* A comment before all, with a quote: isn't shared.
 */
#include "share.h" /* behind
   it */ // and more
#include "once.h"

// The file has its own name, and its lines their numbers.
_Static_assert(sizeof(__FILE__) > sizeof("name.c"), "__FILE__");
_Static_assert(__LINE__ == 9, "__LINE__");
_Static_assert(__FILE__[sizeof(__FILE__) - 7] == 'n', "__FILE__");

static void Helper(void) { LEAVE(); }
void Name(PTHING t) {
  KeEnterCriticalRegion();
  Helper();
  Helper();
}
