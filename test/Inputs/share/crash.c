#include "share.h"
#include "once.h"
#pragma clang __debug crash
