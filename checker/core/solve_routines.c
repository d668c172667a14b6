/* Calls of what the tables know. */
#include "solve_internal.h"
#include <string.h>

/* ---- Routines of the tables ----------------------------------------------------- */

static void allocate(const struct site *site, struct way *way,
                     const struct ddi_routine *row) {
  struct solver *s = site->s;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.call = row->name;
  event.op = DDI_ALLOCATE;
  event.kind = DDI_STORAGE;
  event.family = row->family;
  event.object = storage_of(s, ddi_term_result(s->terms, site->action));
  int64_t pool = 0;
  bool is_known =
      ddi_term_is_number(s->terms, ddi_argument(site, way, row->pool), &pool);
  if (is_known && ((uint64_t)pool & row->paged_mask) == row->paged_value)
    event.facts |= DDI_PAGED;
  if (row->zeroed && (!row->unless_zeroed || !is_known ||
                      !((uint64_t)pool & row->unless_zeroed)))
    event.facts |= DDI_ZEROED;
  ddi_judge(site, way, &event);
}

void ddi_read_outputs(const struct site *site, struct way *way) {
  struct ddi_terms *terms = site->s->terms;
  for (uint32_t i = 0; i < site->at->count; i++) {
    const struct ddi_value *value =
        &site->body->values[site->body->arguments[site->at->first + i]];
    if (value->kind == DDI_VALUE_LOCAL)
      know(way, IS, (uint32_t)value->number,
           ddi_term_output(terms, site->action, i + 1));
  }
}

void ddi_go_on(const struct site *site, struct way *way) {
  ddi_read_outputs(site, way);
  ddi_push_item(site->s, site->summary, site->block, site->action + 1, way);
}

/* Ways about one object do not see what is held beside it: .under is left out, and
   the way is explored. */
static bool is_asked_for(const struct site *site, struct way *way,
                         const struct ddi_effect *effect) {
  struct solver *s = site->s;
  if (!effect->only_if)
    return true;
  ddi_term asked = ddi_argument(site, way, effect->only_if);
  int64_t number;
  if (effect->equals)
    return ddi_term_is_number(s->terms, asked, &number) &&
           number == effect->equals;
  return truth_of(s, way, asked) == 1;
}

static void happen_all(const struct site *site, struct way *way,
                       const struct ddi_routine *row, bool is_done) {
  /* Such a lock may count its owner's acquisitions. */
  struct ddi_reach reach = ddi_routine_reach(row, NULL);
  bool may_count =
      way->asks_owner && (reach.ops & (DDI_ACQUIRE | DDI_RELEASE));
  if (may_count || (!is_done && ddi_may_not_fail(row))) {
    ddi_havoc(&way->state, &reach);
    if (is_of_any_caller(site))
      ddi_overflow(way);
    return;
  }
  for (int i = 0; i < DDI_MAX_EFFECTS && row->effects[i].op; i++) {
    const struct ddi_effect *effect = &row->effects[i];
    bool is_asked = is_asked_for(site, way, effect);
    bool happens = effect->op == DDI_WAIT ||
                   (is_done && is_asked &&
                    (!(site->at->flags & DDI_IS_OTHER_OBJECT) || !effect->kind));
    if (!happens)
      continue;
    if (effect->op == DDI_ALLOCATE) {
      allocate(site, way, row);
      continue;
    }
    struct ddi_event event = ddi_event_of(site, way, row, effect);
    ddi_happen(site, way, &event);
  }
}

/* Of what the routine returns if it has, or has not, done what it is called for. */
static unsigned signs_when(enum ddi_when when, bool is_done) {
  switch (when) {
  case DDI_IF_TRUE:
    return is_done ? NOT_ZERO : ZERO;
  case DDI_IF_SUCCESS:
    return is_done ? ZERO : NOT_ZERO;
  case DDI_UNLESS_ERROR:
    return is_done ? ZERO : NEGATIVE;
  case DDI_ALWAYS:
    break;
  }
  return ANY_SIGN;
}

void ddi_call_routine(const struct site *site, struct way *way,
                      const struct ddi_routine *row) {
  struct solver *s = site->s;
  ddi_term result = ddi_term_result(s->terms, site->action);
  if (row->succeeds)
    know(way, GAVE, site->action, ddi_term_number(s->terms, 0));
  bool is_always =
      row->when == DDI_ALWAYS || (site->at->flags & DDI_IS_OTHER_OBJECT);
  if (is_always) {
    happen_all(site, way, row, true);
    ddi_go_on(site, way);
    return;
  }
  enum ddi_arg sure_arg = row->wait ? row->wait : row->timeout;
  ddi_term sure = ddi_argument(site, way, sure_arg);
  int asked = sure_arg ? truth_of(s, way, sure) : -1;
  bool is_sure = asked == (row->wait ? 1 : 0) && sure_arg;
  bool is_plain_zero = sure_arg && is_a_number(site, sure) && asked == 0;
  bool can_fail = !is_sure && (!(site->at->flags & DDI_IS_DISCARDED) ||
                               is_plain_zero);
  struct way *other = &s->scratch[1];
  copy_way(other, way);
  ddi_narrow_signs(s, way, result, signs_when(row->when, true));
  happen_all(site, way, row, true);
  ddi_go_on(site, way);
  if (!can_fail)
    return;
  ddi_narrow_signs(s, other, result, signs_when(row->when, false));
  if (row->wait && !ddi_narrow_signs(s, other, sure, ZERO))
    return;
  happen_all(site, other, row, false);
  ddi_go_on(site, other);
}

void ddi_ask_routine(const struct site *site, struct way *way,
                     const struct ddi_routine *row) {
  struct solver *s = site->s;
  ddi_term result = ddi_term_result(s->terms, site->action);
  struct ddi_event event = ddi_event_of(site, way, row, &row->effects[0]);
  if (event.op)
    ddi_happen(site, way, &event);
  if (row->query == DDI_CURRENT_THREAD) {
    struct ddi_value thread = {.kind = DDI_TERM_THREAD};
    know(way, GAVE, site->action, ddi_term_make(s->terms, &thread));
    ddi_go_on(site, way);
    return;
  }
  if (row->query == DDI_CURRENT_IRQL) {
    ddi_ask_level(&way->state, result, 1);
    ddi_go_on(site, way);
    return;
  }
  bool is_seen =
      !event.object.path || ddi_is_in_focus(s, way, event.kind, &event.object);
  ddi_see_by_thread(site, way, event.kind, &event.object);
  int known = is_seen ? ddi_answer(&way->state, row->query, &event) : -1;
  struct way *branch = &s->scratch[1];
  for (int answer = 0; answer <= 1; answer++) {
    if (known == !answer)
      continue;
    copy_way(branch, way);
    ddi_narrow_signs(s, branch, result, answer ? NOT_ZERO : ZERO);
    if (known < 0 && is_seen)
      ddi_learn(&branch->state, row->query, &event, answer);
    ddi_go_on(site, branch);
  }
}

/* ---- What is demanded at a call ------------------------------------------------- */

static bool applies(const struct site *site, const struct way *way,
                    const struct ddi_routine *row,
                    const struct ddi_bound *bound) {
  struct solver *s = site->s;
  ddi_term term = ddi_argument(site, way, bound->arg);
  switch (bound->when) {
  case DDI_NO_CASE:
    return false;
  case DDI_IN_ANY_CASE:
    return true;
  case DDI_IF_NONZERO:
    return truth_of(s, way, term) != 0;
  case DDI_IF_WAITING:
    return true;
  case DDI_IF_PAGED_POOL: {
    int64_t pool = 0;
    if (ddi_term_is_number(s->terms, ddi_argument(site, way, row->pool), &pool))
      return ((uint64_t)pool & row->paged_mask) == row->paged_value;
    if (row->pool)
      return false;
    struct ddi_id block = storage_of(s, term);
    ddi_see_by_thread(site, way, DDI_STORAGE, &block);
    for (uint32_t i = 0; i < way->state.count; i++)
      if (way->state.objects[i].kind == DDI_STORAGE &&
          way->state.objects[i].id.path == block.path)
        return way->state.objects[i].paged;
    return false;
  }
  }
  return true;
}

static struct ddi_level bound_of(const struct site *site, const struct way *way,
                                 const struct name_info *called,
                                 const struct ddi_published *published) {
  struct ddi_level bound = ddi_any_level();
  bool is_strict = site->s->problem->strictness & DDI_STRICT;
  if (published)
    bound = ddi_published_bound(published, is_strict);
  if (!published && !called->row) {
    if (site->at->irql_min != DDI_NO_BOUND)
      bound.low = site->at->irql_min;
    if (site->at->irql_max != DDI_NO_BOUND)
      bound.high = site->at->irql_max;
  }
  for (int i = 0; called->row && i < DDI_MAX_BOUNDS; i++)
    if (applies(site, way, called->row, &called->row->bounds[i]))
      bound = ddi_level_between(called->row->bounds[i].min,
                                called->row->bounds[i].max);
  return bound;
}

void ddi_run_paged(const struct site *site, struct way *way, bool goes_on) {
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_RUN_PAGED;
  event.facts = site->s->problem->driver | (goes_on ? DDI_GOES_ON : 0);
  event.bound = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_APC_LEVEL);
  if (!goes_on)
    ddi_note_demand(site, way, &event, site->at ? site->at->name : 0);
  ddi_judge(site, way, &event);
}

void ddi_judge_call(const struct site *site, struct way *way,
                    const struct name_info *called) {
  struct solver *s = site->s;
  const struct ddi_published *published = called->published;
  const struct ddi_published *of_macro =
      ddi_info_of(s, site->at->written)->published;
  if (of_macro && ddi_has_bound(of_macro))
    published = of_macro;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_CALL;
  event.call = published    ? published->name
               : called->row ? called->row->name
                             : ddi_names_text(s->problem->names, site->at->name);
  event.written = ddi_names_text(s->problem->names, site->at->written);
  event.bound = bound_of(site, way, called, published);
  event.facts = s->problem->driver;
  if (published && published->special_apcs)
    event.facts |= DDI_NEEDS_SPECIAL_APCS;
  if (called->row && called->row->superseded)
    event.facts |= DDI_SUPERSEDED;
  for (int i = 0; called->row && i < DDI_MAX_EFFECTS; i++) {
    const struct ddi_effect *effect = &called->row->effects[i];
    event.facts |= effect->op == DDI_WAIT ? DDI_IS_WAIT : 0;
    if (effect->op != DDI_FREE)
      continue;
    event.kind = DDI_STORAGE;
    event.object = storage_of(s, ddi_argument(site, way, effect->object));
  }
  ddi_note_demand(site, way, &event, site->at->name);
  ddi_judge(site, way, &event);
  uint32_t callee = ddi_callee_named(s, site->function, site->at->name);
  bool is_paged = callee != DDI_NONE &&
                  s->problem->functions[callee].may_be_paged;
  if (is_paged)
    ddi_run_paged(site, way, false);
}
