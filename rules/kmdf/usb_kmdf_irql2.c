/* UsbKmdfIrql2 (kmdf): USB targets, in callbacks whose level depends on the
   execution level. */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"kmdf.UsbKmdfIrql2",
     "what only the execution level says of the level at entry"},
    {0}};

IRQL_BOUND_RULE_OF(ROWS(IRQL_BOUND_OF(| DDI_ENTRY_VARIES, , .named = 1)),
                   ddi_rule_kmdf_usb_kmdf_irql2, "kmdf.UsbKmdfIrql2",
                   "A callback of varying level uses USB targets at the level that each "
                   "routine's page allows",
                   "kmdf-usbkmdfirql2",
                   "/* in EvtIoRead, at DISPATCH_LEVEL or below */\n"
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "WdfUsbTargetPipeResetSynchronously(ext->Pipe, NULL, NULL);\n"
                   "WdfSpinLockRelease(ext->Lock);\n",
                   "/* in EvtWorkItem, at PASSIVE_LEVEL */\n"
                   "WdfUsbTargetPipeResetSynchronously(ext->Pipe, NULL, NULL);\n",
                   .covers = covers);
