/* Irql_Interfaces_Function (ndis): network interfaces. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_interfaces_function,
                "ndis.Irql_Interfaces_Function",
                "Network interfaces are registered, stacked and named at "
                "PASSIVE_LEVEL",
                "ndis-irql-interfaces-function",
                "NdisAcquireSpinLock(&provider->Lock);\n"
                "NdisIfDeregisterInterface(provider->Index);\n"
                "NdisReleaseSpinLock(&provider->Lock);\n",
                "NdisAcquireSpinLock(&provider->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&provider->Lock);\n"
                "NdisIfDeregisterInterface(provider->Index);\n");
