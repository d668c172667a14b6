/* Cutting a body to what matters. */
#include "flow.h"
#include <stdlib.h>
#include <string.h>

static bool bit(const uint64_t *bits, uint32_t at) {
  return bits[at / 64] >> (at % 64) & 1;
}

static void set_bit(uint64_t *bits, uint32_t at) {
  bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static void clear_bit(uint64_t *bits, uint32_t at) {
  bits[at / 64] &= ~(UINT64_C(1) << (at % 64));
}

bool ddi_flow_is_live(const struct ddi_flow *flow, uint32_t block,
                      uint32_t variable) {
  return bit(flow->live + (size_t)block * flow->live_words, variable);
}

bool ddi_flow_is_asked(const struct ddi_flow *flow, uint32_t block,
                       uint32_t value) {
  return bit(flow->asked + (size_t)block * flow->asked_words, value);
}

struct cut {
  struct ddi_flow *flow;
  uint64_t *needed;      /* variables that something looks at */
  uint8_t *result_needed; /* by action: somebody looks at what it returns */
  uint8_t *loads_needed;  /* by value: a LOAD that somebody looks at */
  bool has_changed;
};

/* ---- Where a block without anything leads to ------------------------------ */

static uint32_t resolve(struct ddi_flow *flow, uint32_t block) {
  while (block != DDI_DEAD_END && flow->target[block] != block)
    block = flow->target[block];
  return block;
}

static bool is_empty(const struct ddi_flow *flow, uint32_t block) {
  const struct ddi_block *b = &flow->body->blocks[block];
  for (uint32_t i = 0; i < b->actions; i++)
    if (flow->action_matters[b->first_action + i])
      return false;
  return block != flow->body->exit;
}

/* The one place that all edges lead to, itself and dead ends aside; DDI_NONE if
   there are several. */
static uint32_t common_target(struct ddi_flow *flow, uint32_t block) {
  const struct ddi_block *b = &flow->body->blocks[block];
  uint32_t common = DDI_DEAD_END;
  for (uint32_t i = 0; i < b->edges; i++) {
    uint32_t to = resolve(flow, flow->body->edges[b->first_edge + i].to);
    if (to == block || to == DDI_DEAD_END || to == common)
      continue;
    if (common != DDI_DEAD_END)
      return DDI_NONE;
    common = to;
  }
  return common;
}

static void skip_empty(struct ddi_flow *flow) {
  const struct ddi_body *body = flow->body;
  for (uint32_t i = 0; i < body->block_count; i++)
    flow->target[i] = i;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t i = 0; i < body->block_count; i++) {
      if (flow->target[i] != i || !is_empty(flow, i))
        continue;
      uint32_t to = common_target(flow, i);
      if (to == DDI_NONE)
        continue;
      flow->target[i] = to;
      has_changed = true;
    }
  }
}

bool ddi_flow_branches(const struct ddi_flow *flow, uint32_t block) {
  const struct ddi_block *b = &flow->body->blocks[block];
  uint32_t first = DDI_NONE;
  for (uint32_t i = 0; i < b->edges; i++) {
    uint32_t to = flow->target[flow->body->edges[b->first_edge + i].to];
    if (to == DDI_DEAD_END)
      continue;
    if (first != DDI_NONE && to != first)
      return true;
    first = to;
  }
  return false;
}

/* ---- What is looked at ---------------------------------------------------- */

static void need(struct cut *cut, uint32_t value) {
  if (value == DDI_NONE)
    return;
  const struct ddi_value *v = &cut->flow->body->values[value];
  switch (v->kind) {
  case DDI_VALUE_VARIABLE:
    if (bit(cut->needed, (uint32_t)v->number))
      return;
    set_bit(cut->needed, (uint32_t)v->number);
    cut->has_changed = true;
    return;
  case DDI_VALUE_RESULT:
    cut->has_changed |= !cut->result_needed[v->number];
    cut->result_needed[v->number] = 1;
    return;
  case DDI_VALUE_LOAD:
    cut->has_changed |= !cut->loads_needed[value];
    cut->loads_needed[value] = 1;
    break;
  default:
    break;
  }
  if (ddi_value_has_base(v))
    need(cut, v->base);
  if (ddi_value_has_other(v))
    need(cut, v->other);
}

static void need_of_action(struct cut *cut, const struct ddi_action *action) {
  const struct ddi_body *body = cut->flow->body;
  switch (action->kind) {
  case DDI_DO_CALL:
    for (uint32_t i = 0; i < action->count; i++)
      need(cut, body->arguments[action->first + i]);
    return;
  case DDI_DO_EVENT:
  case DDI_DO_STORE:
    need(cut, action->address);
    need(cut, action->value);
    return;
  case DDI_DO_SET:
  case DDI_DO_RETURN:
    need(cut, action->value);
    return;
  case DDI_DO_DECLARE:
    return;
  }
}

/* Whether somebody looks at what lies in this member, or this variable. */
static bool is_loaded(const struct cut *cut, uint32_t address) {
  const struct ddi_body *body = cut->flow->body;
  const struct ddi_value *to = &body->values[address];
  for (uint32_t i = 0; i < body->value_count; i++) {
    if (!cut->loads_needed[i])
      continue;
    const struct ddi_value *from = &body->values[body->values[i].base];
    if (from->kind == to->kind && from->name == to->name &&
        (to->kind == DDI_VALUE_MEMBER || body->values[i].base == address))
      return true;
  }
  return false;
}

static bool is_wanted(const struct cut *cut, uint32_t at) {
  const struct ddi_action *action = &cut->flow->body->actions[at];
  switch (action->kind) {
  case DDI_DO_SET:
    return bit(cut->needed, action->variable);
  case DDI_DO_STORE:
    return is_loaded(cut, action->address);
  case DDI_DO_CALL:
    return cut->result_needed[at];
  default:
    return false;
  }
}

static void need_what_is_left(struct cut *cut) {
  struct ddi_flow *flow = cut->flow;
  const struct ddi_body *body = flow->body;
  for (uint32_t i = 0; i < body->block_count; i++) {
    if (flow->target[i] != i)
      continue;
    const struct ddi_block *b = &body->blocks[i];
    if (ddi_flow_branches(flow, i))
      for (uint32_t e = 0; e < b->edges; e++)
        need(cut, body->edges[b->first_edge + e].test);
  }
  for (uint32_t i = 0; i < body->action_count; i++) {
    if (!flow->action_matters[i] && is_wanted(cut, i)) {
      flow->action_matters[i] = 1;
      cut->has_changed = true;
    }
    if (flow->action_matters[i])
      need_of_action(cut, &body->actions[i]);
  }
}

static void flatten(struct ddi_flow *flow) {
  for (uint32_t i = 0; i < flow->body->block_count; i++)
    flow->target[i] = resolve(flow, i);
}

/* What is looked at makes assignments matter, and these make more blocks stay. */
static void cut_down(struct cut *cut) {
  do {
    cut->has_changed = false;
    skip_empty(cut->flow);
    flatten(cut->flow);
    need_what_is_left(cut);
  } while (cut->has_changed);
}

/* ---- What is looked at from a block on ------------------------------------ */

static void use(struct ddi_flow *flow, uint64_t *live, uint64_t *asked,
                uint32_t value) {
  if (value == DDI_NONE)
    return;
  const struct ddi_value *v = &flow->body->values[value];
  set_bit(asked, value);
  if (v->kind == DDI_VALUE_VARIABLE)
    set_bit(live, (uint32_t)v->number);
  if (ddi_value_has_base(v))
    use(flow, live, asked, v->base);
  if (ddi_value_has_other(v))
    use(flow, live, asked, v->other);
}

/* Values that say something else behind an action, as they rest on the variable
   that it sets or on what it returns: sets of values, by variable and by action. */
struct renewal {
  uint64_t *of_variable, *of_action;
};

static void mark_resting(const struct ddi_body *body, uint8_t kind,
                         uint32_t number, uint64_t *set) {
  for (uint32_t i = 0; i < body->value_count; i++) {
    const struct ddi_value *v = &body->values[i];
    bool is_it = v->kind == kind && v->number == (int64_t)number;
    if (is_it || (ddi_value_has_base(v) && bit(set, v->base)) ||
        (ddi_value_has_other(v) && bit(set, v->other)))
      set_bit(set, i);
  }
}

static bool find_renewals(const struct ddi_flow *flow, struct renewal *into) {
  const struct ddi_body *body = flow->body;
  size_t words = flow->asked_words;
  into->of_variable =
      calloc((body->variables + 1u) * words, sizeof *into->of_variable);
  into->of_action =
      calloc((body->action_count + 1u) * words, sizeof *into->of_action);
  if (!into->of_variable || !into->of_action)
    return false;
  for (uint32_t i = 0; i < body->variables; i++)
    mark_resting(body, DDI_VALUE_VARIABLE, i, into->of_variable + i * words);
  for (uint32_t i = 0; i < body->action_count; i++)
    if (flow->action_matters[i] && body->actions[i].kind == DDI_DO_CALL)
      mark_resting(body, DDI_VALUE_RESULT, i, into->of_action + i * words);
  return true;
}

static void renew(const struct ddi_flow *flow, const struct renewal *renewals,
                  uint64_t *asked, uint32_t at) {
  const struct ddi_action *action = &flow->body->actions[at];
  const uint64_t *set = NULL;
  if (action->kind == DDI_DO_SET)
    set = renewals->of_variable + (size_t)action->variable * flow->asked_words;
  else if (action->kind == DDI_DO_CALL)
    set = renewals->of_action + (size_t)at * flow->asked_words;
  for (uint32_t w = 0; set && w < flow->asked_words; w++)
    asked[w] &= ~set[w];
}

static void use_of_action(struct ddi_flow *flow, uint64_t *live,
                          uint64_t *asked, uint32_t at) {
  const struct ddi_action *action = &flow->body->actions[at];
  switch (action->kind) {
  case DDI_DO_CALL:
    for (uint32_t i = 0; i < action->count; i++)
      use(flow, live, asked, flow->body->arguments[action->first + i]);
    return;
  case DDI_DO_SET:
    clear_bit(live, action->variable);
    use(flow, live, asked, action->value);
    return;
  case DDI_DO_STORE:
  case DDI_DO_EVENT:
    use(flow, live, asked, action->address);
    use(flow, live, asked, action->value);
    return;
  case DDI_DO_RETURN:
    use(flow, live, asked, action->value);
    return;
  case DDI_DO_DECLARE:
    return;
  }
}

static bool flow_back(struct ddi_flow *flow, const struct renewal *renewals,
                      uint32_t block, uint64_t *live, uint64_t *asked) {
  const struct ddi_body *body = flow->body;
  const struct ddi_block *b = &body->blocks[block];
  memset(live, 0, flow->live_words * sizeof *live);
  memset(asked, 0, flow->asked_words * sizeof *asked);
  bool branches = ddi_flow_branches(flow, block);
  for (uint32_t e = 0; e < b->edges; e++) {
    const struct ddi_edge *edge = &body->edges[b->first_edge + e];
    uint32_t to = flow->target[edge->to];
    if (to == DDI_DEAD_END)
      continue;
    for (uint32_t w = 0; w < flow->live_words; w++)
      live[w] |= flow->live[(size_t)to * flow->live_words + w];
    for (uint32_t w = 0; w < flow->asked_words; w++)
      asked[w] |= flow->asked[(size_t)to * flow->asked_words + w];
    if (branches)
      use(flow, live, asked, edge->test);
  }
  for (uint32_t i = b->actions; i-- > 0;)
    if (flow->action_matters[b->first_action + i]) {
      renew(flow, renewals, asked, b->first_action + i);
      use_of_action(flow, live, asked, b->first_action + i);
    }
  uint64_t *of_live = flow->live + (size_t)block * flow->live_words;
  uint64_t *of_asked = flow->asked + (size_t)block * flow->asked_words;
  bool is_same =
      !memcmp(of_live, live, flow->live_words * sizeof *live) &&
      !memcmp(of_asked, asked, flow->asked_words * sizeof *asked);
  memcpy(of_live, live, flow->live_words * sizeof *live);
  memcpy(of_asked, asked, flow->asked_words * sizeof *asked);
  return !is_same;
}

static bool find_uses(struct ddi_flow *flow) {
  uint64_t *live = malloc(flow->live_words * sizeof *live);
  uint64_t *asked = malloc(flow->asked_words * sizeof *asked);
  struct renewal renewals = {0};
  bool is_done = find_renewals(flow, &renewals) && live && asked;
  for (bool has_changed = is_done; has_changed;) {
    has_changed = false;
    for (uint32_t i = 0; i < flow->body->block_count; i++)
      if (flow->target[i] == i)
        has_changed |= flow_back(flow, &renewals, i, live, asked);
  }
  free(live);
  free(asked);
  free(renewals.of_variable);
  free(renewals.of_action);
  return is_done;
}

/* ---- Interface ------------------------------------------------------------ */

static bool make_room(struct ddi_flow *flow) {
  const struct ddi_body *body = flow->body;
  flow->live_words = body->variables / 64 + 1;
  flow->asked_words = body->value_count / 64 + 1;
  flow->target = calloc(body->block_count + 1u, sizeof *flow->target);
  flow->action_matters = calloc(body->action_count + 1u, 1);
  flow->live = calloc((size_t)(body->block_count + 1u) * flow->live_words,
                      sizeof *flow->live);
  flow->others = calloc(body->edge_count + 1u, sizeof *flow->others);
  flow->asked = calloc((size_t)(body->block_count + 1u) * flow->asked_words,
                       sizeof *flow->asked);
  return flow->target && flow->action_matters && flow->live && flow->asked &&
         flow->others;
}

static bool reduce(struct ddi_flow *flow) {
  const struct ddi_body *body = flow->body;
  struct cut cut = {
      .flow = flow,
      .needed = calloc(flow->live_words, sizeof *cut.needed),
      .result_needed = calloc(body->action_count + 1u, 1),
      .loads_needed = calloc(body->value_count + 1u, 1),
  };
  bool is_done = cut.needed && cut.result_needed && cut.loads_needed;
  if (is_done)
    cut_down(&cut);
  free(cut.needed);
  free(cut.result_needed);
  free(cut.loads_needed);
  return is_done && find_uses(flow);
}

struct ddi_flow *ddi_flow_new(const struct ddi_body *body,
                              bool (*matters)(void *context, uint32_t action),
                              void *context) {
  struct ddi_flow *flow = calloc(1, sizeof *flow);
  if (!flow)
    return NULL;
  flow->body = body;
  if (!make_room(flow)) {
    ddi_flow_free(flow);
    return NULL;
  }
  for (uint32_t i = 0; i < body->action_count; i++)
    flow->action_matters[i] = matters(context, i);
  if (reduce(flow))
    return flow;
  ddi_flow_free(flow);
  return NULL;
}

static const struct ddi_block *block_of(const struct ddi_body *body,
                                        uint32_t edge) {
  const struct ddi_block *b = body->blocks;
  while (edge < b->first_edge || edge >= b->first_edge + b->edges)
    b++;
  return b;
}

static void reach(const struct ddi_flow *flow, uint32_t block, uint64_t *reached) {
  uint64_t bit = UINT64_C(1) << block % 64;
  if (block == DDI_DEAD_END || reached[block / 64] & bit)
    return;
  reached[block / 64] |= bit;
  const struct ddi_block *b = &flow->body->blocks[block];
  for (uint32_t i = 0; i < b->edges; i++)
    reach(flow, flow->target[flow->body->edges[b->first_edge + i].to], reached);
}

static uint64_t *find_others(const struct ddi_flow *flow, uint32_t edge) {
  const struct ddi_body *body = flow->body;
  uint64_t *reached = calloc(body->block_count / 64 + 1, sizeof *reached);
  const struct ddi_block *from = block_of(body, edge);
  const uint32_t to = flow->target[body->edges[edge].to];
  for (uint32_t i = 0; reached && i < from->edges; i++) {
    uint32_t other = flow->target[body->edges[from->first_edge + i].to];
    if (other != to)
      reach(flow, other, reached);
  }
  return reached;
}

bool ddi_flow_is_of_both(const struct ddi_flow *flow, uint32_t edge,
                         uint32_t block) {
  if (!flow->others[edge])
    flow->others[edge] = find_others(flow, edge);
  const uint64_t *others = flow->others[edge];
  return others && others[block / 64] >> block % 64 & 1;
}

void ddi_flow_free(struct ddi_flow *flow) {
  if (!flow)
    return;
  for (uint32_t i = 0; flow->others && i < flow->body->edge_count; i++)
    free(flow->others[i]);
  free(flow->others);
  free(flow->target);
  free(flow->action_matters);
  free(flow->live);
  free(flow->asked);
  free(flow);
}
