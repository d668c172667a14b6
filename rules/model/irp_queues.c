/*
 * Queues of IRPs.  An IRP that is in one belongs to whoever takes it out: as long as
 * the spin lock is held under which it was put there, or at once.
 *
 * Which IRP: the memory that the list entry lies in.  The routines for plain lists
 * are inline functions of the header.
 */
#include "ddi_rule.h"

#define PUT(...) {.op = DDI_TRANSFER, .kind = DDI_IRP, .object = __VA_ARGS__}
#define TAKE(entry) {.op = DDI_RELEASE, .kind = DDI_IRP, .object = entry}
/* Of no interest but for IRPs. */
#define OF_IRPS(...) .effects = {__VA_ARGS__}, .pointee = "_IRP"
#define INTERLOCKED(routine)                                                   \
  {                                                                            \
    .name = routine, OF_IRPS(PUT(DDI_ARG2)), .form = DDI_INTERLOCKED           \
  }

const struct ddi_routine ddi_model_irp_queues[] = {
    {.name = "InsertHeadList", .observed = 1,
     OF_IRPS(PUT(DDI_ARG2, .under = DDI_SPIN_LOCK))},
    {.name = "InsertTailList", .observed = 1,
     OF_IRPS(PUT(DDI_ARG2, .under = DDI_SPIN_LOCK))},
    {.name = "RemoveEntryList", .observed = 1, OF_IRPS(TAKE(DDI_ARG1))},
    {.name = "KeInsertDeviceQueue", OF_IRPS(PUT(DDI_ARG2)), .when = DDI_IF_TRUE},
    {.name = "KeInsertByKeyDeviceQueue", OF_IRPS(PUT(DDI_ARG2)),
     .when = DDI_IF_TRUE},
    {.name = "KeRemoveEntryDeviceQueue", OF_IRPS(TAKE(DDI_ARG2)),
     .when = DDI_IF_TRUE},
    INTERLOCKED("ExInterlockedInsertHeadList"),
    INTERLOCKED("ExInterlockedInsertTailList"),
    INTERLOCKED("ExInterlockedPushEntryList"),
    INTERLOCKED("ExfInterlockedInsertHeadList"),
    INTERLOCKED("ExfInterlockedInsertTailList"),
    INTERLOCKED("ExfInterlockedPushEntryList"),
    /* An inline function too. */
    {.name = "IoMarkIrpPending", .observed = 1,
     .effects = {{.op = DDI_USE, .kind = DDI_IRP, .object = DDI_ARG1},
                 /* Who gets on with it has its share of the remove lock. */
                 {.op = DDI_TRANSFER, .kind = DDI_REMOVE_LOCK}}},
    {0}};
