/* KmdfIrql (kmdf): in callbacks that are entered at one level. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"kmdf.KmdfIrql",
     "WdfDeviceStopIdle, WdfDpcCancel, WdfIoTargetStop, "
     "WdfLookasideListCreate, WdfMemoryCreate, WdfTimerStop and "
     "WdfWaitLockAcquire, whose level depends on their arguments"},
    {0}};

IRQL_BOUND_RULE_OF(ROWS(IRQL_BOUND_OF(, | DDI_ENTRY_VARIES, .named = 1, .otherwise = 1)),
                   ddi_rule_kmdf_kmdf_irql, "kmdf.KmdfIrql",
                   "The framework is called at the level that each routine's page allows",
                   "kmdf-kmdfirql",
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "WdfDeviceSetDeviceInterfaceState(device, &guid, NULL, TRUE);\n"
                   "WdfSpinLockRelease(ext->Lock);\n",
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "...\n"
                   "WdfSpinLockRelease(ext->Lock);\n"
                   "WdfDeviceSetDeviceInterfaceState(device, &guid, NULL, TRUE);\n",
                   .covers = covers);
