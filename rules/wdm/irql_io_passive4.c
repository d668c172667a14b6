/* IrqlIoPassive4 (wdm): files, named events, links, interrupts. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_io_passive4, "wdm.IrqlIoPassive4",
                "Files, named events and links are made and deleted, and "
                "interrupts disconnected, at PASSIVE_LEVEL",
                "wdm-irqliopassive4",
                "/* in a DPC, at DISPATCH_LEVEL */\n"
                "IoDeleteSymbolicLink(&name);\n",
                "/* in DriverUnload */\n"
                "IoDeleteSymbolicLink(&name);\n");
