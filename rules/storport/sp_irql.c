/*
 * SpIrql (storport): the page speaks of TdiRegisterPnPHandlers and lists
 * ExFreeToNPagedLookasideList; both are here.
 */
#include "irql_bound.h"
#include <stddef.h>

static const char *const routines[] = {"ExFreeToNPagedLookasideList",
                                       "TdiRegisterPnPHandlers", NULL};

IRQL_BOUND_RULE_OF(
    ROWS(IRQL_BOUND_OF(| DDI_PHYSICAL_MINIPORT, , .calls = routines),
         IRQL_BOUND_OF(| DDI_VIRTUAL_MINIPORT, , .calls = routines)),
    ddi_rule_storport_sp_irql, "storport.SpIrql",
    "A miniport frees to a nonpaged lookaside list at DISPATCH_LEVEL or below, and "
    "registers TDI handlers at APC_LEVEL or below",
    "storport-spirql",
    "/* in HwStorInterrupt, at DIRQL */\n"
    "ExFreeToNPagedLookasideList(&ext->Commands, command);\n",
    "/* in the DPC that HwStorInterrupt issues */\n"
    "ExFreeToNPagedLookasideList(&ext->Commands, command);\n");
