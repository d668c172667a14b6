/*
 * Locks of Storport.  The second argument tells which: one for each DPC, and for the
 * adapter one of StartIo and one of its interrupts.  The level depends on it, and on
 * how the miniport synchronises.  A release goes by the handle alone.
 *
 * A miniport has its own adapter before it, whatever pointer leads to that: so the
 * locks of the adapter have a name, and none of its addresses matters.
 */
#include "ddi_rule.h"

#define IF(lock) .owner = DDI_ARG4, .only_if = DDI_ARG2, .equals = lock
#define OF_ADAPTER(which, called, lock)                                        \
  {DDI_ACQUIRE, which, DDI_EXCLUSIVE, DDI_FIXED, IF(lock), .name = called}
#define ACQUIRE                                                                \
  {.op = DDI_RAISE, .object = DDI_ARG4, .to = DDI_DISPATCH_LEVEL,              \
   .up_to = DDI_DIRQL},                                                        \
      {DDI_ACQUIRE, DDI_DPC_LOCK, DDI_EXCLUSIVE, DDI_ARG3, IF(1)},             \
      OF_ADAPTER(DDI_STARTIO_LOCK, "the StartIo lock", 2),                     \
      OF_ADAPTER(DDI_INTERRUPT_LOCK, "the interrupt lock", 3),                 \
      {DDI_ACQUIRE, DDI_LOCK_HANDLE, .object = DDI_ARG4}
#define OR_THE_OTHER                                                           \
  {DDI_TRANSFER, DDI_DPC_LOCK}, {DDI_TRANSFER, DDI_INTERRUPT_LOCK},            \
      {DDI_TRANSFER, DDI_LOCK_HANDLE}
#define RELEASED(which) {DDI_RELEASE, which, .owner = DDI_ARG2}

const struct ddi_routine ddi_model_storport[] = {
    {.name = "StorPortAcquireSpinLock", .effects = {ACQUIRE}, .family = DDI_STOR,
     .out = DDI_ARG4},
    {.name = "StorPortAcquireSpinLockEx", .effects = {ACQUIRE}, .family = DDI_STOR,
     .out = DDI_ARG4, .when = DDI_IF_SUCCESS},
    {.name = "StorPortReleaseSpinLock",
     .effects = {{DDI_RELEASE, DDI_LOCK_HANDLE, .object = DDI_ARG2},
                 RELEASED(DDI_DPC_LOCK), RELEASED(DDI_STARTIO_LOCK),
                 RELEASED(DDI_INTERRUPT_LOCK),
                 {.op = DDI_LOWER, .object = DDI_ARG2}},
     .family = DDI_STOR},

    /* A miniport takes one of these, or a DPC's, or the interrupt lock, and keeps the
       old level in a handle: which of them shows in its data alone. */
    {.name = "StorPortAcquireMSISpinLock",
     .effects = {{.op = DDI_RAISE, .to = DDI_DIRQL, .old = DDI_ARG3}, OR_THE_OTHER},
     .family = DDI_STOR},
    {.name = "StorPortReleaseMSISpinLock",
     .effects = {OR_THE_OTHER, {.op = DDI_LOWER}}, .family = DDI_STOR},
    {0}};
