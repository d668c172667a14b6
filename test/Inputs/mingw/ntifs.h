#pragma clang system_header
#include_next <ntifs.h>
#include "supplement.h"
/* There it is a macro of ULONG_PTR; the typedef of the same type is kept. */
#undef EX_PUSH_LOCK
#undef PEX_PUSH_LOCK
