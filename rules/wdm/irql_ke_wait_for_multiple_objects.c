/* IrqlKeWaitForMultipleObjects (wdm): a wait for several objects. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ke_wait_for_multiple_objects,
                "wdm.IrqlKeWaitForMultipleObjects",
                "KeWaitForMultipleObjects is called at APC_LEVEL or below, or "
                "at DISPATCH_LEVEL with a timeout of zero",
                "wdm-irqlkewaitformultipleobjects",
                "/* in a DPC, at DISPATCH_LEVEL */\n"
                "KeWaitForMultipleObjects(2, events, WaitAny, Executive, KernelMode,\n"
                "                         FALSE, NULL, NULL);\n",
                "LARGE_INTEGER zero = {0};\n"
                "KeWaitForMultipleObjects(2, events, WaitAny, Executive, KernelMode,\n"
                "                         FALSE, &zero, NULL);\n");
