/* What happens on a way: what it breaks, what it changes, and for whom. */
#include "solve_internal.h"
#include <string.h>

/* ---- Events ------------------------------------------------------------------ */

ddi_term ddi_argument(const struct site *site, const struct way *way,
                      enum ddi_arg arg) {
  uint32_t index = (uint32_t)arg - 1;
  if (!arg || arg >= DDI_RESULT || index >= site->at->count)
    return 0;
  return ddi_evaluate(site->s, site->body, way,
                      site->body->arguments[site->at->first + index]);
}

struct ddi_id ddi_id_of(struct solver *s, ddi_term term) {
  struct ddi_id id;
  memset(&id, 0, sizeof id);
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (term && parts->kind == DDI_VALUE_TAGGED) {
    id.tag = (uint8_t)parts->number;
    term = parts->base;
    parts = ddi_term_parts(s->terms, term);
  }
  if (!term || parts->kind == DDI_VALUE_NUMBER)
    return id;
  id.path = id.exact = term;
  id.shape = parts->kind == DDI_VALUE_MEMBER ? parts->name : 0;
  id.symbolic = ddi_term_is_symbolic(s->terms, term);
  return id;
}

/* ---- One object at a time ----------------------------------------------------- */

/*
 * A way is about one object, and ways about the others go beside it: with N locks
 * there are N times as many ways, not two to the power of N.  An object's ways start
 * where the outermost function that has a name for it is entered, as soon as a way
 * about the thread alone has come to where something happens to it.
 */

bool ddi_is_in_focus(struct solver *s, const struct way *way,
                     enum ddi_kind kind, const struct ddi_id *id) {
  if (!has_focus(way) || !id->path)
    return false;
  if (kind == DDI_STORAGE)
    return id->path == ddi_term_storage(s->terms, way->focus);
  return id->path == way->focus && kind == way->kind;
}

struct name *ddi_find_name(struct solver *s, uint32_t summary,
                           const struct name *name) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->names.count; i++)
    if (of->names.at[i].term == name->term && of->names.at[i].kind == name->kind)
      return &of->names.at[i];
  return NULL;
}

void ddi_see(struct solver *s, uint32_t summary, struct name name) {
  if (ddi_find_name(s, summary, &name))
    return;
  if (s->summaries.at[summary].names.count == MAX_NAMES) {
    ddi_give_up(s, summary, "too many objects", DDI_NONE);
    return;
  }
  PUSH(s, s->summaries.at[summary].names, name);
  struct sight sight = {summary, name};
  PUSH(s, s->sights, sight);
}

void ddi_see_by_thread(const struct site *site, const struct way *way,
                       enum ddi_kind kind, const struct ddi_id *id) {
  ddi_term name = (ddi_term)id->path;
  bool is_loaded = name && ddi_value_has_base(ddi_term_parts(site->s->terms, name));
  bool ends_once = kind == DDI_STORAGE && is_loaded &&
                   !(ddi_hash_of_object(site->s, name) & site->s->freed_twice);
  if (!way->focus && name && !ends_once)
    ddi_see(site->s, site->summary, (struct name){name, kind, false});
}

static bool may_be_on_stack(struct solver *s, ddi_term term) {
  uint8_t kind =
      ddi_term_parts(s->terms, ddi_term_storage(s->terms, term))->kind;
  return kind == DDI_VALUE_LOCAL || kind == DDI_TERM_INNER ||
         kind == DDI_VALUE_PARAMETER || kind == DDI_TERM_OUTER;
}

/* ---- What a function changes for its callers ----------------------------------- */

uint32_t ddi_add_trail(struct solver *s, uint32_t function, uint32_t action,
                       uint32_t next) {
  for (uint32_t i = s->trails.count; i-- > 1 && i + 64 > s->trails.count;)
    if (s->trails.at[i].function == function &&
        s->trails.at[i].action == action && s->trails.at[i].next == next)
      return i;
  struct ddi_trail trail = {function, action, next};
  PUSH(s, s->trails, trail);
  return s->trails.count - 1;
}

enum { ENDS_OF_REGIONS = DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED };

static bool is_opposite(const struct ddi_change *before, const struct ddi_change *now) {
  switch (now->op) {
  case DDI_LEAVE_CRITICAL:
    return before->op == DDI_ENTER_CRITICAL;
  case DDI_LEAVE_GUARDED:
    return before->op == DDI_ENTER_GUARDED;
  case DDI_RELEASE:
    return before->op == DDI_ACQUIRE && before->kind == now->kind &&
           (now->object ? before->object == now->object
                        : before->owner == now->owner);
  case DDI_LOWER:
    if (before->op != DDI_RAISE)
      return false;
    if (now->value && before->value)
      return before->value == now->value;
    return (now->keeper && before->keeper == now->keeper) ||
           (!before->value && !before->keeper);
  default:
    return false;
  }
}

static void drop_change(struct way *way, uint32_t at) {
  way->change_count--;
  memmove(&way->changes[at], &way->changes[at + 1],
          (way->change_count - at) * sizeof *way->changes);
  memmove(&way->trails[at], &way->trails[at + 1],
          (way->change_count - at) * sizeof *way->trails);
}

void ddi_overflow(struct way *way) {
  memset(way->changes, 0, sizeof way->changes);
  way->change_count = 1; /* of no operation */
}

void ddi_note_change(struct way *way, const struct ddi_change *change,
                     uint32_t trail) {
  if (has_overflown(way))
    return;
  for (uint32_t i = way->change_count; i-- > 0;) {
    if (!is_opposite(&way->changes[i], change))
      continue;
    bool is_around_others =
        i + 1 < way->change_count && change->op & (ENDS_OF_REGIONS | DDI_LOWER);
    if (is_around_others)
      break; /* they happen in there */
    drop_change(way, i);
    return;
  }
  if (way->change_count == DDI_MAX_CHANGES) {
    ddi_overflow(way);
    return;
  }
  way->trails[way->change_count] = trail;
  way->changes[way->change_count++] = *change;
}

static void note_event(const struct site *site, struct way *way,
                       const struct ddi_event *event) {
  const unsigned lasting =
      DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
      DDI_LEAVE_GUARDED | DDI_RAISE | DDI_LOWER | DDI_ACQUIRE | DDI_RELEASE |
      DDI_RELEASE_FOR | DDI_CONVERT | DDI_TRANSFER | DDI_INIT | DDI_REINIT |
      DDI_DELETE | DDI_ALLOCATE | DDI_FREE | DDI_ZERO | DDI_SIGNAL_WAIT |
      DDI_WAIT;
  if (!(event->op & lasting) || !is_of_any_caller(site))
    return;
  ddi_note_acquisition(site, way, event);
  struct ddi_change change;
  memset(&change, 0, sizeof change);
  change.op = event->op;
  change.kind = (uint8_t)event->kind;
  change.mode = (uint8_t)event->mode;
  change.family = (uint8_t)event->family;
  change.form = (uint8_t)event->form;
  change.object = (ddi_term)event->object.path;
  change.owner = (ddi_term)event->owner.path;
  change.value = (ddi_term)event->value;
  change.keeper = (ddi_term)event->keeper;
  change.level = event->level;
  change.facts = event->facts & ~site->s->problem->driver;
  ddi_note_change(way, &change,
                  ddi_add_trail(site->s,
                                site->s->summaries.at[site->summary].function,
                                site->action, 0));
}

bool ddi_changes_level(const struct way *way) {
  for (uint32_t i = 0; i < way->change_count; i++)
    if (!way->changes[i].op || way->changes[i].op & (DDI_RAISE | DDI_LOWER))
      return true;
  return false;
}

static bool is_same_demand(const struct ddi_demand *a, const struct ddi_demand *b) {
  return a->op == b->op && a->call == b->call &&
         a->bound.low == b->bound.low && a->bound.high == b->bound.high &&
         a->level.low == b->level.low && a->level.high == b->level.high &&
         a->facts == b->facts && !memcmp(a->signs, b->signs, sizeof a->signs);
}

void ddi_add_demand(struct solver *s, uint32_t summary,
                    const struct ddi_demand *demand) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->demands.count; i++)
    if (is_same_demand(&of->demands.at[i], demand))
      return;
  if (of->demands.count == DDI_MAX_DEMANDS)
    return;
  PUSH(s, of->demands, *demand);
  ddi_tell_callers(s, summary, demand);
}

void ddi_signs_of_parameters(const struct site *site, const struct way *way,
                             uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]) {
  for (uint32_t i = 0; i < DDI_MAX_DEMAND_ARGUMENTS; i++) {
    struct ddi_value parameter = {.kind = DDI_VALUE_PARAMETER, .number = i};
    signs[i] = (uint8_t)ddi_signs_of(
        site->s, way, ddi_term_make(site->s->terms, &parameter));
  }
}

void ddi_note_demand(const struct site *site, const struct way *way,
                     const struct ddi_event *event, ddi_name call) {
  bool is_bounded =
      event->bound.low > DDI_PASSIVE_LEVEL || event->bound.high < DDI_HIGH_LEVEL;
  if (!is_of_any_caller(site) || ddi_changes_level(way) || !is_bounded)
    return;
  struct ddi_demand demand;
  memset(&demand, 0, sizeof demand);
  demand.bound = event->bound;
  demand.level.low = way->state.thread.irql.low;
  demand.level.high = way->state.thread.irql.high;
  demand.op = event->op;
  demand.call = call;
  demand.written = site->at ? site->at->written : 0;
  demand.facts = event->facts & ~site->s->problem->driver;
  demand.trail = ddi_add_trail(
      site->s, site->s->summaries.at[site->summary].function, site->action, 0);
  ddi_signs_of_parameters(site, way, demand.signs);
  ddi_add_demand(site->s, site->summary, &demand);
}

static bool is_on(const struct solver *s, const struct ddi_rule *rule) {
  return s->problem->is_on(rule, s->problem->context);
}

void ddi_saturate_depth(struct ddi_depth *depth) {
  if (depth->low > MAX_DEPTH)
    depth->low = MAX_DEPTH;
  if (depth->high > MAX_DEPTH && depth->high < DDI_MANY)
    depth->high = MAX_DEPTH;
  if (depth->net > MAX_DEPTH)
    depth->net = MAX_DEPTH;
  if (depth->net < -MAX_DEPTH)
    depth->net = -MAX_DEPTH;
  if (depth->net_unknown)
    depth->net = 0;
}

void ddi_saturate(struct ddi_state *state) {
  ddi_saturate_depth(&state->thread.critical);
  ddi_saturate_depth(&state->thread.guarded);
  for (uint32_t i = 0; i < state->count; i++)
    if (state->objects[i].count > MAX_COUNT)
      state->objects[i].count = MAX_COUNT;
}

/* What its caller holds meanwhile it cannot see. */
static void note_apcs(struct solver *s, uint32_t summary) {
  struct summary *of = &s->summaries.at[summary];
  if (of->lets_apcs_in)
    return;
  of->lets_apcs_in = true;
  for (uint32_t i = 0; i < of->callers.count; i++) {
    struct caller caller = of->callers.at[i];
    ddi_note_apcs_at(s, &caller);
    of = &s->summaries.at[summary];
  }
}

void ddi_note_apcs_at(struct solver *s, const struct caller *caller) {
  struct way *way = &s->scratch[11];
  ddi_unpack_way(caller->way, way);
  bool holds = false;
  for (uint32_t i = 0; i < way->state.count; i++)
    holds |= may_be_held(&way->state.objects[i]);
  if (holds)
    ddi_say_broken(s, caller->summary, NULL,
                   "APCs come back while it holds a lock", caller->action);
  if (!has_focus(way))
    note_apcs(s, caller->summary);
}

/* Facts that nobody knows but who looks at the object. */
static const ddi_fact_set OF_OBJECT =
    DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE |
    DDI_TRANSFERRED | DDI_OTHER_THREAD | DDI_OWNER_DIFFERS | DDI_OWNER_ENDS |
    DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED | DDI_DELETED | DDI_PAGED |
    DDI_POOL_BY_TAG | DDI_POOL_BY_PRIORITY | DDI_OTHER_FORM |
    DDI_OTHER_FAMILY | DDI_ANOTHER_HELD | DDI_BY_INTERLOCKED;

static const ddi_fact_set OF_LEVEL =
    DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW | DDI_ABOVE_APC_LEVEL |
    DDI_SPECIAL_APCS_DISABLED | DDI_RAISES_DOWN | DDI_LOWERS_UP |
    DDI_NOT_RAISED | DDI_OTHER_LEVEL | DDI_IRQL_RAISED | DDI_IRQL_LOWERED |
    DDI_MUST_WAIT | DDI_ENTRY_VARIES;

static const ddi_fact_set OF_REGION =
    DDI_APCS_ENABLED | DDI_ENABLES_APCS | DDI_OUTSIDE_CRITICAL |
    DDI_OUTSIDE_GUARDED | DDI_MORE_CRITICAL | DDI_LESS_CRITICAL |
    DDI_MORE_GUARDED | DDI_LESS_GUARDED;

void ddi_find_kinds(struct solver *s) {
  s->kinds_with_level = 1u << DDI_STORAGE; /* paged, or not */
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    for (const struct ddi_obligation *row = (*rule)->obligations; row->at; row++) {
      ddi_fact_set facts = row->never | row->unless;
      if (row->kind && (facts & OF_OBJECT) && (facts & OF_LEVEL))
        s->kinds_with_level |= 1u << row->kind;
      if (row->kind && (facts & OF_OBJECT) && (facts & OF_REGION))
        s->kinds_with_region |= 1u << row->kind;
      if (row->never & DDI_NOT_HELD)
        s->kinds_asked_free |= row->others;
    }
}

/* Nothing but what happens to the object can be told of the event. */
static bool is_of_object(const struct ddi_event *event) {
  return event->kind && event->object.path &&
         !(event->op & (DDI_FREE | DDI_SCOPE_END | DDI_CALL));
}

/* Of which rules ask beside the object: of no object, whether anything was held at
   entry. */
static const ddi_kind_set BESIDE =
    DDI_KIND(DDI_SPIN_LOCK) | DDI_KIND(DDI_NO_OBJECT);

/* Ways about the thread judge what the event breaks whatever the object is, ways
   about the object the rest, as if no IRQL kept APCs away. */
static unsigned check(struct solver *s, struct way *way,
                      const struct ddi_event *event,
                      struct ddi_violation found[DDI_MAX_VIOLATIONS]) {
  struct ddi_thread *thread = &way->state.thread;
  const struct ddi_thread before = *thread;
  bool by_object = has_focus(way) && !(s->kinds_with_level >> way->kind & 1);
  if (by_object) {
    thread->irql = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
    thread->entry_irql = thread->irql;
    thread->saved_count = thread->saved_unknown = 0;
  }
  if (!way->focus)
    thread->others_free = 0;
  else if (has_focus(way)) /* what is held beside its object it does not know */
    thread->others_free |= BESIDE & ~DDI_KIND(way->kind);
  unsigned count = ddi_check(&way->state, event, s->problem->strictness, found);
  *thread = before;
  unsigned kept = 0;
  for (unsigned i = 0; i < count; i++)
    if (is_on(s, found[i].rule) &&
        (!by_object || found[i].obligation->never & OF_OBJECT))
      found[kept++] = found[i];
  return kept;
}

/* What is left for who looks at another object than the event's. */
static unsigned keep_of_others(struct ddi_violation *found, unsigned count) {
  unsigned kept = 0;
  for (unsigned i = 0; i < count; i++)
    if (found[i].obligation->others)
      found[kept++] = found[i];
  return kept;
}

void ddi_judge(const struct site *site, struct way *way,
               const struct ddi_event *event) {
  struct solver *s = site->s;
  if (event->kind && event->op != DDI_ALLOCATE && event->op != DDI_SCOPE_END)
    ddi_see_by_thread(site, way, event->kind, &event->object);
  bool leaves = event->op & (DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED);
  bool is_followed = !has_focus(way) && way->focus != ITS_CHANGES;
  if (is_followed && leaves &&
      ddi_facts(&way->state, event, NULL) & DDI_ENABLES_APCS)
    note_apcs(s, site->summary);
  bool is_foreign = is_of_object(event) &&
                    !ddi_is_in_focus(s, way, event->kind, &event->object);
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  unsigned count = way->focus < NOTHING ? check(s, way, event, found) : 0;
  const bool is_other = is_foreign && has_focus(way);
  if (is_other)
    count = keep_of_others(found, count);
  for (unsigned i = 0; i < count; i++)
    ddi_say_broken(s, site->summary, found[i].rule, NULL,
                   site->at ? site->action : DDI_NONE);
  if (is_other)
    return;
  const struct ddi_level before = way->state.thread.irql;
  if (!is_foreign)
    ddi_step(&way->state, event);
  if (event->op == DDI_FREE &&
      !ddi_is_in_focus(s, way, DDI_STORAGE, &event->object))
    ddi_escape(&way->state, event->object.path);
  ddi_saturate(&way->state);
  note_event(site, way, event);
  for (unsigned i = 0; i < count; i++)
    ddi_forgive(&way->state, &found[i]);
  if (has_other_level(&way->state.thread.irql, &before))
    way->guard = 0;
}

static struct ddi_level level_of(const struct site *site, const struct way *way,
                                 ddi_term term) {
  int64_t number;
  if (ddi_term_is_number(site->s->terms, term, &number)) {
    int level = at_most(number < 0 ? 0 : number, DDI_HIGH_LEVEL);
    return ddi_level_between(level, level);
  }
  const struct fact *known = term ? find_fact(way, LEVEL, term) : NULL;
  return known ? ddi_level_between((int)known->value - 1, (int)known->signs)
               : ddi_any_level();
}

/* What lies where the routine puts the old level. */
static ddi_term old_level(const struct site *site, const struct way *way,
                          enum ddi_arg old) {
  struct ddi_terms *terms = site->s->terms;
  if (old == DDI_RESULT)
    return ddi_term_result(terms, site->action);
  ddi_term address = ddi_argument(site, way, old);
  if (ddi_term_parts(terms, address)->kind == DDI_VALUE_LOCAL)
    return ddi_term_output(terms, site->action, old);
  struct ddi_value load = {.kind = DDI_VALUE_LOAD, .base = address};
  return address ? ddi_term_make(terms, &load) : 0;
}

static void read_level(const struct site *site, const struct way *way,
                       const struct ddi_effect *effect,
                       struct ddi_event *event) {
  if (effect->level) {
    ddi_term term = ddi_argument(site, way, effect->level);
    event->level = level_of(site, way, term);
    if (effect->op == DDI_LOWER && is_a_number(site, term))
      event->facts |= DDI_LITERAL_LEVEL;
    else if (effect->op == DDI_LOWER)
      event->value = term;
  } else if (effect->op == DDI_RAISE) {
    int low = effect->to, high = effect->up_to ? effect->up_to : effect->to;
    event->level = ddi_level_between(
        low, high == DDI_DIRQL ? DDI_HIGH_LEVEL - 1 : high);
  } else {
    event->level = ddi_any_level();
  }
  if (effect->old)
    event->value = old_level(site, way, effect->old);
  if (effect->object)
    event->keeper =
        ddi_id_of(site->s, ddi_argument(site, way, effect->object)).path;
  event->level.cause = 1;
}

static bool may_be_other_thread(const struct site *site, ddi_term id) {
  switch (ddi_term_parts(site->s->terms, id)->kind) {
  case DDI_TERM_THREAD:
  case DDI_VALUE_LOAD:
    return false;
  default:
    return true;
  }
}

enum ddi_kind ddi_kind_of_lock(const struct way *way, uintptr_t path,
                               enum ddi_kind otherwise) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].id.path == path &&
        way->state.objects[i].kind != DDI_STORAGE)
      return (enum ddi_kind)way->state.objects[i].kind;
  for (uint32_t i = 0; i < way->change_count; i++)
    if (way->changes[i].object == path && way->changes[i].kind != DDI_STORAGE)
      return (enum ddi_kind)way->changes[i].kind;
  return otherwise;
}

ddi_term ddi_fixed_object(struct solver *s, const char *name) {
  struct ddi_value global = {
      .kind = DDI_VALUE_GLOBAL,
      .name = ddi_names_find(s->problem->names, name, strlen(name))};
  return ddi_term_make(s->terms, &global);
}

ddi_term ddi_held_object(struct solver *s, const struct ddi_held *held) {
  const struct ddi_value first = {.kind = DDI_VALUE_PARAMETER};
  return held->is_parameter ? ddi_term_make(s->terms, &first)
                            : ddi_fixed_object(s, held->name);
}

static ddi_term object_of(const struct site *site, const struct way *way,
                          const struct ddi_effect *effect) {
  if (effect->object == DDI_FIXED)
    return ddi_fixed_object(site->s, effect->name);
  ddi_term address = ddi_argument(site, way, effect->object);
  if (!effect->tag)
    return address;
  struct ddi_value tagged = {.kind = DDI_VALUE_ELEMENT,
                             .base = address,
                             .other = ddi_argument(site, way, effect->tag)};
  return ddi_term_make(site->s->terms, &tagged);
}

struct ddi_event ddi_event_of(const struct site *site, const struct way *way,
                              const struct ddi_routine *row,
                              const struct ddi_effect *effect) {
  struct solver *s = site->s;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.call = row->name;
  event.op = effect->op;
  event.kind = effect->kind;
  event.mode = effect->mode;
  event.family = ddi_family_of(row, ddi_info_of(s, site->at->written)->row);
  event.form = row->form;
  event.facts = s->problem->driver;
  if (effect->kind == DDI_LOCK)
    event.kind = ddi_kind_of_lock(
        way, ddi_id_of(s, ddi_argument(site, way, effect->object)).path,
        DDI_LOCK);
  if (effect->op & (DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT))
    read_level(site, way, effect, &event);
  if (effect->object && effect->kind) {
    ddi_term address = object_of(site, way, effect);
    s->is_dead |= effect->op != DDI_FREE && is_null(s, address);
    event.storage = storage_of(s, address);
    const bool is_memory = DDI_NAMED_BY_STORAGE & DDI_KIND(effect->kind);
    event.object = is_memory ? event.storage : ddi_id_of(s, address);
    event.object.symbolic |= !event.object.path;
    if (may_be_on_stack(s, address))
      event.facts |= DDI_ON_STACK;
    const ddi_kind_set plain = DDI_KIND(DDI_PUSH_LOCK) | DDI_KIND(DDI_SPIN_LOCK) |
                               DDI_KIND(DDI_FAST_MUTEX);
    bool is_unset = (plain & DDI_KIND(effect->kind)) &&
                    effect->op == DDI_ACQUIRE &&
                    ddi_term_parts(s->terms, event.storage.path)->kind ==
                        DDI_VALUE_LOCAL;
    if (is_unset)
      event.facts |= DDI_UNINITIALIZED;
  }
  bool waits =
      row->wait      ? truth_of(s, way, ddi_argument(site, way, row->wait)) != 0
      : row->timeout ? truth_of(s, way, ddi_argument(site, way, row->timeout)) != 1
                     : effect->op == DDI_ACQUIRE && row->when == DDI_ALWAYS;
  if (waits)
    event.facts |= DDI_WAITS;
  if (effect->owner) {
    ddi_term owner = ddi_argument(site, way, effect->owner);
    event.owner = ddi_id_of(s, owner);
    event.owner_storage = storage_of(s, owner);
    if (may_be_on_stack(s, owner))
      event.facts |= DDI_OWNER_ON_STACK;
    if (event.owner.path && event.owner.tag != 3)
      event.facts |= DDI_OWNER_UNTAGGED;
    if (is_thread(s, owner))
      event.facts |= DDI_THIS_THREAD;
    if (effect->op == DDI_RELEASE_FOR && may_be_other_thread(site, owner))
      event.facts |= DDI_OTHER_THREAD;
  }
  int64_t flags;
  ddi_term given = ddi_argument(site, way, row->flags);
  if (row->flags && (!ddi_term_is_number(s->terms, given, &flags) ||
                     ((uint64_t)flags & ~(uint64_t)row->flags_known)))
    event.facts |= DDI_UNKNOWN_FLAGS;
  return event;
}

/* An event on an object that has no name here. */
static bool is_lost(const struct ddi_event *event) {
  bool needs_object = event->kind &&
                      !(DDI_NAMED_BY_STORAGE & DDI_KIND(event->kind)) &&
                      (event->op & (DDI_ANY_USE | DDI_INIT | DDI_REINIT |
                                    DDI_DELETE));
  bool is_by_handle = event->op == DDI_RELEASE && event->owner.path;
  bool is_of_all = event->op == DDI_TRANSFER && !event->object.symbolic;
  return needs_object && !event->object.path && !is_by_handle && !is_of_all;
}

/* What an old level was is known as long as its value is. */
static void remember_level(struct way *way, const struct ddi_event *event,
                           const struct ddi_level *before) {
  if (event->op == DDI_RAISE && event->value)
    ddi_put_fact(way, (struct fact){.kind = LEVEL,
                                    .subject = (uint32_t)event->value,
                                    .value = (ddi_term)before->low + 1,
                                    .signs = (uint32_t)before->high});
}

void ddi_happen(const struct site *site, struct way *way,
                const struct ddi_event *given) {
  struct ddi_event found = *given;
  const struct ddi_event *event = &found;
  const struct ddi_level before = way->state.thread.irql;
  ddi_find_released(&way->state, &found);
  remember_level(way, event, &before);
  if (is_lost(event) && is_of_any_caller(site))
    ddi_overflow(way);
  else if (is_lost(event) && !way->focus)
    ddi_say_broken(site->s, site->summary, NULL,
                   "an object that it cannot name", site->action);
  ddi_judge(site, way, event);
}

/* ---- What a call gives back is new each time ---------------------------------- */

static void lose_name(const struct site *site, struct way *way, uint32_t index) {
  struct ddi_object *object = &way->state.objects[index];
  ddi_term name = nameless(site->s, site->action);
  if (object->id.path == way->focus)
    way->focus = name;
  object->id.path = object->id.exact = object->storage.path = name;
}

void ddi_forget_gift(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_of = (fact->kind == GAVE && fact->subject == site->action) ||
                 (fact->kind != LEVEL && rests_on(site, fact->value)) ||
                 ((fact->kind == SIGN || fact->kind == HOLDS ||
                   fact->kind == LEVEL) &&
                  rests_on(site, fact->subject));
    if (is_of)
      drop_fact(way, i);
    else
      i++;
  }
  struct ddi_state *state = &way->state;
  if (rests_on(site, state->thread.irql.value))
    state->thread.irql.value = 0;
  for (int i = 0; i < state->thread.saved_count; i++)
    if (rests_on(site, state->thread.saved[i].value))
      state->thread.saved[i].value = nameless(site->s, DDI_NONE);
  for (uint32_t i = 0; i < state->count;) {
    const struct ddi_object *object = &state->objects[i];
    if (!rests_on(site, object->id.path)) {
      i++;
      continue;
    }
    bool is_kept = object->count > 0 || object->hold == DDI_HOLD_TRANSFERRED;
    if (is_kept && has_focus(way)) {
      lose_name(site, way, i++);
      continue;
    }
    if (is_kept)
      ddi_give_up(site->s, site->summary, "a lock that is kept in a loop",
                  site->action);
    ddi_forget(state, i);
  }
}
