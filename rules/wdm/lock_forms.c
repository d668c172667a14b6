/*
 * LockForms (wdm)
 *
 * Microsoft has no rule of this name: the pages of the routines demand it.  Where
 * locks are taken hand over hand, as in Microsoft's own samples of a TCP stack, the
 * forms go crosswise and the IRQL comes back all the same: told if strict.
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
    .bad = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
           "...\n"
           "KeReleaseSpinLockFromDpcLevel(&ext->Lock); /* stays raised */\n",
    .good = "KeAcquireSpinLock(&ext->Lock, &irql);\n"
            "...\n"
            "KeReleaseSpinLock(&ext->Lock, irql);\n",
    .obligations = obligations,
};
