#include "share.h"
#include "once.h"
#pragma warning(push)
#pragma warning(suppress: 28107)
void Suppressed(PTHING t) { ExAcquireResourceExclusiveLite(&t->Lock, TRUE); }
#pragma warning(pop)
void NotSuppressed(PTHING t) { ExAcquireResourceExclusiveLite(&t->Lock, TRUE); }
#pragma ddi_check_fork
