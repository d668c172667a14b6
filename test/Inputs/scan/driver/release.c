#include "driver.h"
#include "release.tmh"

VOID Release(PERESOURCE r) { ExReleaseResourceLite(r); }
