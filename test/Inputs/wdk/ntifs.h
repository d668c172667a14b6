/*
 * A small ntifs.h for the tests; see wdm.h, also for why it is a system header.
 */
#pragma clang system_header
#ifndef DDI_TEST_NTIFS_H
#define DDI_TEST_NTIFS_H

#include "ntddk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Compound statements, so that "FsRtlEnterFileSystem();" is two statements. */
#define FsRtlEnterFileSystem() { KeEnterCriticalRegion(); }
#define FsRtlExitFileSystem() { KeLeaveCriticalRegion(); }

BOOLEAN CcCopyWrite(PFILE_OBJECT FileObject, PLARGE_INTEGER FileOffset,
                    ULONG Length, BOOLEAN Wait, PVOID Buffer);
BOOLEAN CcCopyRead(PFILE_OBJECT FileObject, PLARGE_INTEGER FileOffset,
                   ULONG Length, BOOLEAN Wait, PVOID Buffer,
                   PIO_STATUS_BLOCK IoStatus);

#ifdef __cplusplus
}
#endif
#endif
