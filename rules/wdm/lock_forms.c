/*
 * LockForms (wdm)
 *
 * Microsoft has no rule of this name: the pages of the routines demand it.  Drivers
 * that take locks hand over hand, or change the mode of one, cross the forms, and the
 * IRQL comes back all the same: told if strict.  Where it does not, IrqlReturn tells.
 */
#include "spin_lock.h"

#define NOT_THIS_FORM                                                          \
  "'%c' releases '%o' in a form in which this path did not acquire it"
#define OTHER_FORM(what)                                                       \
  {.at = DDI_RELEASE,                                                          \
   .kind = what,                                                               \
   .never = DDI_OTHER_FORM,                                                    \
   .unless = DDI_HAND_OVER_HAND,                                               \
   .error = NOT_THIS_FORM},                                                    \
      {.at = DDI_RELEASE,                                                      \
       .kind = what,                                                           \
       .never = DDI_OTHER_FORM | DDI_HAND_OVER_HAND,                           \
       .only = DDI_STRICT,                                                     \
       .error = NOT_THIS_FORM},                                                \
  {                                                                            \
    .at = DDI_RELEASE, .kind = what, .never = DDI_OTHER_FAMILY,                \
    .unless = DDI_OTHER_FORM,                                                  \
    .error = "'%c' releases '%o', which this path acquired with a routine of " \
             "another kind of lock"                                            \
  }

static const struct ddi_obligation obligations[] = {
    OTHER_FORM(DDI_SPIN_LOCK),
    OTHER_FORM(DDI_FAST_MUTEX),
    {0}};

const struct ddi_rule ddi_rule_wdm_lock_forms = {
    .name = "wdm.LockForms",
    .summary = "A lock is released in the form, and by the routines, that it was "
               "acquired with",
    .text =
        "KeAcquireSpinLock goes with KeReleaseSpinLock, "
        "KeAcquireSpinLockAtDpcLevel with KeReleaseSpinLockFromDpcLevel, and so "
        "for queued and for reader/writer spin locks: who releases a lock that "
        "raised the IRQL in the form that does not lower it stays at "
        "DISPATCH_LEVEL. A spin lock is either ordinary or queued, never both. "
        "A fast mutex that was acquired in the safe form is released in it.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/"
           "nf-wdm-kereleasespinlockfromdpclevel",
    .bad = "ExAcquireFastMutex(&ext->Mutex);\n"
           "...\n"
           "ExReleaseFastMutexUnsafe(&ext->Mutex); /* stays at APC_LEVEL */\n",
    .good = "ExAcquireFastMutex(&ext->Mutex);\n"
            "...\n"
            "ExReleaseFastMutex(&ext->Mutex);\n",
    .obligations = obligations,
};
