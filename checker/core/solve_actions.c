/* What a function does, action by action, block by block, to its end. */
#include "solve_internal.h"
#include <string.h>

/* ---- One action ------------------------------------------------------------------- */

/* Whether the way goes on behind the action by itself. */
static bool call(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  ddi_forget_gift(site, way);
  if (site->at->flags & DDI_IS_INDIRECT) {
    ddi_call_through_pointer(site, way);
    return false;
  }
  const struct name_info *called = ddi_info_of(s, site->at->name);
  ddi_judge_call(site, way, called);
  const struct ddi_routine *row = called->row;
  if (row && site->at->count < ddi_routine_arity(row))
    row = NULL;
  if (row && (row->raises || row->stops))
    return false;
  if (row && called->wrapper)
    ddi_forget_pointees(site, way); /* it may write more than its routine does */
  if (row && row->observed) {
    bool is_meant = !(site->at->flags & DDI_IS_OTHER_OBJECT);
    for (int i = 0; is_meant && i < DDI_MAX_EFFECTS && row->effects[i].op; i++) {
      struct ddi_event event = ddi_event_of(site, way, row, &row->effects[i]);
      ddi_happen(site, way, &event);
    }
    row = NULL;
  }
  if (row && row->query)
    ddi_ask_routine(site, way, row);
  else if (row && row->effects[0].op)
    ddi_call_routine(site, way, row);
  else
    ddi_call_function(
        site, way,
        row ? DDI_NONE : ddi_callee_named(s, site->function, site->at->name));
  return false;
}

static void set_variable(const struct site *site, struct way *way) {
  ddi_term value = ddi_evaluate(site->s, site->body, way, site->at->value);
  bool is_far = value && ddi_term_is_far(site->s->terms, value);
  if (!value || is_far) {
    ddi_forget_gift(site, way);
    value = ddi_term_output(site->s->terms, site->action, 0);
  }
  know(way, IS, site->at->variable, value);
}

static void store(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  ddi_term address = ddi_evaluate(s, site->body, way, site->at->address);
  ddi_term value = ddi_evaluate(s, site->body, way, site->at->value);
  const struct ddi_value *parts = ddi_term_parts(s->terms, address);
  if (parts->kind == DDI_VALUE_MEMBER)
    ddi_forget_written(s, way, hash_of_name(parts->name));
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_of_memory =
        fact->kind == HOLDS ||
        (fact->kind == SIGN && ddi_term_is_loaded(s->terms, fact->subject));
    bool is_gone = address && is_of_memory &&
                   ddi_term_contains(s->terms, fact->subject, address);
    if (is_gone)
      drop_fact(way, i);
    else
      i++;
  }
  if (!value) {
    ddi_forget_gift(site, way);
    value = ddi_term_output(s->terms, site->action, 0);
  }
  if (address)
    know(way, HOLDS, address, value);
}

static void declare(const struct site *site, struct way *way) {
  struct ddi_value local = {.kind = DDI_VALUE_LOCAL,
                            .number = site->at->variable};
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_ALLOCATE;
  event.kind = DDI_STORAGE;
  event.object = storage_of(site->s, ddi_term_make(site->s->terms, &local));
  ddi_judge(site, way, &event);
}

/* What an annotation says, as the engine does it. */
static void annotated(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  const struct ddi_action *at = site->at;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = at->op;
  event.mode = at->mode;
  event.facts = s->problem->driver;
  ddi_term address = ddi_evaluate(s, site->body, way, at->address);
  ddi_term value = ddi_evaluate(s, site->body, way, at->value);
  if (at->op & (DDI_RAISE | DDI_LOWER)) {
    event.keeper = ddi_id_of(s, address).path;
    event.value = is_a_number(site, value) ? 0 : value;
    event.level = ddi_level_between(
        at->irql_min == DDI_NO_BOUND ? DDI_PASSIVE_LEVEL : at->irql_min,
        at->irql_max == DDI_NO_BOUND ? DDI_HIGH_LEVEL : at->irql_max);
    event.level.cause = 1;
  } else if (at->object_kind) {
    event.kind = at->object_kind;
    event.object = ddi_id_of(s, address);
    event.storage = storage_of(s, address);
    event.kind = ddi_kind_of_lock(way, event.object.path, at->object_kind);
  }
  struct way *without = &s->scratch[1];
  if (at->flags & DDI_IS_MAYBE) {
    copy_way(without, way);
    ddi_push_item(s, site->summary, site->block, site->action + 1, without);
  }
  if (!event.kind || event.object.path) /* else the analyzer has no name either */
    ddi_happen(site, way, &event);
}

/* False: the way goes on elsewhere, or not at all. */
static bool act(const struct site *site, struct way *way) {
  switch (site->at->kind) {
  case DDI_DO_CALL:
    return call(site, way);
  case DDI_DO_SET:
    set_variable(site, way);
    return true;
  case DDI_DO_STORE:
    store(site, way);
    return true;
  case DDI_DO_RETURN: {
    ddi_term value = ddi_evaluate(site->s, site->body, way, site->at->value);
    know(way, RETURNS, 0, value);
    return true;
  }
  case DDI_DO_DECLARE:
    declare(site, way);
    return true;
  case DDI_DO_EVENT:
    annotated(site, way);
    return true;
  }
  return true;
}

/* ---- The end of a function ---------------------------------------------------------- */

static void end_locals(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < way->state.count; i++) {
    const struct ddi_object *object = &way->state.objects[i];
    bool is_local = object->kind != DDI_STORAGE && object->storage.path &&
                    ddi_term_parts(site->s->terms, (ddi_term)object->storage.path)
                            ->kind == DDI_VALUE_LOCAL;
    if (!is_local)
      continue;
    struct ddi_event event;
    memset(&event, 0, sizeof event);
    event.op = DDI_SCOPE_END;
    event.kind = DDI_STORAGE;
    event.object = object->storage;
    ddi_judge(site, way, &event);
  }
}

static void judge_exit(const struct site *site, const struct ddi_state *state) {
  struct way *copy = &site->s->scratch[1];
  know_nothing(copy);
  copy->focus = copy->kind = 0;
  copy->state = *state;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_EXIT;
  event.facts = site->s->problem->driver;
  ddi_judge(site, copy, &event);
}

static bool keeps_something(const struct ddi_state *state) {
  const struct ddi_thread *thread = &state->thread;
  bool keeps = thread->critical.net || thread->guarded.net ||
               thread->saved_count > 0;
  for (uint32_t i = 0; i < state->count; i++)
    keeps |= state->objects[i].count > 0;
  return keeps;
}

/* Where annotations say that something changes the engine knows what. */
static void judge_promises(const struct site *site,
                           const struct ddi_state *state) {
  struct solver *s = site->s;
  if (site->function->promises_change) {
    if (keeps_something(state))
      ddi_say_broken(s, site->summary, NULL, "it keeps something", DDI_NONE);
    return;
  }
  for (int declares_same = 0; declares_same <= 1; declares_same++) {
    struct way *copy = &s->scratch[1];
    know_nothing(copy);
    copy->focus = copy->kind = 0;
    copy->state = *state;
    copy->state.thread.critical.net_unknown = 1;
    struct ddi_event event;
    memset(&event, 0, sizeof event);
    event.op = DDI_KEEP_CONTRACT;
    event.bound = ddi_any_level();
    event.facts = s->problem->driver | (declares_same ? DDI_DECLARES_SAME : 0);
    ddi_judge(site, copy, &event);
  }
}

static void leave_entry(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  const struct summary *of = &s->summaries.at[site->summary];
  const struct ddi_function *function = site->function;
  const struct ddi_entry *entry = &function->entries[of->entry];
  if (function->has_promises)
    judge_promises(site, &way->state);
  if (entry->is_judged_at_exit) {
    judge_exit(site, &way->state);
  } else if (entry->keeps_level) {
    struct ddi_state *judged = &s->scratch[2].state;
    *judged = way->state;
    judged->thread.critical.net_unknown = judged->thread.guarded.net_unknown = 1;
    for (uint32_t i = 0; i < judged->count; i++)
      judged->objects[i].count = 0;
    judge_exit(site, judged);
  }
}

/* Of other numbers than a truth the sign is enough. */
static void return_sign(struct solver *s, struct way *way) {
  const struct fact *result = find_fact(way, RETURNS, 0);
  int64_t number;
  if (!result || !ddi_term_is_number(s->terms, result->value, &number) ||
      number == 0 || number == 1)
    return;
  ddi_term some = ddi_term_output(s->terms, DDI_NONE, 0);
  know(way, RETURNS, 0, some);
  ddi_put_fact(way, (struct fact){.kind = SIGN,
                                  .subject = some,
                                  .signs = sign_of_number(number)});
}

/* What a caller does not see goes. */
static void keep_outcome(struct solver *s, struct way *way) {
  return_sign(s, way);
  way->guard = 0;
  const struct fact *result = find_fact(way, RETURNS, 0);
  ddi_term returned = result ? result->value : 0;
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_seen = fact->kind == RETURNS || is_output(s, fact) ||
                   (fact->kind == SIGN && returned && fact->subject == returned);
    if (is_seen)
      i++;
    else
      drop_fact(way, i);
  }
}

bool ddi_compares_ways_out(const struct ddi_function *function, uint32_t entry) {
  const struct ddi_entry *from = &function->entries[entry];
  return !from->context.known ||
         (!from->is_judged_at_exit && !from->is_role && !function->has_promises);
}

static void add_exit(struct solver *s, uint32_t summary, struct way *way) {
  struct summary *of = &s->summaries.at[summary];
  bool is_compared = of->entry >= DDI_ALONE ||
                     ddi_compares_ways_out(function_of(s, of), of->entry);
  if (!is_compared)
    return;
  keep_outcome(s, way);
  const struct packed *packed = ddi_pack_way(s, way);
  for (uint32_t i = 0; i < of->exits.count; i++)
    if (of->exits.at[i] == packed)
      return;
  if (of->exits.count == MAX_WAYS_OUT * (of->names.count + 1)) {
    ddi_give_up(s, summary, "too many ways out", DDI_NONE);
    return;
  }
  PUSH(s, of->exits, packed);
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    ddi_come_back(s, &caller, packed);
  }
}

static void finish(struct solver *s, uint32_t summary, struct way *way) {
  const struct summary *of = &s->summaries.at[summary];
  const struct ddi_function *function = function_of(s, of);
  struct site site = {s,        summary,        function->body->exit, DDI_NONE,
                      function, function->body, NULL};
  end_locals(&site, way);
  if (of->entry < DDI_ALONE)
    leave_entry(&site, way);
  add_exit(s, summary, way);
}

/* ---- Blocks --------------------------------------------------------------------------- */

static void follow_edges(struct solver *s, uint32_t summary, uint32_t block,
                         const struct way *way) {
  const struct ddi_flow *flow =
      ddi_flow_for(s, s->summaries.at[summary].function, way);
  if (!flow)
    return;
  const struct ddi_body *body = flow->body;
  const struct ddi_block *b = &body->blocks[block];
  bool branches = ddi_flow_branches(flow, block);
  struct way *next = &s->scratch[1];
  for (uint32_t i = 0; i < b->edges; i++) {
    const struct ddi_edge *edge = &body->edges[b->first_edge + i];
    uint32_t to = flow->target[edge->to];
    if (to == DDI_DEAD_END)
      continue;
    copy_way(next, way);
    const struct ddi_level before = next->state.thread.irql;
    ddi_term test = branches && edge->test != DDI_NONE
                        ? ddi_evaluate(s, body, next, edge->test)
                        : 0;
    if (s->is_dead || !ddi_refine(s, next, test, !edge->is_else))
      continue;
    ddi_note_guard(next, b->first_edge + i, &before);
    ddi_arrive(s, summary, to, next);
    if (!branches)
      return;
  }
}

/* Pageable code goes on behind a call. */
static void go_on_paged(const struct site *site, struct way *way) {
  if (site->function->is_paged &&
      way->state.thread.irql.low > DDI_APC_LEVEL)
    ddi_run_paged(site, way, true);
}

void ddi_run_item(struct solver *s, const struct item *item) {
  const struct summary *of = &s->summaries.at[item->summary];
  if (of->gave_up)
    return;
  const struct ddi_function *function = function_of(s, of);
  const struct ddi_block *block = &function->body->blocks[item->block];
  uint32_t end = block->first_action + block->actions;
  struct way *way = &s->scratch[0];
  ddi_unpack_way(item->way, way);
  const struct ddi_flow *flow = ddi_flow_for(s, of->function, way);
  if (!flow)
    return;
  if (item->action > block->first_action &&
      function->body->actions[item->action - 1].kind == DDI_DO_CALL) {
    struct site behind = {s,        item->summary,  item->block,
                          item->action - 1,
                          function, function->body,
                          &function->body->actions[item->action - 1]};
    go_on_paged(&behind, way);
  }
  for (uint32_t i = item->action; i < end; i++) {
    if (!flow->action_matters[i])
      continue;
    struct site site = {s,        item->summary,  item->block, i,
                        function, function->body, &function->body->actions[i]};
    s->is_dead = false;
    if (!act(&site, way) || s->is_dead)
      return;
  }
  s->is_dead = false;
  if (item->block == function->body->exit)
    finish(s, item->summary, way);
  else
    follow_edges(s, item->summary, item->block, way);
}
