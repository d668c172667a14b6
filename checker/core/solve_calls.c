/* Functions of the driver: their summaries, into them and back. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

/* ---- Summaries by what they start with --------------------------------- */

static uint32_t key_hash(uint32_t function, uint32_t entry,
                         const struct packed *start) {
  return (start->hash * 31 + function) * 31 + entry;
}

static void insert_key(struct solver *s, uint32_t index) {
  const struct summary *of = &s->summaries.at[index];
  uint32_t at = key_hash(of->function, of->entry, of->start) &
                (s->key_slot_count - 1);
  while (s->key_slots[at] != DDI_NONE)
    at = (at + 1) & (s->key_slot_count - 1);
  s->key_slots[at] = index;
}

static bool grow_keys(struct solver *s) {
  uint32_t count = s->key_slot_count * 2;
  uint32_t *slots = malloc(count * sizeof *slots);
  if (!slots)
    return false;
  memset(slots, 0xff, count * sizeof *slots);
  free(s->key_slots);
  s->key_slots = slots;
  s->key_slot_count = count;
  for (uint32_t i = 0; i < s->summaries.count; i++)
    insert_key(s, i);
  return true;
}

/* DDI_NONE if there is none yet. */
static uint32_t find_summary(const struct solver *s, uint32_t function,
                             uint32_t entry, const struct packed *start) {
  uint32_t at = key_hash(function, entry, start) & (s->key_slot_count - 1);
  for (; s->key_slots[at] != DDI_NONE; at = (at + 1) & (s->key_slot_count - 1)) {
    const struct summary *of = &s->summaries.at[s->key_slots[at]];
    if (of->function == function && of->entry == entry && of->start == start)
      return s->key_slots[at];
  }
  return DDI_NONE;
}

uint32_t ddi_add_summary(struct solver *s, uint32_t function, uint32_t entry,
                         const struct way *start) {
  const struct packed *packed = ddi_pack_way(s, start);
  if (!packed)
    return DDI_NONE;
  uint32_t found = find_summary(s, function, entry, packed);
  if (found != DDI_NONE)
    return found;
  bool is_full =
      entry >= DDI_FOR_CALLERS &&
      (s->summary_counts[function] == MAX_SUMMARIES_OF_FUNCTION ||
       s->step_counts[function] > MAX_STEPS_OF_FUNCTION);
  if (is_full)
    return DDI_NONE;
  if (s->summaries.count * 2 >= s->key_slot_count && !grow_keys(s))
    return DDI_NONE;
  struct summary summary = {
      .function = function, .entry = entry, .start = packed};
  const struct ddi_body *body = s->problem->functions[function].body;
  summary.ways = calloc(body->block_count + 1u, sizeof *summary.ways);
  if (!summary.ways)
    return DDI_NONE;
  uint32_t index = s->summaries.count;
  PUSH(s, s->summaries, summary);
  if (s->summaries.count == index)
    return DDI_NONE;
  insert_key(s, index);
  s->summary_counts[function]++;
  struct way *way = &s->scratch[3];
  copy_way(way, start);
  ddi_arrive(s, index, body->entry, way);
  return index;
}

/* The member that a load reads last, or null. */
/* ---- Into a function and back ------------------------------------------ */

static const struct ddi_value *loaded_member(struct solver *s, ddi_term load) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, load);
  if (parts->kind != DDI_VALUE_LOAD)
    return NULL;
  const struct ddi_value *address = ddi_term_parts(s->terms, parts->base);
  return address->kind == DDI_VALUE_MEMBER ? address : NULL;
}

static bool may_be_written(struct solver *s, ddi_term term, uint64_t written) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (parts->kind == DDI_VALUE_COMPARE || parts->kind == DDI_VALUE_AND)
    return may_be_written(s, parts->base, written) ||
           may_be_written(s, parts->other, written);
  const struct ddi_value *member = loaded_member(s, term);
  return member && (written & hash_of_name(member->name));
}

void ddi_forget_written(struct solver *s, struct way *way, uint64_t written) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    const struct ddi_value *at = ddi_term_parts(s->terms, fact->subject);
    bool is_gone =
        (fact->kind == SIGN && may_be_written(s, fact->subject, written)) ||
        (fact->kind == HOLDS && at->kind == DDI_VALUE_MEMBER &&
         (written & hash_of_name(at->name)));
    if (is_gone)
      drop_fact(way, i);
    else
      i++;
  }
}

/* Behind a call that annotations describe, where its body has been followed. */
static uint32_t behind_effects(const struct site *site) {
  uint32_t next = site->action + 1;
  const struct ddi_block *block = &site->body->blocks[site->block];
  while (next < block->first_action + block->actions &&
         site->body->actions[next].kind == DDI_DO_EVENT &&
         !(site->body->actions[next].flags & DDI_IS_DEMAND))
    next++;
  return next;
}

static void step_change(const struct ddi_change *change,
                        struct ddi_state *state) {
  if (change->object)
    return;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = change->op;
  event.kind = change->kind;
  event.mode = change->mode;
  event.family = change->family;
  event.facts = change->facts;
  event.value = change->value;
  event.keeper = change->keeper;
  event.level = change->level;
  ddi_step(state, &event);
  ddi_saturate(state);
}

/* What a callee changed for its caller, the caller changes for its own. */
static void bring_changes(struct passage *p, const struct site *site,
                          const struct way *there, struct way *way) {
  uint32_t function = p->s->summaries.at[site->summary].function;
  for (uint32_t i = 0; i < there->change_count; i++) {
    struct ddi_change change = there->changes[i];
    if (!change.op) {
      ddi_overflow(way);
      return;
    }
    change.object = ddi_passage_up(p, change.object);
    change.owner = ddi_passage_up(p, change.owner);
    change.value = ddi_passage_up(p, change.value);
    change.keeper = ddi_passage_up(p, change.keeper);
    step_change(&change, &way->state);
    ddi_note_change(
        way, &change,
        ddi_add_trail(p->s, function, site->action, there->trails[i]));
  }
}

/* What a callee has written to a variable of its caller's. */
static void bring_outputs(struct passage *p, const struct site *site,
                          const struct way *there, struct way *way) {
  for (uint32_t i = 0; i < there->fact_count; i++) {
    const struct fact *fact = &there->facts[i];
    if (!is_output(p->s, fact))
      continue;
    int64_t index = ddi_term_parts(p->s->terms, fact->subject)->number;
    const struct ddi_value *argument =
        index < site->at->count
            ? &site->body->values[site->body->arguments[site->at->first + index]]
            : NULL;
    if (argument && argument->kind == DDI_VALUE_LOCAL)
      know(way, IS, (uint32_t)argument->number, fact->value);
  }
}

struct site ddi_site_of(struct solver *s, const struct caller *caller) {
  const struct ddi_function *function =
      function_of(s, &s->summaries.at[caller->summary]);
  return (struct site){s,
                       caller->summary,
                       caller->block,
                       caller->action,
                       function,
                       function->body,
                       &function->body->actions[caller->action]};
}

/* What the callee has found out when it asked for the level decides nothing here. */
static void forget_answer(const struct ddi_reach *reach,
                          const struct ddi_level *before,
                          struct ddi_level *after) {
  if (reach->ops & (DDI_RAISE | DDI_LOWER))
    return;
  *after = *before;
}

/* What the caller's way is about behind the call; false if the callee's way out is
   none of it. */
static bool focus_behind(struct passage *p, const struct site *site,
                         const struct way *way, const struct way *entered,
                         const struct way *there, ddi_term *focus) {
  struct solver *s = p->s;
  *focus = way->focus;
  if (has_focus(entered)) {
    if (there->focus != entered->focus)
      *focus = nameless(s, site->action);
    return true;
  }
  if (way->focus || !there->focus)
    return true;
  *focus = ddi_passage_up(p, there->focus);
  if (!*focus && has_objects(there))
    *focus = nameless(s, site->action);
  return *focus && (rests_on(site, *focus) || *focus == nameless(s, site->action));
}

/* False if the way out is none of the caller's way. */
static bool bring_state(struct passage *p, const struct site *site,
                        const struct way *entered, const struct way *there,
                        struct way *way) {
  struct solver *s = p->s;
  ddi_term focus = 0;
  if (!focus_behind(p, site, way, entered, there, &focus))
    return false;
  bool goes = has_focus(entered);
  struct ddi_state after = there->state;
  after.count = 0;
  memset(after.objects, 0, sizeof after.objects);
  ddi_rename_thread(p, &after.thread, ddi_passage_up);
  ddi_show_saved(p, way->state.thread.saved_unknown, &after.thread);
  ddi_show_depth(&way->state.thread.critical, &after.thread.critical);
  ddi_show_depth(&way->state.thread.guarded, &after.thread.guarded);
  ddi_show_thread(ddi_reach_of(p), &way->state.thread, &after.thread);
  if (p->callee != DDI_NONE)
    forget_answer(&s->reaches[p->callee], &way->state.thread.irql,
                  &after.thread.irql);
  if (has_other_level(&way->state.thread.irql, &after.thread.irql))
    way->guard = 0;
  if (!goes && has_focus(way)) {
    after.thread.others_free = way->state.thread.others_free;
    after.thread.others_doubtful = way->state.thread.others_doubtful;
  }
  for (uint32_t i = 0; !goes && i < way->state.count; i++)
    ddi_insert_object(&after, &way->state.objects[i]);
  for (uint32_t i = 0; i < there->state.count; i++) {
    struct ddi_object object = there->state.objects[i];
    bool is_focus = object.id.path == there->focus;
    ddi_rename_object(p, &object, ddi_passage_up);
    if (is_focus) {
      object.id.path = object.id.exact = focus;
      object.storage = storage_of(s, focus);
    }
    if (object.id.path)
      ddi_insert_object(&after, &object);
  }
  way->state = after;
  way->focus = focus;
  way->kind = way->focus && !way->kind ? there->kind : way->kind;
  return true;
}

bool ddi_is_by_type(struct solver *s, const struct ddi_action *call) {
  return call->flags & DDI_IS_INDIRECT &&
         ddi_info_of(s, call->name)->function == DDI_NONE;
}

void ddi_come_back(struct solver *s, const struct caller *caller,
                   const struct packed *exit) {
  struct site site = ddi_site_of(s, caller);
  struct way *way = &s->scratch[4], *there = &s->scratch[5];
  ddi_unpack_way(caller->way, way);
  ddi_unpack_way(exit, there);
  if (ddi_is_by_type(s, site.at)) {
    if (there->change_count)
      ddi_go_on_unknowing(s, caller);
    return;
  }
  struct passage p;
  ddi_open_passage(&site, way, &p);
  struct way *again = &s->scratch[6];
  ddi_enter_state(&p, way, again); /* gives the outer terms their numbers */
  const struct fact *result = find_fact(there, RETURNS, 0);
  p.result = result ? result->value : 0;
  if (is_of_any_caller(&site)) {
    const struct ddi_level left = there->state.thread.irql;
    const bool is_of_entry = !ddi_changes_level(there) && !ddi_changes_level(way);
    bring_changes(&p, &site, there, way);
    if (is_of_entry) /* what it has learnt of the level */
      ddi_learn_level(&way->state, left.low, left.high);
  } else if (!bring_state(&p, &site, again, there, way))
    return;
  uint64_t written = 0;
  if (!(site.at->flags & DDI_IS_INDIRECT))
    written = s->written[ddi_callee_named(s, site.function, site.at->name)];
  ddi_forget_written(s, way, written);
  if (result) {
    const struct fact *sign = find_fact(there, SIGN, result->value);
    ddi_term value = ddi_passage_up(&p, result->value);
    if (!value)
      value = ddi_term_result(s->terms, caller->action);
    if (value != ddi_term_result(s->terms, caller->action))
      know(way, GAVE, caller->action, value);
    if (sign && !ddi_narrow_signs(s, way, value, sign->signs))
      return;
  }
  ddi_read_outputs(&site, way);
  bring_outputs(&p, &site, there, way);
  ddi_push_item(s, caller->summary, caller->block, behind_effects(&site), way);
}

/* Of what a way is not about nothing is known anyway. */
static void forget(struct way *way, const struct ddi_reach *reach) {
  const ddi_kind_set others_free = way->state.thread.others_free;
  ddi_havoc(&way->state, reach);
  if (!way->focus)
    way->state.thread.others_free = others_free;
}

void ddi_go_on_unknowing(struct solver *s, const struct caller *caller) {
  struct site site = ddi_site_of(s, caller);
  struct way *way = calloc(1, sizeof *way);
  if (!way) {
    s->has_failed = true;
    return;
  }
  ddi_unpack_way(caller->way, way);
  struct ddi_reach reach = ddi_info_of(s, site.at->name)->through;
  if (!ddi_is_by_type(s, site.at))
    reach = s->problem->functions[ddi_callee_named(s, site.function, site.at->name)].reach;
  forget(way, &reach);
  if (is_of_any_caller(&site))
    ddi_overflow(way);
  way->fact_count = 0;
  ddi_read_outputs(&site, way);
  ddi_push_item(s, caller->summary, caller->block, behind_effects(&site), way);
  free(way);
}

static unsigned signs_for_caller(const struct passage *p, const struct way *way,
                                 uint32_t argument) {
  return argument < p->count ? ddi_signs_of(p->s, way, p->arguments[argument])
                             : ANY_SIGN;
}

bool ddi_pass_signs(const struct passage *p, const struct way *way,
                    uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]) {
  uint8_t passed[DDI_MAX_DEMAND_ARGUMENTS];
  memset(passed, ANY_SIGN, sizeof passed);
  for (uint32_t i = 0; i < DDI_MAX_DEMAND_ARGUMENTS; i++) {
    unsigned possible = signs_for_caller(p, way, i) & signs[i];
    if (!possible)
      return false;
    const struct ddi_value *argument = ddi_term_parts(
        p->s->terms, i < p->count ? p->arguments[i] : 0);
    if (argument->kind == DDI_VALUE_PARAMETER &&
        argument->number < DDI_MAX_DEMAND_ARGUMENTS)
      passed[argument->number] &= (uint8_t)possible;
  }
  memcpy(signs, passed, sizeof passed);
  return true;
}

/* What a callee demands its caller demands, unless it knows better. */
static void pass_demand(struct solver *s, const struct caller *caller,
                        const struct ddi_demand *demand) {
  struct site site = ddi_site_of(s, caller);
  if (ddi_is_by_type(s, site.at))
    return;
  struct way *way = &s->scratch[7];
  ddi_unpack_way(caller->way, way);
  const struct ddi_level *now = &way->state.thread.irql;
  if (ddi_changes_level(way) || now->low > demand->level.high ||
      now->high < demand->level.low)
    return;
  struct passage p;
  ddi_open_passage(&site, way, &p);
  struct ddi_demand passed = *demand;
  if (!ddi_pass_signs(&p, way, passed.signs))
    return;
  if (now->low > passed.level.low)
    passed.level.low = now->low;
  if (now->high < passed.level.high)
    passed.level.high = now->high;
  passed.trail = ddi_add_trail(s, s->summaries.at[caller->summary].function,
                               caller->action, demand->trail);
  ddi_add_demand(s, caller->summary, &passed);
}

void ddi_tell_callers(struct solver *s, uint32_t summary,
                      const struct ddi_demand *demand) {
  const struct ddi_demand copy = *demand;
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    pass_demand(s, &caller, &copy);
  }
}

/* Whether a call of the function can matter at the levels that the way may be at. */
static bool can_matter(const struct site *site,
                       const struct ddi_function *function,
                       const struct way *way) {
  if (is_of_any_caller(site))
    return function->reach.ops || function->reach.levels;
  const struct ddi_level *now = &way->state.thread.irql;
  uint32_t both = 1u << now->low | 1u << now->high;
  bool are_special_apcs_off =
      now->low >= DDI_APC_LEVEL || way->state.thread.guarded.low > 0;
  const struct touch *touched =
      &site->s->touched[function - site->s->problem->functions];
  if (way->focus)
    return function->reach.ops || (touched->others & DDI_KIND(way->kind));
  return function->reach.ops || (function->reach.levels & both) == both ||
         (function->reach.levels && are_special_apcs_off);
}

/* What the system holds where it enters. */
static void hold_at_entry(struct solver *s, const struct summary *of,
                          struct way *way) {
  if (of->entry >= DDI_ALONE)
    return;
  const struct ddi_held *held = &function_of(s, of)->entries[of->entry].context.held;
  if (!held->name || held->kind != (enum ddi_kind)way->kind ||
      ddi_held_object(s, held) != way->focus)
    return;
  const struct ddi_id id = ddi_id_of(s, way->focus);
  ddi_hold_at_entry(&way->state, held, &id);
}

/* From the start of the summary on. */
static void start_about(struct solver *s, uint32_t summary,
                        const struct name *name) {
  struct name *known = ddi_find_name(s, summary, name);
  if (!known || known->has_started)
    return;
  known->has_started = true;
  const struct summary *of = &s->summaries.at[summary];
  struct way *way = &s->scratch[10];
  ddi_unpack_way(of->start, way);
  way->focus = name->term;
  way->kind = name->kind;
  hold_at_entry(s, of, way);
  if (!of->gave_up)
    ddi_arrive(s, summary, function_of(s, of)->body->entry, way);
}

/* The object has a name where the function is called, or is its own. */
static void pass_name(struct solver *s, uint32_t summary,
                      const struct name *name, const struct caller *caller) {
  struct site site = ddi_site_of(s, caller);
  struct way *way = &s->scratch[10], *into = &s->scratch[11];
  ddi_unpack_way(caller->way, way);
  if (way->focus)
    return;
  const bool was_dead = s->is_dead;
  struct passage p;
  ddi_open_passage(&site, way, &p);
  ddi_enter_state(&p, way, into);
  s->is_dead = was_dead;
  ddi_term above = ddi_passage_up(&p, name->term);
  if (is_null(s, above))
    return;
  bool is_own = !above || rests_on(&site, above) ||
                ddi_term_is_far(s->terms, above);
  if (is_own)
    start_about(s, summary, name);
  else
    ddi_see(s, caller->summary, (struct name){above, name->kind, false});
}

void ddi_pass_sight(struct solver *s, const struct sight *sight) {
  const struct summary *of = &s->summaries.at[sight->summary];
  if (of->entry < DDI_FOR_CALLERS || ddi_is_private(s, sight->name.term)) {
    start_about(s, sight->summary, &sight->name);
    return;
  }
  for (uint32_t i = 0; i < s->summaries.at[sight->summary].callers.count; i++) {
    struct caller caller = s->summaries.at[sight->summary].callers.at[i];
    pass_name(s, sight->summary, &sight->name, &caller);
  }
}

/* False if the call is not looked into. */
static bool enter(const struct site *site, const struct way *way,
                  uint32_t callee) {
  struct solver *s = site->s;
  const struct ddi_function *function = &s->problem->functions[callee];
  if (!is_followed(function)) {
    if (function->body && can_matter(site, function, way))
      ddi_give_up(s, site->summary,
                  "a call of a function that has no control flow",
                  site->action);
    return false;
  }
  if (!can_matter(site, function, way))
    return false;
  struct passage p;
  ddi_open_passage(site, way, &p);
  struct way *start = &s->scratch[2];
  if (is_of_any_caller(site))
    ddi_enter_unknowing(start, ITS_CHANGES);
  else
    ddi_enter_state(&p, way, start);
  const struct ddi_flow *flow = ddi_flow_for(s, callee, start);
  if (!flow)
    return false;
  ddi_enter_facts(&p, flow, way, start, s->summary_counts[callee]);
  const struct packed *at_call = ddi_pack_way(s, way);
  uint32_t kind = is_of_any_caller(site) ? DDI_FOR_CALLERS : DDI_NONE;
  uint32_t index = ddi_add_summary(s, callee, kind, start);
  struct caller caller = {site->summary, site->block, site->action, at_call};
  if (index == DDI_NONE && at_call) {
    if (is_of_unit_of(function, site->function))
      ddi_give_up(s, site->summary, "too many ways to enter a function",
                  site->action);
    else
      ddi_go_on_unknowing(s, &caller);
  }
  if (index == DDI_NONE || !at_call)
    return true;
  struct callee link = {index, site->action};
  PUSH(s, s->summaries.at[site->summary].callees, link);
  struct summary *of = &s->summaries.at[index];
  for (uint32_t i = 0; i < of->callers.count; i++)
    if (of->callers.at[i].summary == caller.summary &&
        of->callers.at[i].action == caller.action &&
        of->callers.at[i].way == at_call)
      return true;
  PUSH(s, of->callers, caller);
  if (of->lets_apcs_in)
    ddi_note_apcs_at(s, &caller);
  for (uint32_t i = 0; i < s->summaries.at[index].names.count; i++) {
    struct name name = s->summaries.at[index].names.at[i];
    pass_name(s, index, &name, &caller);
  }
  of = &s->summaries.at[index];
  if (of->gave_up)
    ddi_go_on_unknowing(s, &caller);
  for (uint32_t i = 0; i < s->summaries.at[index].exits.count; i++)
    ddi_come_back(s, &caller, s->summaries.at[index].exits.at[i]);
  for (uint32_t i = 0; i < s->summaries.at[index].demands.count; i++) {
    struct ddi_demand demand = s->summaries.at[index].demands.at[i];
    pass_demand(s, &caller, &demand);
  }
  ddi_pass_acquisitions(s, index, &caller);
  return true;
}

/* Memory that somebody else has got hold of. */
static void give_away(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < site->at->count; i++) {
    ddi_term term = ddi_evaluate(site->s, site->body, way,
                                 site->body->arguments[site->at->first + i]);
    struct ddi_id memory = storage_of(site->s, term);
    if (memory.path)
      ddi_escape(&way->state, memory.path);
  }
}

void ddi_forget_pointees(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  for (uint32_t i = 0; i < site->at->count; i++) {
    ddi_term term = ddi_evaluate(s, site->body, way,
                                 site->body->arguments[site->at->first + i]);
    int64_t number;
    if (!term || ddi_term_is_number(s->terms, term, &number))
      continue;
    for (uint32_t f = 0; f < way->fact_count;) {
      const struct fact *fact = &way->facts[f];
      bool is_of_memory =
          fact->kind == HOLDS ||
          (fact->kind == SIGN && ddi_term_is_loaded(s->terms, fact->subject));
      if (is_of_memory && ddi_term_contains(s->terms, fact->subject, term))
        drop_fact(way, f);
      else
        f++;
    }
  }
}

/* What annotations say counts as it does for the analyzer: where it does not look
   into the function. */
static void forget_annotated(struct way *way, const struct ddi_reach *reach) {
  const struct ddi_thread before = way->state.thread;
  forget(way, reach);
  ddi_keep_thread(&before, &way->state.thread);
}

static bool is_looked_into(const struct site *site, uint32_t callee) {
  const struct ddi_function *function = &site->s->problem->functions[callee];
  return is_of_unit_of(function, site->function) && !function->is_large;
}

void ddi_call_function(const struct site *site, struct way *way,
                       uint32_t callee) {
  bool is_annotated = callee != DDI_NONE && site->at->flags & DDI_HAS_EFFECTS &&
                      !is_looked_into(site, callee);
  if (callee != DDI_NONE && !is_annotated && enter(site, way, callee))
    return;
  if (is_annotated)
    forget_annotated(way, &site->s->reaches[callee]);
  if (callee == DDI_NONE || !site->s->problem->functions[callee].body)
    ddi_forget_pointees(site, way);
  else
    ddi_forget_written(site->s, way, site->s->written[callee]);
  if (!(site->at->flags & DDI_IS_SYSTEM))
    give_away(site, way);
  ddi_go_on(site, way);
}

/* What each of them changes for its callers is known before anything else: then the
   call does at most that, and is no way into them. */
static void call_by_type(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  if (!is_of_any_caller(site)) {
    forget(way, &ddi_info_of(s, site->at->name)->through);
    return;
  }
  for (uint32_t i = 0; i < s->problem->count; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (function->signature != site->at->name || !site->at->name)
      continue;
    if (is_followed(function))
      enter(site, way, i);
    else if (function->reach.ops)
      ddi_overflow(way);
  }
}

void ddi_call_through_pointer(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  uint32_t of_base =
      ddi_callee_named(s, site->function, site->at->name); /* a virtual method */
  if (of_base != DDI_NONE)
    enter(site, way, of_base);
  else
    call_by_type(site, way);
  /* It may mean nothing given. */
  ddi_forget_pointees(site, way);
  give_away(site, way);
  ddi_go_on(site, way);
}
