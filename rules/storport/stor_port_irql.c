/* StorPortIrql (storport): memory, topology, registry. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"storport.StorPortIrql",
     "StorPortLogSystemEvent, whose level is not known"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_storport_stor_port_irql, "storport.StorPortIrql",
                "The StorPort routines for memory, topology and the registry "
                "are called at DISPATCH_LEVEL or below",
                "storport-storportirql",
                "/* in HwStorInterrupt, at DIRQL */\n"
                "StorPortAllocatePool(ext, size, TAG, &block);\n",
                "/* in the DPC that HwStorInterrupt issues */\n"
                "StorPortAllocatePool(ext, size, TAG, &block);\n",
                .covers = covers);
