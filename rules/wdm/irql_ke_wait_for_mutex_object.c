/*
 * IrqlKeWaitForMutexObject (wdm): a wait for one object.  KeWaitForMutexObject
 * is a macro of KeWaitForSingleObject, and the bound is that of both.  The
 * page has DISPATCH_LEVEL alone for a timeout of zero, that of the routine all
 * levels up to it.
 */
#include "irql_bound.h"

IRQL_BOUND_RULE(ddi_rule_wdm_irql_ke_wait_for_mutex_object,
                "wdm.IrqlKeWaitForMutexObject",
                "KeWaitForSingleObject is called at APC_LEVEL or below, or at "
                "DISPATCH_LEVEL with a timeout of zero",
                "wdm-irqlkewaitformutexobject",
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n",
                "KeWaitForMutexObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);\n"
                "KeAcquireSpinLock(&ext->Lock, &irql);\n"
                "...\n"
                "KeReleaseSpinLock(&ext->Lock, irql);\n");
