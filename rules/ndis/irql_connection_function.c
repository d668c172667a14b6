/* Irql_Connection_Function (ndis): a connection-oriented protocol. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_connection_function,
                "ndis.Irql_Connection_Function",
                "Virtual connections are created, deleted and used at the "
                "level that each routine's page allows",
                "ndis-irql-connection-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisCoSendNetBufferLists(vc, lists, 0);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisCoSendNetBufferLists(vc, lists, 0);\n");
