/* Irql_Gather_DMA_Function (ndis): scatter/gather DMA. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_gather_dma_function,
                "ndis.Irql_Gather_DMA_Function",
                "Scatter/gather DMA is registered at PASSIVE_LEVEL, and its "
                "lists are built at DISPATCH_LEVEL",
                "ndis-irql-gather-dma-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NdisMDeregisterScatterGatherDma(adapter->Dma);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NdisMDeregisterScatterGatherDma(adapter->Dma);\n");
