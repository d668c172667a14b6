/*
 * LockOrder (wdm)
 *
 *     one path            another
 *     acquire A           acquire B
 *     acquire B  waits    acquire A  waits
 *
 * Microsoft has no published rule of this name: Driver Verifier's deadlock detection
 * finds it at run time (0xC4, 0x1001). What an order is, and when two are a deadlock,
 * says ddi_order.h.
 */
#include "ddi_rule.h"

static const struct ddi_obligation obligations[] = {
    {.at = DDI_ACQUIRE,
     .never = DDI_ORDER_REVERSED,
     .error = "'%c' acquires '%n' while '%o' is held, and %r acquires them the "
              "other way round: deadlock"},
    {0}};

const struct ddi_rule ddi_rule_wdm_lock_order = {
    .name = "wdm.LockOrder",
    .summary = "Two locks are acquired in one order, wherever both are held",
    .text =
        "A thread that holds one lock and waits for another, and a second thread "
        "that holds the other and waits for the first, wait for ever. So all "
        "paths acquire the locks in one order. Locks of every kind count: "
        "ERESOURCE, push locks, mutexes, spin locks. A lock is known by its "
        "variable, or by the types and members that lead to it: one that has no "
        "name so (a parameter, an element of which the index is not known) is "
        "left out, and so are two of one name. No deadlock is an acquisition that "
        "does not wait, two that are both shared, two under a third lock that "
        "both paths hold exclusive, what DriverEntry and DriverUnload do, as "
        "nothing runs beside them, and a lock that the path itself has just "
        "initialised. Rings of three locks or more are not looked for. A run over a "
        "part of a driver believes what is known of the rest; the run over all of "
        "it reports a pair only where both paths are confirmed.",
    .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"
           "deadlock-detection",
    .bad = "ExAcquireFastMutex(&ctx->List);\n"
           "ExAcquireFastMutex(&ctx->State);\n"
           "...\n"
           "ExAcquireFastMutex(&ctx->State);\n"
           "ExAcquireFastMutex(&ctx->List);\n",
    .good = "ExAcquireFastMutex(&ctx->List);\n"
            "ExAcquireFastMutex(&ctx->State);\n"
            "...\n"
            "ExAcquireFastMutex(&ctx->List);\n"
            "ExAcquireFastMutex(&ctx->State);\n",
    .obligations = obligations,
};
