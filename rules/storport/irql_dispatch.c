/*
 * IrqlDispatch (storport): the rule of wdm, under its name for virtual miniports.
 * To a physical miniport these routines are prohibited.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"storport.IrqlDispatch",
     "the methods of a DMA adapter; other levels that a routine's own page "
     "allows"},
    {0}};

IRQL_BOUND_RULE_OF(
    ROWS(IRQL_BOUND_OF(| DDI_VIRTUAL_MINIPORT, , .named = 1)),
    ddi_rule_storport_irql_dispatch, "storport.IrqlDispatch",
    "A virtual miniport uses device queues and the AtDpcLevel spin lock routines at "
    "DISPATCH_LEVEL",
    "storport-irqldispatch",
    "KeAcquireSpinLockAtDpcLevel(&ext->Lock); /* in HwStorStartIo */\n",
    "KeAcquireSpinLock(&ext->Lock, &irql);\n",
    .covers = covers);
