/*
 * A small ks.h for the tests: how minidrivers describe their pins; see wdm.h, also
 * for why it is a system header.
 */
#pragma clang system_header
#ifndef DDI_TEST_KS_H
#define DDI_TEST_KS_H

#include "wdm.h"

typedef struct _KSPIN *PKSPIN;
typedef NTSTATUS (*PFNKSPIN)(PKSPIN Pin);
typedef VOID (*PFNKSPINVOID)(PKSPIN Pin);

typedef struct _KSPIN_DISPATCH {
  PFNKSPIN Process;
  PFNKSPINVOID Reset;
} KSPIN_DISPATCH, *PKSPIN_DISPATCH;

#endif
