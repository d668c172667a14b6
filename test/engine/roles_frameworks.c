// The frameworks enter what was put into their structures, as its type says.
// RUN: %ddi %s --no-mingw "it lacks these headers"
#include <fltKernel.h>
#include <ks.h>
#include <ndis.h>
#include <wdf.h>

static ERESOURCE Lock;

typedef VOID QUEUE_HANDLER(WDFQUEUE queue, WDFREQUEST request, SIZE_T length);

static NTSTATUS bad_device_add(WDFDRIVER driver, PWDFDEVICE_INIT init);
static QUEUE_HANDLER ok_read, bad_read;
static VOID bad_dpc(WDFDPC dpc);
static VOID ok_send(NDIS_HANDLE context, PNET_BUFFER_LIST lists,
                    NDIS_PORT_NUMBER port, ULONG flags);
static VOID bad_interrupt_dpc(NDIS_HANDLE context, PVOID dpc, PVOID one,
                              PVOID two);
static NTSTATUS ok_pin(PKSPIN pin);
static FLT_PREOP_CALLBACK_STATUS ok_before_create(PFLT_CALLBACK_DATA data,
                                                  PCFLT_RELATED_OBJECTS objects,
                                                  PVOID *context);
static NTSTATUS bad_unload(FLT_FILTER_UNLOAD_FLAGS flags);

static const KSPIN_DISPATCH PinDispatch = {ok_pin, NULL};
static const FLT_OPERATION_REGISTRATION Operations[] = {
    {IRP_MJ_CREATE, 0, ok_before_create, NULL}, {IRP_MJ_OPERATION_END}};
static const FLT_REGISTRATION Registration = {.OperationRegistration = Operations,
                                              .FilterUnloadCallback = bad_unload};

VOID ok_start(NDIS_MINIPORT_DRIVER_CHARACTERISTICS *driver,
              NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS *interrupt) {
  WDF_DRIVER_CONFIG config;
  WDF_IO_QUEUE_CONFIG queue = {0};
  WDF_DPC_CONFIG dpc;
  WDF_DRIVER_CONFIG_INIT(&config, bad_device_add);
  WDF_DPC_CONFIG_INIT(&dpc, bad_dpc);
  queue.EvtIoRead = ok_read;
  queue.EvtIoRead = bad_read;
  driver->SendNetBufferListsHandler = ok_send;
  interrupt->InterruptDpcHandler = bad_interrupt_dpc;
}

// --- ok ---

// At PASSIVE_LEVEL the framework is in a critical region.
static VOID ok_read(WDFQUEUE queue, WDFREQUEST request, SIZE_T length) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  ExReleaseResourceLite(&Lock);
}

static VOID ok_send(NDIS_HANDLE context, PNET_BUFFER_LIST lists,
                    NDIS_PORT_NUMBER port, ULONG flags) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
}

// No page says how it is entered, nor what it may keep.
static NTSTATUS ok_pin(PKSPIN pin) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  return STATUS_SUCCESS;
}

static FLT_PREOP_CALLBACK_STATUS ok_before_create(PFLT_CALLBACK_DATA data,
                                                  PCFLT_RELATED_OBJECTS objects,
                                                  PVOID *context) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  return 0;
}

// The driver's own struct, with a name that looks alike.
typedef struct _OWN {
  NTSTATUS (*AddDevice)(PDRIVER_OBJECT, PDEVICE_OBJECT);
} OWN;

static NTSTATUS ok_own(PDRIVER_OBJECT driver, PDEVICE_OBJECT device) {
  KeEnterCriticalRegion();
  return STATUS_SUCCESS;
}

VOID ok_store(OWN *own) { own->AddDevice = ok_own; }

// --- bad ---

static NTSTATUS bad_device_add(WDFDRIVER driver, PWDFDEVICE_INIT init) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&Lock);
  return STATUS_SUCCESS;
}

static VOID bad_read(WDFQUEUE queue, WDFREQUEST request, SIZE_T length) {
  ExAcquireResourceExclusiveLite(&Lock, TRUE);
  return; // expected-warning {{Returns with 'Lock' still held}}
}

static VOID bad_dpc(WDFDPC dpc) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
}

static VOID bad_interrupt_dpc(NDIS_HANDLE context, PVOID dpc, PVOID one,
                              PVOID two) {
  KeEnterCriticalRegion(); // expected-warning {{'KeEnterCriticalRegion' is called at DISPATCH_LEVEL}}
  KeLeaveCriticalRegion();
}

// Nothing but the level is known of it; what it does itself is.
static NTSTATUS bad_unload(FLT_FILTER_UNLOAD_FLAGS flags) {
  KeEnterCriticalRegion();
  KeLeaveCriticalRegion();
  ExAcquireResourceExclusiveLite(&Lock, TRUE); // expected-warning {{with normal kernel APCs enabled}}
  ExReleaseResourceLite(&Lock);
  return STATUS_SUCCESS;
}
