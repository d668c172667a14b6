/*
 * IrqlExFree1 to 3: memory of the pool is freed at DISPATCH_LEVEL or below, and
 * paged pool at APC_LEVEL or below.  The rules differ in what the path has seen of
 * the block; where its kind is not known, DISPATCH_LEVEL is right.
 */
#ifndef DDI_IRQL_FREE_H
#define DDI_IRQL_FREE_H

#include "irql_bound.h"
#include <stddef.h>

static const char *const freeing[] = {"ExFreePoolWithTag", "ExFreePool", NULL};

#define IRQL_FREE(more, except)                                                \
  ROWS(IRQL_BOUND_OF(more, except, .calls = freeing))

#endif
