#include <ntifs.h>
typedef struct _HEADER {
  PERESOURCE Resource;
} HEADER;
typedef struct _FILE_CONTROL {
  HEADER Header;
  LONG State;
} FILE_CONTROL, *PFILE_CONTROL;

_When_(return != 0, _Acquires_exclusive_lock_(*File->Header.Resource))
BOOLEAN TakeFile(PFILE_CONTROL File, BOOLEAN Wait);
