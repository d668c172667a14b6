/* Irql_Miscellaneous_Function (ndis): files, configuration, strings, memory. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"ndis.Irql_Miscellaneous_Function",
     "KeGetCurrentProcessorNumber, NdisEqualMemory, NdisFreeMemory, "
     "NdisInitAnsiString and NdisInitUnicodeString, whose "
     "level is not known"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_ndis_irql_miscellaneous_function,
                "ndis.Irql_Miscellaneous_Function",
                "NDIS is called for files, configuration, strings and memory "
                "at the level that each routine's page allows",
                "ndis-irql-miscellaneous-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NdisCloseConfiguration(configuration);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NdisCloseConfiguration(configuration);\n",
                .covers = covers);
