/* What is known of functions before they are followed, and what of them a way has
   to look at. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

/* ---- What a name stands for -------------------------------------------- */

static ddi_kind_set others_of(const char *name, const struct ddi_routine *row) {
  ddi_kind_set others = 0;
  const struct ddi_reach reach = ddi_routine_reach(row, NULL);
  const struct ddi_event call = {.op = DDI_CALL, .call = name, .written = ""};
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    for (const struct ddi_obligation *owed = (*rule)->obligations; owed->at; owed++)
      if (owed->others && (owed->at & (reach.ops | DDI_CALL)) &&
          ddi_is_meant(*rule, owed, &call))
        others |= owed->others;
  for (int i = 0; row && i < DDI_MAX_EFFECTS; i++) {
    const struct ddi_effect *effect = &row->effects[i];
    bool is_unnamed = effect->kind && !effect->object &&
                      effect->op != DDI_ALLOCATE;
    others |= is_unnamed ? DDI_KIND(effect->kind) : 0;
  }
  return others;
}

const struct name_info *ddi_info_of(struct solver *s, ddi_name name) {
  static const struct name_info nothing = {.function = DDI_NONE};
  if (name >= s->name_count)
    return &nothing;
  struct name_info *info = &s->infos[name];
  if (info->is_known)
    return info;
  /* A header's inline function is static: its name has a file behind it. */
  char plain[128];
  const char *text = ddi_names_text(s->problem->names, name);
  size_t length = strcspn(text, "@");
  if (text[length] && length < sizeof plain) {
    memcpy(plain, text, length);
    plain[length] = 0;
    text = plain;
  }
  info->wrapper = ddi_find_wrapper(text);
  info->row = ddi_find_routine(text);
  info->published = ddi_find_published(text);
  info->others = others_of(text, info->row);
  info->is_known = true;
  return info;
}

uint32_t ddi_callee_named(struct solver *s, const struct ddi_function *caller,
                          ddi_name name) {
  uint32_t first = ddi_info_of(s, name)->function;
  for (uint32_t i = first; i != DDI_NONE; i = s->same_name[i])
    if (s->problem->functions[i].unit == caller->unit)
      return i;
  return first;
}

uint64_t ddi_hash_of_object(struct solver *s, ddi_term term) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  while (parts->kind == DDI_VALUE_LOAD || parts->kind == DDI_VALUE_ELEMENT ||
         parts->kind == DDI_VALUE_TAGGED)
    parts = ddi_term_parts(s->terms, parts->base);
  bool has_name =
      parts->kind == DDI_VALUE_MEMBER || parts->kind == DDI_VALUE_GLOBAL;
  return has_name ? hash_of_name(parts->name) : 0;
}

/* ---- What is relevant -------------------------------------------------------------------- */

static void touch(struct solver *s, const struct ddi_body *body, uint32_t value,
                  struct touch *into, int depth);
static void touch_by_call(struct solver *s, const struct ddi_body *body,
                          const struct ddi_action *call, struct touch *into);

struct relevance {
  struct solver *s;
  const struct ddi_function *function;
  const struct view *view;
};

static bool is_bounded(struct ddi_level bound) {
  return bound.low > DDI_PASSIVE_LEVEL || bound.high < DDI_HIGH_LEVEL;
}

static bool call_matters(struct solver *s, const struct ddi_action *call) {
  if (s->problem->driver || call->flags & DDI_HAS_EFFECTS ||
      call->irql_min != DDI_NO_BOUND || call->irql_max != DDI_NO_BOUND)
    return true;
  if (call->flags & DDI_IS_INDIRECT) {
    const struct ddi_reach *reach = &ddi_info_of(s, call->name)->through;
    return reach->ops || reach->levels;
  }
  const struct name_info *called = ddi_info_of(s, call->name);
  const struct ddi_published *of_macro =
      ddi_info_of(s, call->written)->published;
  const struct ddi_published *rows[] = {called->published, of_macro};
  for (int i = 0; i < 2; i++)
    if (rows[i] && (rows[i]->special_apcs || rows[i]->rules ||
                    is_bounded(ddi_published_bound(rows[i], false))))
      return true;
  if (called->row || called->others)
    return true;
  if (called->function == DDI_NONE)
    return false;
  const struct ddi_function *function =
      &s->problem->functions[called->function];
  return function->reach.ops || function->reach.levels ||
         function->may_be_paged || s->touched[called->function].others;
}

static bool matters(void *context, uint32_t action) {
  struct relevance *r = context;
  const struct ddi_action *at = &r->function->body->actions[action];
  switch (at->kind) {
  case DDI_DO_CALL:
    return call_matters(r->s, at);
  case DDI_DO_RETURN:
    return r->function->reach.ops && at->value != DDI_NONE;
  case DDI_DO_DECLARE:
  case DDI_DO_EVENT:
    return true;
  default:
    return false;
  }
}

static bool is_viewed(const struct view *view, const struct touch *touched) {
  return (touched->names & view->names) || (touched->others & view->kinds) ||
         (touched->parameters && view->by_parameter);
}

static uint32_t ops_of_call(struct solver *s, const struct ddi_action *call) {
  if (call->flags & DDI_IS_INDIRECT)
    return ddi_info_of(s, call->name)->through.ops;
  const struct name_info *called = ddi_info_of(s, call->name);
  if (called->row)
    return ddi_routine_reach(called->row, NULL).ops;
  return called->function == DDI_NONE
             ? 0
             : s->problem->functions[called->function].reach.ops;
}

static bool returns(struct solver *s, const struct ddi_action *call) {
  const struct name_info *called = ddi_info_of(s, call->name);
  if (call->flags & DDI_IS_INDIRECT)
    return true;
  if (called->row)
    return !called->row->raises && !called->row->stops;
  return called->function == DDI_NONE || s->returns[called->function];
}

/* What a way about an object, or about nothing, has to look at. */
static bool matters_in_view(void *context, uint32_t action) {
  struct relevance *r = context;
  const struct ddi_body *body = r->function->body;
  const struct ddi_action *at = &body->actions[action];
  const uint32_t of_regions = DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL |
                              DDI_ENTER_GUARDED | DDI_LEAVE_GUARDED;
  struct touch touched = {0};
  if (!matters(context, action))
    return false;
  if (at->kind == DDI_DO_EVENT) {
    if (at->address != DDI_NONE)
      touch(r->s, body, at->address, &touched, 0);
    return is_viewed(r->view, &touched) ||
           (r->view->has_regions && (at->op & of_regions));
  }
  if (at->kind != DDI_DO_CALL)
    return true;
  touch_by_call(r->s, body, at, &touched);
  return is_viewed(r->view, &touched) || !returns(r->s, at) ||
         (r->view->has_regions && (ops_of_call(r->s, at) & of_regions));
}

static struct view key_of_view(struct solver *s, const struct way *way) {
  struct view key = {.has_all = !way->focus || way->focus == ITS_CHANGES,
                     .has_regions = true};
  if (key.has_all || way->focus == NOTHING)
    return key;
  ddi_term storage = ddi_term_storage(s->terms, way->focus);
  uint64_t own = ddi_hash_of_object(s, way->focus);
  uint64_t around = ddi_hash_of_object(s, storage);
  key.names = own ? own | around : ~UINT64_C(0);
  key.kinds = DDI_KIND(way->kind);
  key.by_parameter = !own || !around;
  key.has_regions = s->kinds_with_region >> way->kind & 1;
  key.has_all = (s->kinds_with_level >> way->kind & 1) ||
                ddi_term_parts(s->terms, storage)->kind == DDI_VALUE_LOCAL;
  return key;
}

const struct ddi_flow *ddi_flow_for(struct solver *s, uint32_t function,
                                    const struct way *way) {
  struct view key = key_of_view(s, way);
  for (struct view *view = s->views[function]; view; view = view->next)
    if (view->names == key.names && view->by_parameter == key.by_parameter &&
        view->kinds == key.kinds &&
        view->has_regions == key.has_regions && view->has_all == key.has_all)
      return view->flow;
  struct relevance context = {s, &s->problem->functions[function], &key};
  struct view *view = malloc(sizeof *view);
  if (view) {
    *view = key;
    view->flow = ddi_flow_new(context.function->body,
                              key.has_all ? matters : matters_in_view, &context);
    view->next = s->views[function];
    s->views[function] = view;
  }
  s->has_failed |= !view || !view->flow;
  return view ? view->flow : NULL;
}

/* Whether some path through the function comes to its end. */
static bool comes_to_end(struct solver *s, const struct ddi_body *body) {
  uint32_t *queue = calloc(body->block_count * 2u + 1u, sizeof *queue);
  if (!queue)
    return true;
  uint32_t *seen = queue + body->block_count, count = 1;
  queue[0] = body->entry;
  seen[body->entry] = 1;
  for (uint32_t i = 0; i < count; i++) {
    const struct ddi_block *block = &body->blocks[queue[i]];
    bool ends = false;
    for (uint32_t a = 0; a < block->actions; a++) {
      const struct ddi_action *at = &body->actions[block->first_action + a];
      ends |= at->kind == DDI_DO_CALL && !returns(s, at);
    }
    for (uint32_t e = 0; !ends && e < block->edges; e++) {
      uint32_t to = body->edges[block->first_edge + e].to;
      if (!seen[to])
        queue[count++] = to;
      seen[to] = 1;
    }
  }
  bool is_reached = seen[body->exit];
  free(queue);
  return is_reached;
}

void ddi_find_returning(struct solver *s) {
  memset(s->returns, true, s->problem->count);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < s->problem->count; f++) {
      if (!s->returns[f] || !is_followed(&s->problem->functions[f]))
        continue;
      s->returns[f] = comes_to_end(s, s->problem->functions[f].body);
      has_changed |= !s->returns[f];
    }
  }
}

void ddi_find_written(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < problem->count; f++) {
      const struct ddi_body *body = problem->functions[f].body;
      uint64_t written = s->written[f];
      for (uint32_t i = 0; body && i < body->action_count; i++) {
        const struct ddi_action *at = &body->actions[i];
        const struct ddi_value *to =
            at->kind == DDI_DO_STORE ? &body->values[at->address] : NULL;
        if (to && to->kind == DDI_VALUE_MEMBER)
          written |= hash_of_name(to->name);
        if (at->kind != DDI_DO_CALL || at->flags & DDI_IS_INDIRECT)
          continue;
        uint32_t callee = ddi_info_of(s, at->name)->function;
        if (callee != DDI_NONE)
          written |= s->written[callee];
      }
      has_changed |= written != s->written[f];
      s->written[f] = written;
    }
  }
}

/* Whether a call may have written to the variable. */
static bool is_given_away(const struct ddi_body *body, int64_t variable) {
  for (uint32_t i = 0; i < body->argument_count; i++) {
    const struct ddi_value *value = &body->values[body->arguments[i]];
    if (value->kind == DDI_VALUE_LOCAL && value->number == variable)
      return true;
  }
  return false;
}

/* By its name, or as a parameter; all if that cannot be told. */
static void touch(struct solver *s, const struct ddi_body *body, uint32_t value,
                  struct touch *into, int depth) {
  const struct ddi_value *v = &body->values[value];
  switch (depth > 8 ? DDI_VALUE_UNKNOWN : v->kind) {
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_GLOBAL:
    into->names |= hash_of_name(v->name);
    return;
  case DDI_VALUE_LOAD:
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_TAGGED:
    touch(s, body, v->base, into, depth + 1);
    return;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_NUMBER:
    return;
  case DDI_VALUE_PARAMETER:
    if (v->number < 32)
      into->parameters |= 1u << v->number;
    else
      into->names = ~UINT64_C(0);
    return;
  case DDI_VALUE_VARIABLE:
    if (is_given_away(body, v->number))
      into->names = ~UINT64_C(0);
    for (uint32_t i = 0; i < body->action_count; i++)
      if (body->actions[i].kind == DDI_DO_SET &&
          body->actions[i].variable == v->number &&
          body->actions[i].value != value)
        touch(s, body, body->actions[i].value, into, depth + 1);
    return;
  default:
    into->names = ~UINT64_C(0);
  }
}

static void touch_by_call(struct solver *s, const struct ddi_body *body,
                          const struct ddi_action *call, struct touch *into) {
  if (call->flags & DDI_IS_INDIRECT) {
    if (call_matters(s, call))
      into->names = ~UINT64_C(0);
    return;
  }
  const struct name_info *called = ddi_info_of(s, call->name);
  into->others |= called->others | ddi_info_of(s, call->written)->others;
  for (int i = 0; called->row && i < DDI_MAX_EFFECTS; i++) {
    const struct ddi_effect *effect = &called->row->effects[i];
    if (effect->object == DDI_NOT_GIVEN)
      into->names = ~UINT64_C(0);
    if (effect->object == DDI_FIXED)
      into->names |= ddi_hash_of_object(s, ddi_fixed_object(s, effect->name));
    uint32_t index = (uint32_t)effect->object - 1;
    if (effect->object && index < call->count)
      touch(s, body, body->arguments[call->first + index], into, 0);
  }
  if (called->row || called->function == DDI_NONE)
    return;
  const struct touch *of = &s->touched[called->function];
  into->names |= of->names;
  into->others |= of->others;
  for (uint32_t i = 0; i < 32; i++) {
    if (!(of->parameters >> i & 1))
      continue;
    if (i < call->count)
      touch(s, body, body->arguments[call->first + i], into, 0);
    else
      into->names = ~UINT64_C(0);
  }
}

void ddi_find_freed(struct solver *s) {
  uint64_t once = 0;
  for (uint32_t f = 0; f < s->problem->count; f++) {
    const struct ddi_body *body = s->problem->functions[f].body;
    for (uint32_t i = 0; body && i < body->action_count; i++) {
      const struct ddi_action *at = &body->actions[i];
      const struct ddi_routine *row =
          at->kind == DDI_DO_CALL ? ddi_info_of(s, at->name)->row : NULL;
      struct touch touched = {0};
      if (!row || row->effects[0].op != DDI_FREE)
        continue;
      touch_by_call(s, body, at, &touched);
      s->freed_twice |= once & touched.names;
      once |= touched.names;
    }
  }
}

void ddi_find_touched(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < problem->count; f++) {
      const struct ddi_body *body = problem->functions[f].body;
      struct touch now = s->touched[f];
      for (uint32_t i = 0; body && i < body->action_count; i++) {
        const struct ddi_action *at = &body->actions[i];
        if (at->kind == DDI_DO_CALL)
          touch_by_call(s, body, at, &now);
        else if (at->kind == DDI_DO_EVENT && at->address != DDI_NONE)
          touch(s, body, at->address, &now, 0);
      }
      has_changed |= now.names != s->touched[f].names ||
                     now.parameters != s->touched[f].parameters ||
                     now.others != s->touched[f].others;
      s->touched[f] = now;
    }
  }
}
