/*
 * A small ndis.h for the tests: how miniports register their handlers; see wdm.h,
 * also for why it is a system header.
 */
#pragma clang system_header
#ifndef DDI_TEST_NDIS_H
#define DDI_TEST_NDIS_H

#include "wdm.h"

typedef PVOID NDIS_HANDLE;
typedef ULONG NDIS_PORT_NUMBER;
typedef int NDIS_STATUS;
typedef struct _NET_BUFFER_LIST *PNET_BUFFER_LIST;

typedef VOID(MINIPORT_SEND_NET_BUFFER_LISTS)(NDIS_HANDLE Context,
                                             PNET_BUFFER_LIST Lists,
                                             NDIS_PORT_NUMBER Port,
                                             ULONG Flags);
typedef MINIPORT_SEND_NET_BUFFER_LISTS(*MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER);
typedef VOID(MINIPORT_INTERRUPT_DPC)(NDIS_HANDLE Context, PVOID DpcContext,
                                     PVOID One, PVOID Two);
typedef MINIPORT_INTERRUPT_DPC(*MINIPORT_INTERRUPT_DPC_HANDLER);

typedef struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
  ULONG Header;
  MINIPORT_SEND_NET_BUFFER_LISTS_HANDLER SendNetBufferListsHandler;
} NDIS_MINIPORT_DRIVER_CHARACTERISTICS;

typedef struct _NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS {
  ULONG Header;
  MINIPORT_INTERRUPT_DPC_HANDLER InterruptDpcHandler;
} NDIS_MINIPORT_INTERRUPT_CHARACTERISTICS;

#endif
