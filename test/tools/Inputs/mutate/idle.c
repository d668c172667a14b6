/* Nothing here can be broken. */
#include <wdm.h>

DRIVER_UNLOAD Unload;

void Unload(PDRIVER_OBJECT driver) {}
