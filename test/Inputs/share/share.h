/* Included by all; what it says depends on who includes it, and how often. */
#ifndef SHARE_H
#define SHARE_H
#include <ntifs.h>
typedef struct _THING {
  ERESOURCE Lock;
} THING, *PTHING;
enum { InHeader = __COUNTER__ };
#define LEAVE() KeLeaveCriticalRegion()
#endif
#ifdef TWICE
enum { SeenTwice = 1 };
#endif
