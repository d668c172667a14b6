/* What the sample driver needs beyond the wdm.h of the tests. */
#pragma clang system_header
#include_next <wdm.h>

#ifndef SAMPLE_WDM_H
#define SAMPLE_WDM_H

#define IRP_MJ_CLEANUP 0x12
#define STATUS_INVALID_DEVICE_REQUEST ((NTSTATUS)0xC0000010L)
#define STATUS_BUFFER_TOO_SMALL ((NTSTATUS)0xC0000023L)
#define STATUS_NOT_FOUND ((NTSTATUS)0xC0000225L)
#define FILE_DEVICE_SECURE_OPEN 0x100
#define FILE_ANY_ACCESS 0
#define METHOD_NEITHER 3
#define CTL_CODE(type, function, method, access)                               \
  (((type) << 16) | ((access) << 14) | ((function) << 2) | (method))
#define THREAD_ALL_ACCESS 0x1fffffL
#define RTL_CONSTANT_STRING(s) {sizeof(s) - sizeof((s)[0]), sizeof(s), s}

typedef struct _FILE_OBJECT {
  PDEVICE_OBJECT DeviceObject;
  PVOID FsContext;
} FILE_OBJECT, *PFILE_OBJECT;

PIO_STACK_LOCATION IoGetCurrentIrpStackLocation(PIRP Irp);
VOID InitializeListHead(PLIST_ENTRY Head);
BOOLEAN IsListEmpty(const LIST_ENTRY *Head);
VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry);
BOOLEAN RemoveEntryList(PLIST_ENTRY Entry);
PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head);

#endif
