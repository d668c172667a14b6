/*
 * Critical and guarded regions: two counters of the thread, never one.  A
 * critical region holds off normal kernel APCs and user APCs, a guarded region
 * all of them.  Both nest.
 *
 * FsRtlEnterFileSystem and FsRtlExitFileSystem are macros of the first two.
 */
#include "ddi_rule.h"

const struct ddi_routine ddi_model_regions[] = {
    {.name = "KeEnterCriticalRegion", .effects = {{.op = DDI_ENTER_CRITICAL}}},
    {.name = "KeLeaveCriticalRegion", .effects = {{.op = DDI_LEAVE_CRITICAL}}},
    {.name = "KeEnterGuardedRegion", .effects = {{.op = DDI_ENTER_GUARDED}}},
    {.name = "KeLeaveGuardedRegion", .effects = {{.op = DDI_LEAVE_GUARDED}}},
    {.name = "KeAreApcsDisabled", .query = DDI_APCS_ARE_DISABLED},
    {.name = "KeAreAllApcsDisabled", .query = DDI_ALL_APCS_ARE_DISABLED},
    {0}};
