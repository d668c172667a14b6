#include "share.h"
#include "once.h"

void Lines(PTHING t) {
  ExReleaseResourceLite(&t->Lock);
}
