#pragma clang system_header
/* In C++ two of its functions clash with those of its own intrin.h. */
#include <intrin.h>
#define InterlockedBitTestAndSet InterlockedBitTestAndSetOfWdm
#define InterlockedBitTestAndReset InterlockedBitTestAndResetOfWdm
#include_next <wdm.h>
#undef InterlockedBitTestAndSet
#undef InterlockedBitTestAndReset
#include "supplement.h"
