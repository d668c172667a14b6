/* Irql_Timer_Function (ndis): timer objects. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_timer_function, "ndis.Irql_Timer_Function",
                "Timer objects are allocated, set, cancelled and freed at "
                "DISPATCH_LEVEL or below",
                "ndis-irql-timer-function",
                "/* in the interrupt handler, at DIRQL */\n"
                "NdisSetTimerObject(adapter->Timer, due, 0, NULL);\n",
                "/* in MiniportInterruptDPC */\n"
                "NdisSetTimerObject(adapter->Timer, due, 0, NULL);\n");
