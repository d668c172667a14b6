/* KmdfIrql2 (kmdf): in callbacks whose level depends on the execution level. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"kmdf.KmdfIrql2",
     "the routines that KmdfIrql leaves out; what only the execution level "
     "says of the level at entry"},
    {0}};

IRQL_BOUND_RULE_OF(ROWS(IRQL_BOUND_OF(| DDI_ENTRY_VARIES, , .named = 1, .otherwise = 1)),
                   ddi_rule_kmdf_kmdf_irql2, "kmdf.KmdfIrql2",
                   "A callback of varying level calls the framework at the level that "
                   "each routine's page allows",
                   "kmdf-kmdfirql2",
                   "/* in EvtIoRead, at DISPATCH_LEVEL or below */\n"
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "WdfIoQueuePurgeSynchronously(queue);\n"
                   "WdfSpinLockRelease(ext->Lock);\n",
                   "/* in EvtWorkItem, at PASSIVE_LEVEL */\n"
                   "WdfIoQueuePurgeSynchronously(queue);\n",
                   .covers = covers);
