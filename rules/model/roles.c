/*
 * Roles: how the system enters a driver, and how a driver says so.
 *
 * A function has a role by its declaration (DRIVER_DISPATCH MyRead;) or because
 * it is registered: stored to a member, or handed to a routine.  Sources: the
 * pages of the callbacks; PsCreateSystemThread for the critical region in which
 * a system thread starts.
 *
 * Dispatch routines are judged as at PASSIVE_LEVEL: what is wrong there is
 * wrong, even if the paging path may call them at a higher level.
 */
#include "ddi_rule.h"
#include <stddef.h>

#define AT(level) .irql_min = level, .irql_max = level
#define UP_TO(level) .irql_min = DDI_PASSIVE_LEVEL, .irql_max = level

/* Fast I/O is entered as a dispatch routine is, on the caller's thread. */
#define FAST_IO(type, member)                                                  \
  { .name = "FAST_IO_" #type, .field = #member }
#define FILE_LOCK(type, member)                                                \
  {                                                                            \
    .name = "FAST_IO_" #type, .field = #member, UP_TO(DDI_APC_LEVEL),          \
    .region_unknown = 1, .may_hold = 1                                         \
  }

const struct ddi_role ddi_roles[] = {
    {.name = "DRIVER_INITIALIZE", .function = "DriverEntry"},
    {.name = "DRIVER_UNLOAD", .field = "DriverUnload"},
    {.name = "DRIVER_ADD_DEVICE", .field = "AddDevice"},
    {.name = "DRIVER_REINITIALIZE",
     .registrar = "IoRegisterDriverReinitialization",
     .argument = DDI_ARG2},
    {.name = "DRIVER_REINITIALIZE",
     .registrar = "IoRegisterBootDriverReinitialization",
     .argument = DDI_ARG2},
    {.name = "DRIVER_DISPATCH", .field = "MajorFunction"},
    {.name = "DRIVER_DISPATCH_PAGED"},
    {.name = "DRIVER_STARTIO",
     .field = "DriverStartIo",
     AT(DDI_DISPATCH_LEVEL)},
    {.name = "DRIVER_CONTROL", AT(DDI_DISPATCH_LEVEL)},
    {.name = "DRIVER_CANCEL", AT(DDI_DISPATCH_LEVEL)},
    {.name = "IO_COMPLETION_ROUTINE",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1,
     .may_hold = 1},
    {.name = "IO_DPC_ROUTINE", AT(DDI_DISPATCH_LEVEL)},
    {.name = "KDEFERRED_ROUTINE",
     .registrar = "KeInitializeDpc",
     .argument = DDI_ARG2,
     AT(DDI_DISPATCH_LEVEL)},
    {.name = "IO_TIMER_ROUTINE",
     .registrar = "IoInitializeTimer",
     .argument = DDI_ARG2,
     AT(DDI_DISPATCH_LEVEL)},
    {.name = "KSERVICE_ROUTINE", AT(DDI_DIRQL)},
    {.name = "KSYNCHRONIZE_ROUTINE", AT(DDI_DIRQL)},
    {.name = "KSTART_ROUTINE",
     .registrar = "PsCreateSystemThread",
     .argument = 6,
     .in_critical_region = 1},
    {.name = "IO_WORKITEM_ROUTINE",
     .registrar = "IoQueueWorkItem",
     .argument = DDI_ARG2,
     .region_unknown = 1},
    {.name = "IO_WORKITEM_ROUTINE_EX",
     .registrar = "IoQueueWorkItemEx",
     .argument = DDI_ARG2,
     .region_unknown = 1},
    {.name = "WORKER_THREAD_ROUTINE", .region_unknown = 1},
    {.name = "CREATE_PROCESS_NOTIFY_ROUTINE",
     .registrar = "PsSetCreateProcessNotifyRoutine",
     .argument = DDI_ARG1,
     .in_critical_region = 1},
    {.name = "CREATE_PROCESS_NOTIFY_ROUTINE_EX",
     .registrar = "PsSetCreateProcessNotifyRoutineEx",
     .argument = DDI_ARG1,
     .in_critical_region = 1},
    {.name = "LOAD_IMAGE_NOTIFY_ROUTINE",
     .registrar = "PsSetLoadImageNotifyRoutine",
     .argument = DDI_ARG1,
     .in_critical_region = 1},
    {.name = "EVT_WDF_DRIVER_DEVICE_ADD"},
    {.name = "EVT_WDF_DRIVER_UNLOAD"},
    {.name = "EVT_WDF_WORKITEM", .region_unknown = 1},
    {.name = "EVT_WDF_IO_QUEUE_IO_DEFAULT",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_IO_QUEUE_IO_READ",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_IO_QUEUE_IO_WRITE",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_DPC", AT(DDI_DISPATCH_LEVEL)},
    {.name = "EVT_WDF_TIMER",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    FAST_IO(CHECK_IF_POSSIBLE, FastIoCheckIfPossible),
    FAST_IO(READ, FastIoRead),
    FAST_IO(WRITE, FastIoWrite),
    FAST_IO(QUERY_BASIC_INFO, FastIoQueryBasicInfo),
    FAST_IO(QUERY_STANDARD_INFO, FastIoQueryStandardInfo),
    FAST_IO(LOCK, FastIoLock),
    FAST_IO(UNLOCK_SINGLE, FastIoUnlockSingle),
    FAST_IO(UNLOCK_ALL, FastIoUnlockAll),
    FAST_IO(UNLOCK_ALL_BY_KEY, FastIoUnlockAllByKey),
    FAST_IO(DEVICE_CONTROL, FastIoDeviceControl),
    FAST_IO(DETACH_DEVICE, FastIoDetachDevice),
    FAST_IO(QUERY_NETWORK_OPEN_INFO, FastIoQueryNetworkOpenInfo),
    FAST_IO(QUERY_OPEN, FastIoQueryOpen),
    FAST_IO(READ_COMPRESSED, FastIoReadCompressed),
    FAST_IO(WRITE_COMPRESSED, FastIoWriteCompressed),
    /* These hold a file for the system, or give it back. */
    FILE_LOCK(ACQUIRE_FILE, AcquireFileForNtCreateSection),
    FILE_LOCK(RELEASE_FILE, ReleaseFileForNtCreateSection),
    FILE_LOCK(ACQUIRE_FOR_MOD_WRITE, AcquireForModWrite),
    FILE_LOCK(RELEASE_FOR_MOD_WRITE, ReleaseForModWrite),
    FILE_LOCK(ACQUIRE_FOR_CCFLUSH, AcquireForCcFlush),
    FILE_LOCK(RELEASE_FOR_CCFLUSH, ReleaseForCcFlush),
    {NULL}};
