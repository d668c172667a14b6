/* Irql_Interrupt_Function (ndis): registration of interrupts. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_interrupt_function,
                "ndis.Irql_Interrupt_Function",
                "A miniport registers and deregisters its interrupt at "
                "PASSIVE_LEVEL",
                "ndis-irql-interrupt-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NdisMDeregisterInterruptEx(adapter->Interrupt);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NdisMDeregisterInterruptEx(adapter->Interrupt);\n");
