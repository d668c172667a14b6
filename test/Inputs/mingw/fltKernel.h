/* mingw-w64 has no fltKernel.h: that of the tests, upon mingw-w64's ntifs.h. */
#pragma clang system_header
#include "ntifs.h"
#define DDI_TEST_NTIFS_H
#include "../wdk/fltKernel.h"
