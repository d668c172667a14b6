/*
 * A small ks.h for the tests: how minidrivers describe what they have; see wdm.h, also
 * for why it is a system header.
 */
#pragma clang system_header
#ifndef DDI_TEST_KS_H
#define DDI_TEST_KS_H

#include "wdm.h"

typedef struct _KSDEVICE *PKSDEVICE;
typedef NTSTATUS (*PFNKSDEVICECREATE)(PKSDEVICE Device);

typedef struct _KSDEVICE_DISPATCH {
  PFNKSDEVICECREATE Add;
} KSDEVICE_DISPATCH, *PKSDEVICE_DISPATCH;

typedef struct _KSFILTER *PKSFILTER;
typedef struct _KSPROCESSPIN_INDEXENTRY *PKSPROCESSPIN_INDEXENTRY;
typedef NTSTATUS (*PFNKSFILTERIRP)(PKSFILTER Filter, PIRP Irp);
typedef NTSTATUS (*PFNKSFILTERPROCESS)(PKSFILTER Filter,
                                       PKSPROCESSPIN_INDEXENTRY Index);

typedef struct _KSFILTER_DISPATCH {
  PFNKSFILTERIRP Create;
  PFNKSFILTERIRP Close;
  PFNKSFILTERPROCESS Process;
} KSFILTER_DISPATCH, *PKSFILTER_DISPATCH;

typedef struct _KSPIN *PKSPIN;
typedef NTSTATUS (*PFNKSPIN)(PKSPIN Pin);
typedef VOID (*PFNKSPINVOID)(PKSPIN Pin);

typedef struct _KSPIN_DISPATCH {
  PFNKSPIN Process;
  PFNKSPINVOID Reset;
} KSPIN_DISPATCH, *PKSPIN_DISPATCH;

#endif
