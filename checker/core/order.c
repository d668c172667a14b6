/* The order of locks: when two are a deadlock. */
#include "ddi_order.h"
#include <string.h>

bool ddi_add_gate(struct ddi_order *order, ddi_name gate) {
  for (int i = 0; i < DDI_MAX_GATES; i++) {
    if (order->gates[i] == gate)
      return true;
    if (order->gates[i])
      continue;
    order->gates[i] = gate;
    return true;
  }
  return false;
}

static bool may_be_gate(ddi_name a, ddi_name b) {
  return a == b || a == DDI_ANY_GATE || b == DDI_ANY_GATE;
}

static bool share_gate(const struct ddi_order *a, const struct ddi_order *b) {
  for (int i = 0; i < DDI_MAX_GATES && a->gates[i]; i++)
    for (int j = 0; j < DDI_MAX_GATES && b->gates[j]; j++)
      if (may_be_gate(a->gates[i], b->gates[j]))
        return true;
  return false;
}

bool ddi_orders_invert(const struct ddi_order *a, const struct ddi_order *b) {
  return a->held == b->acquired && a->acquired == b->held &&
         a->held != a->acquired &&
         !(a->holds_shared && b->acquires_shared) &&
         !(a->acquires_shared && b->holds_shared) && !share_gate(a, b);
}

bool ddi_may_be_one_place(const char *a, const char *b) {
  size_t length_a = strlen(a), length_b = strlen(b);
  if (length_a < length_b)
    return ddi_may_be_one_place(b, a);
  const char *end = a + (length_a - length_b);
  return !strcmp(end, b) && (end == a || end[-1] == '/');
}

bool ddi_is_waited_for(enum ddi_kind kind) {
  const ddi_kind_set others =
      DDI_OF_REQUESTS | DDI_KIND(DDI_STORAGE) | DDI_KIND(DDI_LOCK_HANDLE);
  return kind != DDI_NO_OBJECT && !(others & DDI_KIND(kind));
}

bool ddi_has_orders(const struct ddi_context *context) {
  return context->known && !context->may_hold && !context->runs_alone;
}

const struct ddi_obligation *ddi_find_order_rule(const struct ddi_rule **rule) {
  for (const struct ddi_rule *const *each = ddi_rules; *each; each++)
    for (const struct ddi_obligation *row = (*each)->obligations; row->at; row++)
      if (row->never & DDI_ORDER_REVERSED) {
        *rule = *each;
        return row;
      }
  return NULL;
}
