/* Irql_Protocol_Driver_Function (ndis): a protocol driver. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_protocol_driver_function,
                "ndis.Irql_Protocol_Driver_Function",
                "A protocol driver calls NDIS at the level that each routine's "
                "page allows",
                "ndis-irql-protocol-driver-function",
                "NdisAcquireSpinLock(&binding->Lock);\n"
                "NdisCloseAdapterEx(binding->Handle);\n"
                "NdisReleaseSpinLock(&binding->Lock);\n",
                "NdisAcquireSpinLock(&binding->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&binding->Lock);\n"
                "NdisCloseAdapterEx(binding->Handle);\n");
