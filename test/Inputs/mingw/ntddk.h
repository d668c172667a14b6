#pragma clang system_header
#include_next <ntddk.h>
#include "supplement.h"
