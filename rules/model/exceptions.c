/*
 * Routines that throw, and routines that never come back.  What throws inside
 * __try goes to the nearest handler; user memory may or may not throw.
 */
#include "ddi_rule.h"

const struct ddi_routine ddi_model_exceptions[] = {
    {.name = "ExRaiseStatus", .raises = 1},
    {.name = "ExRaiseAccessViolation", .raises = 1},
    {.name = "ExRaiseDatatypeMisalignment", .raises = 1},
    {.name = "RtlRaiseException", .raises = 1},
    {.name = "RtlRaiseStatus", .raises = 1},
    {.name = "FsRtlRaiseStatus", .raises = 1},
    {.name = "ProbeForRead", .may_raise = 1},
    {.name = "ProbeForWrite", .may_raise = 1},
    {.name = "MmProbeAndLockPages", .may_raise = 1},
    {.name = "CcCopyRead", .may_raise = 1},
    {.name = "CcCopyWrite", .may_raise = 1},
    {.name = "CcMdlRead", .may_raise = 1},
    {.name = "CcPrepareMdlWrite", .may_raise = 1},
    {.name = "CcMapData", .may_raise = 1},
    {.name = "CcPinRead", .may_raise = 1},
    {.name = "CcPinMappedData", .may_raise = 1},
    {.name = "CcPreparePinWrite", .may_raise = 1},
    {.name = "CcInitializeCacheMap", .may_raise = 1},
    {.name = "CcZeroData", .may_raise = 1},
    {.name = "KeBugCheck", .stops = 1},
    {.name = "KeBugCheckEx", .stops = 1},
    {0}};
