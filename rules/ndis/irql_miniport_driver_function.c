/* Irql_Miniport_Driver_Function (ndis): a miniport. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_miniport_driver_function,
                "ndis.Irql_Miniport_Driver_Function",
                "A miniport calls NDIS at the level that each routine's page "
                "allows",
                "ndis-irql-miniport-driver-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NdisMSleep(100);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NdisMSleep(100);\n");
