/* IrqlIoDispatch (wdm): the device to verify. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_dispatch, "wdm.IrqlIoDispatch",
                "The device to verify is read and set at DISPATCH_LEVEL or "
                "below",
                "wdm-irqliodispatch",
                "/* in an interrupt's service routine, at DIRQL */\n"
                "device = IoGetDeviceToVerify(thread);\n",
                "/* in the DPC that the service routine queues */\n"
                "device = IoGetDeviceToVerify(thread);\n");
