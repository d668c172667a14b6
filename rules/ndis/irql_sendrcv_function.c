/* Irql_SendRcv_Function (ndis): sending and receiving. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_sendrcv_function,
                "ndis.Irql_SendRcv_Function",
                "Net buffer lists are sent, indicated and given back at "
                "DISPATCH_LEVEL or below",
                "ndis-irql-sendrcv-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisMSendNetBufferListsComplete(adapter, lists, 0);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisMSendNetBufferListsComplete(adapter, lists, 0);\n");
