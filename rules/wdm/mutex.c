/*
 * Mutex (wdm): mutex objects, which are acquired by a wait.
 *
 * Microsoft has no rule of this name: the pages of the routines demand it.  The same
 * thread may acquire a mutex again, and releases it as often.
 *
 * Left out is a release of what was not acquired: drivers wait through pointers of no
 * type, and then nobody knows what is acquired.
 */
#include "spin_lock.h"

static const struct ddi_obligation obligations[] = {
    LOCK_IS_RELEASED(DDI_MUTEX, DDI_ANY_FAMILY, , ),
    LOCK_IS_INITIALISED(DDI_MUTEX, DDI_ANY_FAMILY, , ),
    {.at = DDI_ACQUIRE,
     .kind = DDI_MUTEX,
     .never = DDI_UNKNOWN_FLAGS,
     .error = "'%c' waits for mutex '%o' in user mode: KernelMode is demanded"},
    {0}};

const struct ddi_rule ddi_rule_wdm_mutex = {
    .name = "wdm.Mutex",
    .summary = "A mutex object is waited for in KernelMode, and released as often as it "
               "was acquired before the driver returns",
    .text =
        "KeReleaseMutex raises an exception if the thread does not own the "
        "mutex, and the system stops if a thread goes back to user mode with "
        "one. While one is held normal kernel APCs are off, and the wait for it "
        "must not let user APCs in: its mode is KernelMode.",
    .url = DDI_PAGES "wdm/nf-wdm-kereleasemutex",
    .bad = "KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);\n"
           "if (ext->Removed)\n"
           "    return STATUS_DELETE_PENDING; /* held */\n"
           "KeReleaseMutex(&ext->Mutex, FALSE);\n",
    .good = "KeWaitForSingleObject(&ext->Mutex, Executive, KernelMode, FALSE, NULL);\n"
            "removed = ext->Removed;\n"
            "KeReleaseMutex(&ext->Mutex, FALSE);\n"
            "if (removed)\n"
            "    return STATUS_DELETE_PENDING;\n",
    .obligations = obligations,
};
