/* Irql_Filter_Driver_Function (ndis): a filter driver. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_filter_driver_function,
                "ndis.Irql_Filter_Driver_Function",
                "A filter driver calls NDIS at the level that each routine's "
                "page allows",
                "ndis-irql-filter-driver-function",
                "NdisAcquireSpinLock(&filter->Lock);\n"
                "NdisFSetAttributes(filter->Handle, filter, &attributes);\n"
                "NdisReleaseSpinLock(&filter->Lock);\n",
                "NdisAcquireSpinLock(&filter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&filter->Lock);\n"
                "NdisFSetAttributes(filter->Handle, filter, &attributes);\n");
