/*
 * A body cut to what matters: actions that can change or break something, the
 * branches that decide between them, the variables that the branches and the
 * actions look at.
 */
#ifndef DDI_FLOW_H
#define DDI_FLOW_H

#include "ddi_sketch.h"

/* In ddi_flow.target: no path goes on from there. */
#define DDI_DEAD_END (DDI_NONE - 1)

struct ddi_flow {
  const struct ddi_body *body;
  uint32_t *target;        /* by block: where who goes there arrives */
  uint8_t *action_matters; /* by action */
  uint64_t *live;          /* by block: bits of variables that are used from its
                              start on, before they are set */
  uint64_t *asked;         /* by block: bits of values that are used from there on */
  uint32_t live_words, asked_words;
  uint64_t **others; /* by edge: bits of blocks to which the edges beside it lead;
                        null until asked for */
};

/* matters() tells of calls and events; of returns, whether callers may ask.
   Null if there is no memory. */
struct ddi_flow *ddi_flow_new(const struct ddi_body *body,
                              bool (*matters)(void *context, uint32_t action),
                              void *context);
void ddi_flow_free(struct ddi_flow *flow);

/* Whether the block's edges lead to several places. */
bool ddi_flow_branches(const struct ddi_flow *flow, uint32_t block);
/* Whether paths come to the block, too, that took another edge where this one is. */
bool ddi_flow_is_of_both(const struct ddi_flow *flow, uint32_t edge,
                         uint32_t block);
bool ddi_flow_is_live(const struct ddi_flow *flow, uint32_t block,
                      uint32_t variable);
bool ddi_flow_is_asked(const struct ddi_flow *flow, uint32_t block,
                       uint32_t value);

#endif
