/*
 * The order of locks: a path that holds one and waits for another.
 *
 * Two such orders are a deadlock if two threads can be in the middle of both at
 * once: each waits for what the other holds, the modes exclude each other, and no
 * third lock keeps the threads apart.
 *
 * A lock is known by its place: the name of a variable, or the members that lead to
 * it from a pointer ("_VCB.Queue/_QUEUE.Lock"); an asterisk behind stands for what
 * the pointer there points to.  Equal places may be several objects, one at a time.
 */
#ifndef DDI_ORDER_H
#define DDI_ORDER_H

#include "ddi_core.h"
#include "ddi_sketch.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DDI_MAX_GATES = 6 };

/* In place of a gate: a lock that has no place, which may be any. */
#define DDI_ANY_GATE UINT32_MAX

struct ddi_order {
  ddi_name held, acquired; /* places */
  bool holds_shared, acquires_shared;
  ddi_name gates[DDI_MAX_GATES]; /* also held, and not shared; then zeroes */
};

/* Adds the gate.  False if there are too many. */
bool ddi_add_gate(struct ddi_order *order, ddi_name gate);
/* Whether the two are a deadlock. */
bool ddi_orders_invert(const struct ddi_order *a, const struct ddi_order *b);
/* Whether two places may be one: the shorter is what the longer ends with. */
bool ddi_may_be_one_place(const char *a, const char *b);
/* Whether a thread that acquires such an object waits until others release it. */
bool ddi_is_waited_for(enum ddi_kind kind);
/* Whether who is entered so holds nothing, and others run beside him. */
bool ddi_has_orders(const struct ddi_context *context);
/* The obligation about orders, and its rule; null if no rule has one. */
const struct ddi_obligation *ddi_find_order_rule(const struct ddi_rule **rule);

#ifdef __cplusplus
}
#endif
#endif
