/*
 * IrqlReturn of WDM and SpChangeIrql of Storport: a routine that the system enters
 * returns at the level at which it was entered.  A finding goes by one of the names.
 */
#ifndef DDI_IRQL_RETURN_H
#define DDI_IRQL_RETURN_H

#include "ddi_rule.h"

#define IRQL_RETURN(more, except)                                              \
  {.at = DDI_EXIT,                                                             \
   .never = DDI_IRQL_RAISED more,                                              \
   .unless = DDI_MUST_WAIT | DDI_KEEPS_RAISED except,                                             \
   .alias = 28166,                                                             \
   .error = "Returns at %l: the level at entry was not restored"},             \
      {.at = DDI_EXIT,                                                         \
       .never = DDI_IRQL_LOWERED more,                                         \
       .unless = DDI_MUST_WAIT | DDI_KEEPS_RAISED except,                                         \
       .alias = 28166,                                                         \
       .error = "Returns below the level at entry: the IRQL is %l"},           \
  {                                                                            \
    .at = DDI_SIBLING_EXIT, .never = DDI_IRQL_RAISED more,                     \
    .unless = DDI_MUST_WAIT | DDI_KEEPS_RAISED except, .alias = 28167,                            \
    .error = "Returns at %l: on other paths with the same result the level at " \
             "entry is restored"                                               \
  }

#endif
