/*
 * Memory in which locks live: where it comes from, whether it is pageable,
 * zeroed, and when it ends.
 */
#include "ddi_rule.h"

const struct ddi_object_type ddi_object_types[] = {
    {DDI_ERESOURCE, "_ERESOURCE"},
    {DDI_NO_OBJECT, 0}};

/* POOL_TYPE: PagedPool is 1, and the odd values up to 5 are its variants. */
#define POOL_BOUNDS                                                            \
  .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},                     \
             {DDI_IF_PAGED_POOL, DDI_ARG1, .max = DDI_APC_LEVEL}}
#define TYPED_POOL                                                             \
  .pool = DDI_ARG1, .paged_mask = 1, .paged_value = 1, POOL_BOUNDS
/* POOL_FLAGS: POOL_FLAG_PAGED is 0x100, POOL_FLAG_UNINITIALIZED 2. */
#define FLAGGED_POOL                                                           \
  .pool = DDI_ARG1, .paged_mask = 0x100, .paged_value = 0x100,                 \
  .unless_zeroed = 2, .zeroed = 1, POOL_BOUNDS
#define ALLOCATES .effects = {{.op = DDI_ALLOCATE, .kind = DDI_STORAGE}}
#define FREES                                                                  \
  .effects = {{.op = DDI_FREE, .kind = DDI_STORAGE, .object = DDI_ARG1}}
#define ZEROES                                                                 \
  .effects = {{.op = DDI_ZERO, .kind = DDI_STORAGE, .object = DDI_ARG1}},        \
  .out = DDI_ARG1

const struct ddi_routine ddi_model_memory[] = {
    {.name = "ExAllocatePool", .superseded = 1, ALLOCATES, TYPED_POOL},
    {.name = "ExAllocatePoolWithTag", .superseded = 1, ALLOCATES, TYPED_POOL,
     .family = DDI_WITH_TAG},
    {.name = "ExAllocatePoolWithTagPriority", .superseded = 1, ALLOCATES, TYPED_POOL,
     .family = DDI_WITH_PRIORITY},
    {.name = "ExAllocatePoolWithQuota", .superseded = 1, ALLOCATES, TYPED_POOL},
    {.name = "ExAllocatePoolWithQuotaTag", .superseded = 1, ALLOCATES, TYPED_POOL},
    {.name = "ExAllocatePoolUninitialized", ALLOCATES, TYPED_POOL,
     .family = DDI_WITH_TAG},
    {.name = "ExAllocatePoolZero", ALLOCATES, TYPED_POOL, .zeroed = 1,
     .family = DDI_WITH_TAG},
    {.name = "ExAllocatePoolPriorityUninitialized", ALLOCATES, TYPED_POOL,
     .family = DDI_WITH_PRIORITY},
    {.name = "ExAllocatePoolPriorityZero", ALLOCATES, TYPED_POOL, .zeroed = 1,
     .family = DDI_WITH_PRIORITY},
    {.name = "ExAllocatePool2", ALLOCATES, FLAGGED_POOL},
    {.name = "ExAllocatePool3", ALLOCATES, FLAGGED_POOL},
    {.name = "FsRtlAllocatePoolWithTag", ALLOCATES, TYPED_POOL},
    {.name = "FltAllocatePoolAlignedWithTag", ALLOCATES, .pool = DDI_ARG2,
     .paged_mask = 1, .paged_value = 1},
    {.name = "ExFreePool", FREES, POOL_BOUNDS},
    {.name = "ExFreePoolWithTag", FREES, POOL_BOUNDS},
    {.name = "ExFreePool2", FREES, POOL_BOUNDS},
    {.name = "StorPortFreePool",
     .effects = {{.op = DDI_FREE, .kind = DDI_STORAGE, .object = DDI_ARG2}}},
    {.name = "RtlZeroMemory", ZEROES},
    /* what RtlZeroMemory is a macro of */
    {.name = "memset", ZEROES, .observed = 1},
    {.name = "RtlSecureZeroMemory", ZEROES},
    {0}};
