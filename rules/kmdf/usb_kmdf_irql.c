/* UsbKmdfIrql (kmdf): USB targets, in callbacks that are entered at one level. */
#include "irql_bound.h"

IRQL_BOUND_RULE_OF(ROWS(IRQL_BOUND_OF(, | DDI_ENTRY_VARIES, .named = 1)),
                   ddi_rule_kmdf_usb_kmdf_irql, "kmdf.UsbKmdfIrql",
                   "USB targets are used at the level that each routine's page allows",
                   "kmdf-usbkmdfirql",
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "WdfUsbTargetPipeResetSynchronously(ext->Pipe, NULL, NULL);\n"
                   "WdfSpinLockRelease(ext->Lock);\n",
                   "WdfSpinLockAcquire(ext->Lock);\n"
                   "...\n"
                   "WdfSpinLockRelease(ext->Lock);\n"
                   "WdfUsbTargetPipeResetSynchronously(ext->Pipe, NULL, NULL);\n");
