/*
 * IrqlDispatch (wdm): device queues, controllers, spin locks of those at
 * DISPATCH_LEVEL already.  The page has exactly DISPATCH_LEVEL for all of them;
 * what a routine's own page or declaration allows beyond that counts.  In a
 * miniport a finding goes by Storport's name.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlDispatch",
     "the methods of a DMA adapter; other levels that a routine's own page "
     "allows"},
    {0}};

IRQL_BOUND_RULE_OF(
    ROWS(IRQL_BOUND_OF(, | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT,
                       .named = 1)),
    ddi_rule_wdm_irql_dispatch, "wdm.IrqlDispatch",
    "Device queues, controllers and the AtDpcLevel spin lock routines are used at "
    "DISPATCH_LEVEL",
    "wdm-irqldispatch",
    "/* in a dispatch routine, at PASSIVE_LEVEL */\n"
    "IoStartNextPacket(device, TRUE);\n",
    "KeRaiseIrql(DISPATCH_LEVEL, &irql);\n"
    "IoStartNextPacket(device, TRUE);\n"
    "KeLowerIrql(irql);\n",
    .covers = covers);
