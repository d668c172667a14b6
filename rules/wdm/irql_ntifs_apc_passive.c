/*
 * IrqlNtifsApcPassive (wdm): the cache manager, and native file routines.  The
 * pages of CcDeferWrite and CcFastCopyWrite name no level.
 */
#include "irql_bound.h"

static const struct ddi_covered covers[] = {
    {"wdm.IrqlNtifsApcPassive",
     "CcDeferWrite and CcFastCopyWrite, whose level is not known"},
    {0}};

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ntifs_apc_passive, "wdm.IrqlNtifsApcPassive",
                "Files are written through the cache manager at APC_LEVEL or "
                "below, and by ZwWriteFile at PASSIVE_LEVEL",
                "wdm-irqlntifsapcpassive",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "CcCopyWrite(file, &offset, length, TRUE, ext->Buffer);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "...\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n"
                "CcCopyWrite(file, &offset, length, TRUE, buffer);\n",
                .covers = covers);
