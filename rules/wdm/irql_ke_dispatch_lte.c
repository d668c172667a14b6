/* IrqlKeDispatchLte (wdm): spin locks, events, timers, queues. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ke_dispatch_lte, "wdm.IrqlKeDispatchLte",
                "Spin locks are acquired, and events, timers and device queues "
                "used, at DISPATCH_LEVEL or below",
                "wdm-irqlkedispatchlte",
                "/* in an interrupt's service routine, at DIRQL */\n"
                "KeSetTimer(&ext->Timer, due, &ext->Dpc);\n",
                "/* in the DPC that the service routine queues */\n"
                "KeSetTimer(&ext->Timer, due, &ext->Dpc);\n");
