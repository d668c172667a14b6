/*
 * Roles: how the system enters a driver, and how a driver says so.
 *
 * A function has a role by its declaration (DRIVER_DISPATCH MyRead;) or because it
 * is stored, handed or cast to something whose type is that of a role.  Where the
 * headers leave the type out, a registration names the member or the argument.
 *
 * Here stand the roles of which more is known than the IRQL, in Microsoft's words
 * on the page of the callback; all others are found in ddi_published_callbacks.
 * Nothing is held at entry and at the end, unless the row says otherwise.
 *
 * A dispatch routine is judged as at PASSIVE_LEVEL: what is wrong there is wrong,
 * even if the paging path may call it at a higher level.
 */
#include "ddi_rule.h"
#include <stddef.h>

#define AT(level) .irql_min = level, .irql_max = level
#define UP_TO(level) .irql_min = DDI_PASSIVE_LEVEL, .irql_max = level

/* Fast I/O is entered as a dispatch routine is, on the caller's thread. */
#define FAST_IO(type)                                                          \
  { .name = "FAST_IO_" #type }
/* These hold a file for the system, or give it back. */
#define FILE_LOCK(type)                                                        \
  {                                                                            \
    .name = "FAST_IO_" #type, UP_TO(DDI_APC_LEVEL), .region_unknown = 1,       \
    .may_hold = 1                                                              \
  }

/* At PASSIVE_LEVEL the framework calls these inside a critical region. */
#define WDF_IO(type)                                                           \
  { .name = "EVT_WDF_IO_" #type, UP_TO(DDI_DISPATCH_LEVEL),                    \
    .in_critical_region = 1 }

/* The framework's own, at PASSIVE_LEVEL; its thread may be in a region. */
#define WDF_PASSIVE(type)                                                      \
  { .name = "EVT_WDF_" #type, .region_unknown = 1 }

/* Of a filter, a miniport, a protocol: its thread may be in a region. */
#define HANDLER(type, levels)                                                  \
  { .name = #type, levels, .region_unknown = 1 }

/* Neither page nor header names a level. */
#define UNSAID(type)                                                           \
  { .name = #type, UP_TO(DDI_HIGH_LEVEL), .region_unknown = 1, .may_hold = 1 }
/* It takes or gives back a spin lock for who calls it. */
#define LOCKING(role)                                                          \
  {                                                                            \
    .name = #role, UP_TO(DDI_DISPATCH_LEVEL), .region_unknown = 1,             \
    .may_hold = 1, .may_change_irql = 1                                        \
  }

#define PASSIVE AT(DDI_PASSIVE_LEVEL)
#define ANY_UP_TO_DISPATCH UP_TO(DDI_DISPATCH_LEVEL)

/* Its level lies in the IRP. */
#define CANCEL_LOCK(...)                                                       \
  { .name = "the cancel spin lock", .kind = DDI_SPIN_LOCK,                     \
    .family = DDI_CANCEL, .has_level = 1, __VA_ARGS__ }
const struct ddi_held ddi_cancel_lock = CANCEL_LOCK();

const struct ddi_role ddi_roles[] = {
    /* WDM */
    {.name = "DRIVER_INITIALIZE", .runs_alone = 1},
    {.name = "DRIVER_UNLOAD", .runs_alone = 1},
    /* Its page: in a system thread, which nobody suspends. */
    {.name = "DRIVER_ADD_DEVICE", .region_unknown = 1},
    {.name = "DRIVER_REINITIALIZE"},
    {.name = "DRIVER_DISPATCH", .irql_if_asked = DDI_DISPATCH_LEVEL},
    {.name = "DRIVER_DISPATCH_PAGED"},
    {.name = "DRIVER_DISPATCH_RAISED",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "DRIVER_STARTIO", AT(DDI_DISPATCH_LEVEL)},
    {.name = "DRIVER_CONTROL", AT(DDI_DISPATCH_LEVEL)},
    {.name = "DRIVER_LIST_CONTROL", AT(DDI_DISPATCH_LEVEL)},
    {.name = "DRIVER_CANCEL",
     AT(DDI_DISPATCH_LEVEL),
     .held = CANCEL_LOCK(.must_release = 1)},
    {.name = "IO_COMPLETION_ROUTINE",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1,
     .may_hold = 1},
    {.name = "IO_DPC_ROUTINE", AT(DDI_DISPATCH_LEVEL)},
    {.name = "KDEFERRED_ROUTINE", AT(DDI_DISPATCH_LEVEL)},
    /* A threaded DPC; Microsoft's name for it, the typedef is the one above. */
    {.name = "CustomThreadedDpc",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EXT_CALLBACK", AT(DDI_DISPATCH_LEVEL)},
    {.name = "IO_TIMER_ROUTINE", AT(DDI_DISPATCH_LEVEL)},
    {.name = "KSERVICE_ROUTINE", AT(DDI_DIRQL)},
    /* At DIRQL, or at PASSIVE_LEVEL for an interrupt that is handled there. */
    {.name = "KMESSAGE_SERVICE_ROUTINE",
     UP_TO(DDI_DIRQL),
     .region_unknown = 1},
    /* On the caller's behalf, who may hold what he likes. */
    {.name = "KSYNCHRONIZE_ROUTINE", AT(DDI_DIRQL), .may_hold = 1},
    {.name = "KIPI_BROADCAST_WORKER", AT(DDI_HIGH_LEVEL), .may_hold = 1},
    /* PsCreateSystemThread's page: the thread starts in a critical region. */
    {.name = "KSTART_ROUTINE", .in_critical_region = 1},
    {.name = "IO_WORKITEM_ROUTINE", .region_unknown = 1},
    {.name = "IO_WORKITEM_ROUTINE_EX", .region_unknown = 1},
    {.name = "WORKER_THREAD_ROUTINE", .region_unknown = 1},
    {.name = "PCREATE_PROCESS_NOTIFY_ROUTINE", .in_critical_region = 1},
    {.name = "PCREATE_PROCESS_NOTIFY_ROUTINE_EX", .in_critical_region = 1},
    {.name = "PLOAD_IMAGE_NOTIFY_ROUTINE", .in_critical_region = 1},
    /* Normal kernel APCs are disabled, special ones are not. */
    {.name = "POB_PRE_OPERATION_CALLBACK", .in_critical_region = 1},
    {.name = "POB_POST_OPERATION_CALLBACK", .in_critical_region = 1},
    /* On the thread that runs RtlRunOnceExecuteOnce, inside its region. */
    {.name = "RTL_RUN_ONCE_INIT_FN",
     UP_TO(DDI_APC_LEVEL),
     .in_critical_region = 1,
     .may_hold = 1},
    /* On behalf of the driver that asks for it. */
    UNSAID(RTL_GENERIC_COMPARE_ROUTINE),
    UNSAID(RTL_GENERIC_ALLOCATE_ROUTINE),
    UNSAID(RTL_GENERIC_FREE_ROUTINE),
    UNSAID(RTL_AVL_COMPARE_ROUTINE),
    UNSAID(RTL_AVL_ALLOCATE_ROUTINE),
    UNSAID(RTL_AVL_FREE_ROUTINE),
    UNSAID(RTL_AVL_MATCH_FUNCTION),
    UNSAID(EXPAND_STACK_CALLOUT),
    UNSAID(ALLOCATE_FUNCTION),
    UNSAID(ALLOCATE_FUNCTION_EX),
    UNSAID(FREE_FUNCTION),
    UNSAID(FREE_FUNCTION_EX),
    UNSAID(CALLBACK_FUNCTION),
    UNSAID(POWER_SETTING_CALLBACK),
    UNSAID(PROCESSOR_CALLBACK_FUNCTION),
    UNSAID(BOUND_CALLBACK),
    UNSAID(NMI_CALLBACK),
    UNSAID(SE_IMAGE_VERIFICATION_CALLBACK_FUNCTION),
    UNSAID(SE_LOGON_SESSION_TERMINATED_ROUTINE),
    UNSAID(SE_LOGON_SESSION_TERMINATED_ROUTINE_EX),
    UNSAID(IO_CSQ_INSERT_IRP),
    UNSAID(IO_CSQ_INSERT_IRP_EX),
    UNSAID(IO_CSQ_REMOVE_IRP),
    UNSAID(IO_CSQ_PEEK_NEXT_IRP),
    LOCKING(IO_CSQ_ACQUIRE_LOCK),
    LOCKING(IO_CSQ_RELEASE_LOCK),
    UNSAID(IO_CSQ_COMPLETE_CANCELED_IRP),

    /* File systems and their filters */
    FAST_IO(CHECK_IF_POSSIBLE),
    FAST_IO(READ),
    FAST_IO(WRITE),
    FAST_IO(QUERY_BASIC_INFO),
    FAST_IO(QUERY_STANDARD_INFO),
    FAST_IO(LOCK),
    FAST_IO(UNLOCK_SINGLE),
    FAST_IO(UNLOCK_ALL),
    FAST_IO(UNLOCK_ALL_BY_KEY),
    FAST_IO(DEVICE_CONTROL),
    FAST_IO(DETACH_DEVICE),
    FAST_IO(QUERY_NETWORK_OPEN_INFO),
    FAST_IO(QUERY_OPEN),
    FAST_IO(READ_COMPRESSED),
    FAST_IO(WRITE_COMPRESSED),
    UNSAID(FAST_IO_MDL_READ),
    UNSAID(FAST_IO_MDL_READ_COMPLETE),
    UNSAID(FAST_IO_MDL_READ_COMPLETE_COMPRESSED),
    UNSAID(FAST_IO_PREPARE_MDL_WRITE),
    UNSAID(FAST_IO_MDL_WRITE_COMPLETE),
    UNSAID(FAST_IO_MDL_WRITE_COMPLETE_COMPRESSED),
    FILE_LOCK(ACQUIRE_FILE),
    FILE_LOCK(RELEASE_FILE),
    FILE_LOCK(ACQUIRE_FOR_MOD_WRITE),
    FILE_LOCK(RELEASE_FOR_MOD_WRITE),
    FILE_LOCK(ACQUIRE_FOR_CCFLUSH),
    FILE_LOCK(RELEASE_FOR_CCFLUSH),
    /* "Similar to dispatch routines": the page names no level, and what is held
       may be given back after the operation. */
    {.name = "PFLT_PRE_OPERATION_CALLBACK",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1,
     .may_hold = 1},
    {.name = "PFLT_POST_OPERATION_CALLBACK",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1,
     .may_hold = 1},
    /* For the cache manager, and before and after others' operations. */
    UNSAID(PACQUIRE_FOR_LAZY_WRITE),
    UNSAID(PRELEASE_FROM_LAZY_WRITE),
    UNSAID(PACQUIRE_FOR_READ_AHEAD),
    UNSAID(PRELEASE_FROM_READ_AHEAD),
    UNSAID(PCC_POST_DEFERRED_WRITE),
    UNSAID(PFS_FILTER_CALLBACK),
    UNSAID(PFS_FILTER_COMPLETION_CALLBACK),
    UNSAID(POPLOCK_WAIT_COMPLETE_ROUTINE),
    UNSAID(POPLOCK_FS_PREPOST_IRP),
    UNSAID(PFLT_INSTANCE_TEARDOWN_CALLBACK),
    UNSAID(PFLT_COMPLETED_ASYNC_IO_CALLBACK),
    UNSAID(PFLT_COMPLETE_CANCELED_CALLBACK),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_INSERT_IO),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_REMOVE_IO),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_PEEK_NEXT_IO),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_ACQUIRE),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_RELEASE),
    UNSAID(PFLT_CALLBACK_DATA_QUEUE_COMPLETE_CANCELED_IO),
    HANDLER(PFLT_GENERIC_WORKITEM_ROUTINE, PASSIVE),
    HANDLER(PFLT_DEFERRED_IO_WORKITEM_ROUTINE, PASSIVE),
    /* FltCreateCommunicationPort's page */
    HANDLER(PFLT_CONNECT_NOTIFY, PASSIVE),
    HANDLER(PFLT_DISCONNECT_NOTIFY, PASSIVE),
    HANDLER(PFLT_MESSAGE_NOTIFY, PASSIVE),

    /* KMDF */
    {.name = "EVT_WDF_DRIVER_DEVICE_ADD"},
    {.name = "EVT_WDF_DRIVER_UNLOAD"},
    WDF_IO(QUEUE_IO_DEFAULT),
    WDF_IO(QUEUE_IO_READ),
    WDF_IO(QUEUE_IO_WRITE),
    WDF_IO(QUEUE_IO_DEVICE_CONTROL),
    WDF_IO(QUEUE_IO_INTERNAL_DEVICE_CONTROL),
    WDF_PASSIVE(WORKITEM),
    WDF_PASSIVE(DEVICE_PREPARE_HARDWARE),
    WDF_PASSIVE(DEVICE_RELEASE_HARDWARE),
    WDF_PASSIVE(DEVICE_D0_ENTRY),
    WDF_PASSIVE(DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED),
    WDF_PASSIVE(DEVICE_D0_EXIT),
    WDF_PASSIVE(DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED),
    WDF_PASSIVE(DEVICE_FILE_CREATE),
    WDF_PASSIVE(FILE_CLEANUP),
    WDF_PASSIVE(FILE_CLOSE),
    {.name = "EVT_WDF_DPC", AT(DDI_DISPATCH_LEVEL)},
    {.name = "EVT_WDF_TIMER",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    {.name = "EVT_WDF_INTERRUPT_DPC", AT(DDI_DISPATCH_LEVEL)},
    {.name = "EVT_WDF_INTERRUPT_WORKITEM", .region_unknown = 1},
    /* At DIRQL, or at PASSIVE_LEVEL for an interrupt that is handled there. */
    {.name = "EVT_WDF_INTERRUPT_ISR",
     UP_TO(DDI_DIRQL),
     .region_unknown = 1},
    {.name = "EVT_WDF_IO_IN_CALLER_CONTEXT",
     UP_TO(DDI_DISPATCH_LEVEL),
     .region_unknown = 1},
    UNSAID(EVT_WDF_DEVICE_D0_ENTRY_POST_HARDWARE_ENABLED),
    UNSAID(EVT_WDF_DEVICE_D0_EXIT_PRE_HARDWARE_DISABLED),
    UNSAID(EVT_WDF_INTERRUPT_DISABLE),
    UNSAID(EVT_WDF_INTERRUPT_ENABLE),
    UNSAID(EVT_WDF_INTERRUPT_SYNCHRONIZE),
    UNSAID(EVT_WDF_OBJECT_CONTEXT_CLEANUP),
    UNSAID(EVT_WDF_OBJECT_CONTEXT_DESTROY),
    UNSAID(EVT_WDF_REQUEST_IMPERSONATE),

    /* NDIS */
    HANDLER(MINIPORT_INITIALIZE, PASSIVE),
    HANDLER(MINIPORT_HALT, PASSIVE),
    HANDLER(MINIPORT_PAUSE, PASSIVE),
    HANDLER(MINIPORT_RESTART, PASSIVE),
    HANDLER(MINIPORT_SEND_NET_BUFFER_LISTS, ANY_UP_TO_DISPATCH),
    HANDLER(MINIPORT_RETURN_NET_BUFFER_LISTS, ANY_UP_TO_DISPATCH),
    HANDLER(MINIPORT_CANCEL_SEND, ANY_UP_TO_DISPATCH),
    {.name = "MINIPORT_INTERRUPT_DPC", AT(DDI_DISPATCH_LEVEL)},
    {.name = "MINIPORT_MESSAGE_INTERRUPT_DPC", AT(DDI_DISPATCH_LEVEL)},
    HANDLER(NDIS_IO_WORKITEM_FUNCTION, PASSIVE),
    HANDLER(FILTER_ATTACH, PASSIVE),
    HANDLER(FILTER_DETACH, PASSIVE),
    HANDLER(FILTER_PAUSE, PASSIVE),
    HANDLER(FILTER_RESTART, PASSIVE),
    HANDLER(FILTER_SEND_NET_BUFFER_LISTS, ANY_UP_TO_DISPATCH),
    HANDLER(FILTER_RECEIVE_NET_BUFFER_LISTS, ANY_UP_TO_DISPATCH),
    HANDLER(FILTER_RETURN_NET_BUFFER_LISTS, ANY_UP_TO_DISPATCH),
    HANDLER(FILTER_SEND_NET_BUFFER_LISTS_COMPLETE, ANY_UP_TO_DISPATCH),
    UNSAID(MINIPORT_DISABLE_INTERRUPT),
    UNSAID(MINIPORT_ENABLE_INTERRUPT),
    UNSAID(MINIPORT_ISR),
    UNSAID(MINIPORT_MESSAGE_INTERRUPT),
    UNSAID(MINIPORT_SYNCHRONIZE_INTERRUPT),

    /* Storport, SCSI port and the stream class */
    HANDLER(HW_FIND_ADAPTER, PASSIVE),
    HANDLER(VIRTUAL_HW_FIND_ADAPTER, PASSIVE),
    HANDLER(HW_PASSIVE_INITIALIZE_ROUTINE, PASSIVE),
    /* At DIRQL where the port driver synchronises by half duplex; a virtual
       miniport is called at any level up to DISPATCH_LEVEL. */
    HANDLER(HW_STARTIO, UP_TO(DDI_DIRQL)),
    HANDLER(HW_BUILDIO, ANY_UP_TO_DISPATCH),
    {.name = "HW_DPC_ROUTINE", AT(DDI_DISPATCH_LEVEL)},
    HANDLER(HW_WORKITEM, PASSIVE),
    {.name = "HW_INTERRUPT", AT(DDI_DIRQL)},
    {.name = "HW_MESSAGE_SIGNALED_INTERRUPT_ROUTINE", AT(DDI_DIRQL)},
    UNSAID(HW_TIMER_EX),
    UNSAID(HW_ADAPTER_STATE),
    UNSAID(HW_DMA_STARTED),
    UNSAID(HW_ADAPTER_CONTROL),
    UNSAID(HW_UNIT_CONTROL),
    UNSAID(HW_PROCESS_SERVICE_REQUEST),
    UNSAID(HW_COMPLETE_SERVICE_IRP),
    UNSAID(HW_FREE_ADAPTER_RESOURCES),
    UNSAID(HW_INITIALIZE_TRACING),
    UNSAID(HW_CLEANUP_TRACING),
    UNSAID(HW_REGISTRY_NOTIFICATION_ROUTINE),
    UNSAID(STOR_THREAD_START_ROUTINE),
    UNSAID(PHW_ADAPTER_CONTROL),
    UNSAID(PHW_ADAPTER_STATE),
    UNSAID(PHW_DMA_STARTED),
    UNSAID(PHW_FIND_ADAPTER),
    UNSAID(PHW_INITIALIZE),
    UNSAID(PHW_INTERRUPT),
    UNSAID(PHW_RESET_BUS),
    UNSAID(PHW_STARTIO),
    UNSAID(PHW_TIMER),
    UNSAID(PHW_CANCEL_SRB),
    UNSAID(PHW_EVENT_ROUTINE),
    UNSAID(PHW_PRIORITY_ROUTINE),
    UNSAID(PHW_QUERY_CLOCK_ROUTINE),
    UNSAID(PHW_RECEIVE_DEVICE_SRB),
    UNSAID(PHW_REQUEST_TIMEOUT_HANDLER),

    /* Kernel streaming and port classes */
    UNSAID(PFNALLOCATOR_ALLOCATEFRAME),
    UNSAID(PFNALLOCATOR_FREEFRAME),
    UNSAID(PFNKSADDEVENT),
    UNSAID(PFNKSALLOCATOR),
    UNSAID(PFNKSCONTEXT_DISPATCH),
    UNSAID(PFNKSDEFAULTALLOCATE),
    UNSAID(PFNKSDEFAULTFREE),
    UNSAID(PFNKSDELETEALLOCATOR),
    UNSAID(PFNKSDEVICE),
    UNSAID(PFNKSDEVICEIRPVOID),
    UNSAID(PFNKSDEVICEPNPSTART),
    UNSAID(PFNKSDEVICEQUERYPOWER),
    UNSAID(PFNKSDEVICESETPOWER),
    UNSAID(PFNKSFASTHANDLER),
    UNSAID(PFNKSFILTERPROCESS),
    UNSAID(PFNKSFILTERVOID),
    UNSAID(PFNKSHANDLER),
    UNSAID(PFNKSINTERSECTHANDLER),
    UNSAID(PFNKSINTERSECTHANDLEREX),
    UNSAID(PFNKSIRPLISTCALLBACK),
    UNSAID(PFNKSITEMFREECALLBACK),
    UNSAID(PFNKSPIN),
    UNSAID(PFNKSPINFRAMERETURN),
    UNSAID(PFNKSPINHANDSHAKE),
    UNSAID(PFNKSPININITIALIZEALLOCATOR),
    UNSAID(PFNKSPINPOWER),
    UNSAID(PFNKSPINVOID),
    UNSAID(PFNKSREMOVEEVENT),
    UNSAID(PFNKSSTREAMPOINTER),
    UNSAID(PCPFNEVENT_HANDLER),
    {NULL}};

#define STORED(to, its_role)                                                   \
  { .role = its_role, .field = #to }
#define GIVEN(to, number, its_role)                                            \
  { .role = its_role, .registrar = #to, .argument = number }

const struct ddi_registration ddi_registrations[] = {
    {.role = "DRIVER_INITIALIZE", .function = "DriverEntry"},
    STORED(DriverUnload, "DRIVER_UNLOAD"),
    STORED(AddDevice, "DRIVER_ADD_DEVICE"),
    STORED(MajorFunction, "DRIVER_DISPATCH"),
    STORED(DriverStartIo, "DRIVER_STARTIO"),
    STORED(HwFindAdapter, "HW_FIND_ADAPTER"),
    STORED(FastIoCheckIfPossible, "FAST_IO_CHECK_IF_POSSIBLE"),
    STORED(FastIoRead, "FAST_IO_READ"),
    STORED(FastIoWrite, "FAST_IO_WRITE"),
    STORED(FastIoQueryBasicInfo, "FAST_IO_QUERY_BASIC_INFO"),
    STORED(FastIoQueryStandardInfo, "FAST_IO_QUERY_STANDARD_INFO"),
    STORED(FastIoLock, "FAST_IO_LOCK"),
    STORED(FastIoUnlockSingle, "FAST_IO_UNLOCK_SINGLE"),
    STORED(FastIoUnlockAll, "FAST_IO_UNLOCK_ALL"),
    STORED(FastIoUnlockAllByKey, "FAST_IO_UNLOCK_ALL_BY_KEY"),
    STORED(FastIoDeviceControl, "FAST_IO_DEVICE_CONTROL"),
    STORED(FastIoDetachDevice, "FAST_IO_DETACH_DEVICE"),
    STORED(FastIoQueryNetworkOpenInfo, "FAST_IO_QUERY_NETWORK_OPEN_INFO"),
    STORED(FastIoQueryOpen, "FAST_IO_QUERY_OPEN"),
    STORED(FastIoReadCompressed, "FAST_IO_READ_COMPRESSED"),
    STORED(FastIoWriteCompressed, "FAST_IO_WRITE_COMPRESSED"),
    STORED(AcquireFileForNtCreateSection, "FAST_IO_ACQUIRE_FILE"),
    STORED(ReleaseFileForNtCreateSection, "FAST_IO_RELEASE_FILE"),
    STORED(AcquireForModWrite, "FAST_IO_ACQUIRE_FOR_MOD_WRITE"),
    STORED(ReleaseForModWrite, "FAST_IO_RELEASE_FOR_MOD_WRITE"),
    STORED(AcquireForCcFlush, "FAST_IO_ACQUIRE_FOR_CCFLUSH"),
    STORED(ReleaseForCcFlush, "FAST_IO_RELEASE_FOR_CCFLUSH"),
    GIVEN(IoRegisterDriverReinitialization, DDI_ARG2, "DRIVER_REINITIALIZE"),
    GIVEN(IoRegisterBootDriverReinitialization, DDI_ARG2,
          "DRIVER_REINITIALIZE"),
    GIVEN(KeInitializeDpc, DDI_ARG2, "KDEFERRED_ROUTINE"),
    GIVEN(KeInitializeThreadedDpc, DDI_ARG2, "CustomThreadedDpc"),
    GIVEN(IoInitializeTimer, DDI_ARG2, "IO_TIMER_ROUTINE"),
    GIVEN(IoConnectInterrupt, DDI_ARG2, "KSERVICE_ROUTINE"),
    GIVEN(KeSynchronizeExecution, DDI_ARG2, "KSYNCHRONIZE_ROUTINE"),
    GIVEN(PsCreateSystemThread, DDI_ARG6, "KSTART_ROUTINE"),
    GIVEN(IoQueueWorkItem, DDI_ARG2, "IO_WORKITEM_ROUTINE"),
    GIVEN(IoQueueWorkItemEx, DDI_ARG2, "IO_WORKITEM_ROUTINE_EX"),
    GIVEN(IoSetCompletionRoutineEx, DDI_ARG3, "IO_COMPLETION_ROUTINE"),
    GIVEN(PsSetCreateProcessNotifyRoutine, DDI_ARG1,
          "PCREATE_PROCESS_NOTIFY_ROUTINE"),
    GIVEN(PsSetCreateProcessNotifyRoutineEx, DDI_ARG1,
          "PCREATE_PROCESS_NOTIFY_ROUTINE_EX"),
    /* The type is left out: which it is depends on another argument. */
    GIVEN(PsSetCreateProcessNotifyRoutineEx2, DDI_ARG2,
          "PCREATE_PROCESS_NOTIFY_ROUTINE_EX"),
    GIVEN(PsSetCreateThreadNotifyRoutineEx, DDI_ARG2,
          "PCREATE_THREAD_NOTIFY_ROUTINE"),
    GIVEN(PsSetLoadImageNotifyRoutine, DDI_ARG1, "PLOAD_IMAGE_NOTIFY_ROUTINE"),
    GIVEN(PsSetLoadImageNotifyRoutineEx, DDI_ARG1,
          "PLOAD_IMAGE_NOTIFY_ROUTINE"),
    {NULL}};
