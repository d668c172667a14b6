/*
 * IO_REMOVE_LOCK: counts the requests that a device works on, by tags.
 *
 *      acquire(tag) ---> held for the tag ---> release(tag)
 *      release and wait: the last one; nobody acquires behind it
 *
 * A tag stands for one piece of work, mostly an IRP.  Who hands the work on hands
 * on its share of the lock; so does IoMarkIrpPending (irp_queues.c).  The documented
 * names are macros of the Ex forms.
 */
#include "ddi_rule.h"

#define ON_TAG(what)                                                           \
  { .op = what, .kind = DDI_REMOVE_LOCK, .object = DDI_ARG1, .tag = DDI_ARG2 }
#define ON_LOCK(what)                                                          \
  { .op = what, .kind = DDI_REMOVE_LOCK, .object = DDI_ARG1 }
/* Whoever gets the work. */
#define HANDS_ON                                                               \
  .effects = {{.op = DDI_TRANSFER, .kind = DDI_REMOVE_LOCK}}, .observed = 1

const struct ddi_routine ddi_model_remove_lock[] = {
    {.name = "IoInitializeRemoveLockEx", .effects = {ON_LOCK(DDI_INIT)}},
    {.name = "IoAcquireRemoveLockEx",
     .effects = {ON_LOCK(DDI_USE), ON_TAG(DDI_ACQUIRE)},
     .when = DDI_UNLESS_ERROR},
    {.name = "IoReleaseRemoveLockEx", .effects = {ON_TAG(DDI_RELEASE)}},
    {.name = "IoReleaseRemoveLockAndWaitEx",
     .effects = {ON_TAG(DDI_RELEASE), ON_LOCK(DDI_DELETE)}},

    {.name = "IoSetCompletionRoutine", HANDS_ON},
    {.name = "IoSetCompletionRoutineEx", HANDS_ON},
    {.name = "IoCsqInsertIrp", HANDS_ON},
    {.name = "IoCsqInsertIrpEx", HANDS_ON},
    {.name = "IoQueueWorkItem", HANDS_ON},
    {.name = "IoQueueWorkItemEx", HANDS_ON},
    {.name = "IoTryQueueWorkItem", HANDS_ON},
    {.name = "ExQueueWorkItem", HANDS_ON},
    {.name = "IoStartPacket", HANDS_ON},
    {.name = "PoRequestPowerIrp", HANDS_ON},
    {.name = "KeInsertQueueDpc", HANDS_ON},
    {.name = "KeInsertQueue", HANDS_ON},
    {.name = "KeInsertHeadQueue", HANDS_ON},
    {.name = "KeSetTimer", HANDS_ON},
    {.name = "KeSetTimerEx", HANDS_ON},
    {.name = "PsCreateSystemThread", HANDS_ON},
    {0}};
