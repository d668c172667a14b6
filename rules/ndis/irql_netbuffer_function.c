/* Irql_NetBuffer_Function (ndis): net buffers and their lists. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"ndis.Irql_NetBuffer_Function",
     "NdisGetMdlPhysicalArraySize, NdisQueryMdl and NdisQueryMdlOffset, "
     "whose level is not known"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_ndis_irql_netbuffer_function,
                "ndis.Irql_NetBuffer_Function",
                "Net buffers and their lists are allocated, changed and freed "
                "at DISPATCH_LEVEL or below",
                "ndis-irql-netbuffer-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisFreeNetBufferList(list);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisFreeNetBufferList(list);\n",
                .covers = covers);
