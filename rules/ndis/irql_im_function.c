/* Irql_IM_Function (ndis): an intermediate driver. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_ndis_irql_im_function, "ndis.Irql_IM_Function",
                "An intermediate driver makes and ends its virtual miniports "
                "at PASSIVE_LEVEL",
                "ndis-irql-im-function",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "NdisIMDeInitializeDeviceInstance(miniport);\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n",
                "NdisAcquireSpinLock(&adapter->Lock);\n"
                "...\n"
                "NdisReleaseSpinLock(&adapter->Lock);\n"
                "NdisIMDeInitializeDeviceInstance(miniport);\n");
