/* SpChangeIrql (storport): IrqlReturn of wdm, in a miniport. */
#include "irql_return.h"

static const struct ddi_obligation obligations[] = {
    IRQL_RETURN(| DDI_PHYSICAL_MINIPORT, ), IRQL_RETURN(| DDI_VIRTUAL_MINIPORT, ),
    {0}};

const struct ddi_rule ddi_rule_storport_sp_change_irql = {
    .name = "storport.SpChangeIrql",
    .summary = "A routine that Storport calls returns at the IRQL at which it was "
               "entered",
    .text = "Storport goes on at the level that the miniport leaves, and holds "
            "locks that rely on it. What raises (StorPortAcquireSpinLock, and in "
            "a virtual miniport any spin lock or KeRaiseIrql) is taken back "
            "before the return, on every path.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "storport-spchangeirql",
    .bad = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &lock);\n"
           "if (ext->Removed)\n"
           "    return FALSE;          /* at DISPATCH_LEVEL */\n"
           "StorPortReleaseSpinLock(ext, &lock);\n",
    .good = "StorPortAcquireSpinLock(ext, StartIoLock, NULL, &lock);\n"
            "removed = ext->Removed;\n"
            "StorPortReleaseSpinLock(ext, &lock);\n"
            "if (removed)\n"
            "    return FALSE;\n",
    .obligations = obligations,
};
