/*
 * IrqlKeSetEvent (wdm)
 *
 *      KeSetEvent(e, i, TRUE) ---> raised, dispatcher locked ---> KeWaitFor...
 */
#include "irql_bound.h"

static const struct ddi_obligation obligations[] = {
    IRQL_BOUND,
    {.at = DDI_CALL,
     .never = DDI_MUST_WAIT,
     .unless = DDI_IS_WAIT,
     .error = "'%c' comes between a signal with Wait set and the wait that must "
              "follow at once; the IRQL is %l"},
    {.at = DDI_EXIT,
     .never = DDI_MUST_WAIT,
     .error = "Returns after a signal with Wait set, without the wait that must "
              "follow at once; the IRQL is %l"},
    {0}};

const struct ddi_rule ddi_rule_wdm_irql_ke_set_event = {
    .name = "wdm.IrqlKeSetEvent",
    .summary = "KeSetEvent is called at DISPATCH_LEVEL at most; with Wait, at "
               "APC_LEVEL at most, and a wait follows at once",
    .text =
        "With Wait TRUE the routine returns with the IRQL raised and the "
        "dispatcher locked, so that the signal and the wait that follows are one "
        "step. The next call must be KeWaitForSingleObject, "
        "KeWaitForMultipleObjects or KeWaitForMutexObject, and the caller must be "
        "allowed to wait. The same holds for KeReleaseMutex, KeReleaseSemaphore "
        "and KePulseEvent.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlkesetevent",
    .bad = "KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);\n"
           "IoCompleteRequest(irp, IO_NO_INCREMENT);\n",
    .good = "KeSetEvent(&ext->Done, IO_NO_INCREMENT, TRUE);\n"
            "KeWaitForSingleObject(&ext->Ready, Executive, KernelMode, FALSE, "
            "NULL);\n",
    .obligations = obligations,
};
