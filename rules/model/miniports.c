/* Physical or virtual: the structure that the miniport registers with. */
#include "ddi_rule.h"
#include <stddef.h>

const struct ddi_miniport ddi_miniports[] = {
    {.registrar = "StorPortInitialize",
     .argument = DDI_ARG3,
     .pointee = "_HW_INITIALIZATION_DATA"},
    {.registrar = "StorPortInitialize",
     .argument = DDI_ARG3,
     .pointee = "_VIRTUAL_HW_INITIALIZATION_DATA",
     .is_virtual = 1},
    {NULL}};
