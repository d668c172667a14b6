/* Irql_Synch_Function (ndis): locks, mutexes and events. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_synch_function, "ndis.Irql_Synch_Function",
                "The locks, mutexes and events of NDIS are used at the level "
                "that each routine's page allows",
                "ndis-irql-synch-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NDIS_WAIT_FOR_MUTEX(&adapter->Mutex);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NDIS_WAIT_FOR_MUTEX(&adapter->Mutex);\n");
