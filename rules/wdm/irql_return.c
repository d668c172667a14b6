/*
 * IrqlReturn (wdm): a routine that the system enters returns at the level at
 * which it was entered.
 */
#include "irql_return.h"

static const struct ddi_obligation obligations[] = {
    IRQL_RETURN(, | DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT), {0}};

static const struct ddi_covered covers[] = {{"ks.KsIrqlDeviceCallbacks"},
                                            {"ks.KsIrqlFilterCallbacks"},
                                            {"ks.KsIrqlPinCallbacks"},
                                            {0}};

const struct ddi_rule ddi_rule_wdm_irql_return = {
    .name = "wdm.IrqlReturn",
    .summary = "A dispatch routine, and any other that the system calls, returns at "
               "the IRQL at which it was entered",
    .text =
        "The system goes on at the level that the driver leaves. A return at "
        "DISPATCH_LEVEL, with a spin lock or a raise not taken back, stops the "
        "machine at the next wait or page fault, far from the mistake "
        "(IRQL_NOT_LESS_OR_EQUAL, ATTEMPTED_SWITCH_FROM_DPC). A helper that "
        "raises for its caller is fine; it says so with _IRQL_raises_.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "wdm-irqlreturn",
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "if (ext->Removed)\n"
           "    return STATUS_DELETE_PENDING; /* at DISPATCH_LEVEL */\n"
           "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "removed = ext->Removed;\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n"
            "if (removed)\n"
            "    return STATUS_DELETE_PENDING;\n",
    .obligations = obligations,
    .covers = covers,
};
