/*
 * Spin locks: a thread holds one at DISPATCH_LEVEL or above.
 *
 *            acquire (raises)          release (lowers to what was saved)
 *       free ----------------> held ----------------------------------> free
 *            acquire at DPC level      release from DPC level
 *            (raised already)          (stays raised)
 *
 * The old level is a value (the result of KeAcquireSpinLockRaiseToDpc, of which
 * KeAcquireSpinLock is an assignment macro), or it stays in the handle of an
 * in-stack queued spin lock.  Such a lock is released by its handle alone.
 */
#include "ddi_rule.h"

#define RAISE(...) {.op = DDI_RAISE, .to = DDI_DISPATCH_LEVEL, __VA_ARGS__}
#define LOWER(...) {.op = DDI_LOWER, __VA_ARGS__}
#define TAKE(how) {DDI_ACQUIRE, DDI_SPIN_LOCK, how, DDI_ARG1}
#define GIVE(how) {DDI_RELEASE, DDI_SPIN_LOCK, how, DDI_ARG1}

#define ACQUIRE(how, in, ...)                                                  \
  .effects = {RAISE(.object = DDI_ARG1, __VA_ARGS__), TAKE(how)}, .form = in
#define RELEASE(how, in)                                                       \
  .effects = {GIVE(how), LOWER(.level = DDI_ARG2, .object = DDI_ARG1)},        \
  .form = in
#define ACQUIRE_RAISED(how) .effects = {TAKE(how)}, .form = DDI_AT_DPC
#define RELEASE_RAISED(how) .effects = {GIVE(how)}, .form = DDI_AT_DPC

#define INITIALISE                                                             \
  .effects = {{DDI_INIT, DDI_SPIN_LOCK, DDI_ANY_MODE, DDI_ARG1}},              \
  .out = DDI_ARG1

/* KLOCK_QUEUE_HANDLE */
#define TAKE_QUEUED                                                            \
  {DDI_ACQUIRE, DDI_SPIN_LOCK, DDI_EXCLUSIVE, DDI_ARG1, DDI_ARG2},             \
      {DDI_ACQUIRE, DDI_LOCK_HANDLE, .object = DDI_ARG2}
#define GIVE_QUEUED                                                            \
  {DDI_RELEASE, DDI_LOCK_HANDLE, .object = DDI_ARG1},                      \
      {DDI_RELEASE, DDI_SPIN_LOCK, .owner = DDI_ARG1}
#define ACQUIRE_QUEUED(in)                                                     \
  .effects = {RAISE(.object = DDI_ARG2), TAKE_QUEUED}, .out = DDI_ARG2,        \
  .family = DDI_QUEUED, .form = in
#define RELEASE_QUEUED(in)                                                     \
  .effects = {GIVE_QUEUED, LOWER(.object = DDI_ARG1)}, .family = DDI_QUEUED,   \
  .form = in

/* One for the system. */
#define THE_LOCK(what, called)                                                 \
  {what, DDI_SPIN_LOCK, DDI_EXCLUSIVE, DDI_FIXED, .name = called}
#define ACQUIRE_THE(called)                                                    \
  .effects = {RAISE(.old = DDI_ARG1), THE_LOCK(DDI_ACQUIRE, called)}
#define RELEASE_THE(called)                                                    \
  .effects = {THE_LOCK(DDI_RELEASE, called), LOWER(.level = DDI_ARG1)}

const struct ddi_routine ddi_model_spin_locks[] = {
    {.name = "KeAcquireSpinLockRaiseToDpc", .family = DDI_KE,
     ACQUIRE(DDI_EXCLUSIVE, DDI_RAISING, .old = DDI_RESULT)},
    {.name = "KfAcquireSpinLock", .family = DDI_KE,
     ACQUIRE(DDI_EXCLUSIVE, DDI_RAISING, .old = DDI_RESULT)},
    {.name = "KeAcquireSpinLock", .family = DDI_KE,
     ACQUIRE(DDI_EXCLUSIVE, DDI_RAISING, .old = DDI_ARG2)},
    {.name = "KeReleaseSpinLock", .family = DDI_KE,
     RELEASE(DDI_ANY_MODE, DDI_RAISING)},
    {.name = "KfReleaseSpinLock", .family = DDI_KE,
     RELEASE(DDI_ANY_MODE, DDI_RAISING)},
    {.name = "KeAcquireSpinLockForDpc", .family = DDI_KE,
     ACQUIRE(DDI_EXCLUSIVE, DDI_FOR_DPC, .old = DDI_RESULT)},
    {.name = "KeReleaseSpinLockForDpc", .family = DDI_KE,
     RELEASE(DDI_ANY_MODE, DDI_FOR_DPC)},
    {.name = "KeAcquireSpinLockAtDpcLevel", .family = DDI_KE,
     ACQUIRE_RAISED(DDI_EXCLUSIVE)},
    {.name = "KefAcquireSpinLockAtDpcLevel", .family = DDI_KE,
     ACQUIRE_RAISED(DDI_EXCLUSIVE)},
    /* Its page has it released with KeReleaseSpinLock, too. */
    {.name = "KeTryToAcquireSpinLockAtDpcLevel", .family = DDI_KE,
     .effects = {TAKE(DDI_EXCLUSIVE)}, .when = DDI_IF_TRUE},
    {.name = "KeReleaseSpinLockFromDpcLevel", .family = DDI_KE,
     RELEASE_RAISED(DDI_ANY_MODE)},
    {.name = "KefReleaseSpinLockFromDpcLevel", .family = DDI_KE,
     RELEASE_RAISED(DDI_ANY_MODE)},
    {.name = "KeInitializeSpinLock", .family = DDI_KE, INITIALISE},

    {.name = "KeAcquireInStackQueuedSpinLock", ACQUIRE_QUEUED(DDI_RAISING)},
    {.name = "KeAcquireInStackQueuedSpinLockForDpc",
     ACQUIRE_QUEUED(DDI_FOR_DPC)},
    {.name = "KeAcquireInStackQueuedSpinLockAtDpcLevel",
     .effects = {TAKE_QUEUED}, .out = DDI_ARG2, .family = DDI_QUEUED,
     .form = DDI_AT_DPC},
    {.name = "KeReleaseInStackQueuedSpinLock", RELEASE_QUEUED(DDI_RAISING)},
    {.name = "KeReleaseInStackQueuedSpinLockForDpc",
     RELEASE_QUEUED(DDI_FOR_DPC)},
    {.name = "KeReleaseInStackQueuedSpinLockFromDpcLevel",
     .effects = {GIVE_QUEUED}, .family = DDI_QUEUED, .form = DDI_AT_DPC},

    /* EX_SPIN_LOCK, for readers and writers. */
    {.name = "ExAcquireSpinLockExclusive", .family = DDI_EX,
     ACQUIRE(DDI_EXCLUSIVE, DDI_RAISING, .old = DDI_RESULT)},
    {.name = "ExAcquireSpinLockShared", .family = DDI_EX,
     ACQUIRE(DDI_SHARED, DDI_RAISING, .old = DDI_RESULT)},
    {.name = "ExReleaseSpinLockExclusive", .family = DDI_EX,
     RELEASE(DDI_EXCLUSIVE, DDI_RAISING)},
    {.name = "ExReleaseSpinLockShared", .family = DDI_EX,
     RELEASE(DDI_SHARED, DDI_RAISING)},
    {.name = "ExAcquireSpinLockExclusiveAtDpcLevel", .family = DDI_EX,
     ACQUIRE_RAISED(DDI_EXCLUSIVE)},
    {.name = "ExAcquireSpinLockSharedAtDpcLevel", .family = DDI_EX,
     ACQUIRE_RAISED(DDI_SHARED)},
    {.name = "ExTryAcquireSpinLockExclusiveAtDpcLevel", .family = DDI_EX,
     ACQUIRE_RAISED(DDI_EXCLUSIVE), .when = DDI_IF_TRUE},
    {.name = "ExTryAcquireSpinLockSharedAtDpcLevel", .family = DDI_EX,
     ACQUIRE_RAISED(DDI_SHARED), .when = DDI_IF_TRUE},
    {.name = "ExReleaseSpinLockExclusiveFromDpcLevel", .family = DDI_EX,
     RELEASE_RAISED(DDI_EXCLUSIVE)},
    {.name = "ExReleaseSpinLockSharedFromDpcLevel", .family = DDI_EX,
     RELEASE_RAISED(DDI_SHARED)},
    {.name = "ExTryConvertSharedSpinLockExclusive", .family = DDI_EX,
     .effects = {{DDI_CONVERT, DDI_SPIN_LOCK, DDI_EXCLUSIVE, DDI_ARG1}},
     .when = DDI_IF_TRUE},

    {.name = "IoAcquireCancelSpinLock", .family = DDI_CANCEL,
     ACQUIRE_THE("the cancel spin lock")},
    {.name = "IoReleaseCancelSpinLock", .family = DDI_CANCEL,
     RELEASE_THE("the cancel spin lock")},
    {.name = "IoAcquireVpbSpinLock", ACQUIRE_THE("the VPB spin lock")},
    {.name = "IoReleaseVpbSpinLock", RELEASE_THE("the VPB spin lock")},

    {.name = "KeAcquireInterruptSpinLock",
     .effects = {{.op = DDI_RAISE,
                  .object = DDI_ARG1,
                  .to = DDI_DIRQL,
                  .old = DDI_RESULT},
                 {DDI_ACQUIRE, DDI_INTERRUPT_LOCK, DDI_EXCLUSIVE, DDI_ARG1}},
     .family = DDI_KE},
    {.name = "KeReleaseInterruptSpinLock",
     .effects = {{DDI_RELEASE, DDI_INTERRUPT_LOCK, DDI_EXCLUSIVE, DDI_ARG1},
                 {.op = DDI_LOWER, .object = DDI_ARG1, .level = DDI_ARG2}},
     .family = DDI_KE},
    {0}};
