#include <NTIFS.h>

VOID Release(PERESOURCE r);
