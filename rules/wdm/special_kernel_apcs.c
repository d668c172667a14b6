/*
 * SpecialKernelApcs (wdm)
 *
 * Microsoft has no rule of this name: the pages of the file routines demand it,
 * and Driver Verifier checks it at run time (0xC4, 0xE6).  At APC_LEVEL the level
 * is wrong already, and only that is told.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_CALL,
     .never = DDI_NEEDS_SPECIAL_APCS | DDI_SPECIAL_APCS_DISABLED,
     .unless = DDI_IRQL_TOO_HIGH | DDI_MUST_WAIT,
     .error = "'%c' with special kernel APCs disabled: it waits for one"},
    {0}};

const struct ddi_rule ddi_rule_wdm_special_kernel_apcs = {
    .name = "wdm.SpecialKernelApcs",
    .summary = "File routines are called with special kernel APCs enabled",
    .text =
        "ZwReadFile and its like wait for the I/O manager, which completes a "
        "request by a special kernel APC to the thread. In a guarded region none "
        "is delivered, and the thread waits for ever; the same at APC_LEVEL, as "
        "under a fast mutex. A critical region is fine: it holds off normal "
        "kernel APCs alone.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/kernel/"
           "disabling-apcs",
    .bad = "KeEnterGuardedRegion();\n"
           "ZwReadFile(file, NULL, NULL, NULL, &io, buffer, size, NULL, NULL);\n"
           "KeLeaveGuardedRegion();\n",
    .good = "KeEnterCriticalRegion();\n"
            "ZwReadFile(file, NULL, NULL, NULL, &io, buffer, size, NULL, NULL);\n"
            "KeLeaveCriticalRegion();\n",
    .obligations = obligations,
};
