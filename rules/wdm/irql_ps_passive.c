/* IrqlPsPassive (wdm): threads and notifications. */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ps_passive, "wdm.IrqlPsPassive",
                "System threads are created and ended, and notifications set, "
                "at PASSIVE_LEVEL",
                "wdm-irqlpspassive",
                "/* in a DPC, at DISPATCH_LEVEL */\n"
                "PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL,\n"
                "                     Worker, ext);\n",
                "/* in the work item that the DPC queues */\n"
                "PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL,\n"
                "                     Worker, ext);\n");
