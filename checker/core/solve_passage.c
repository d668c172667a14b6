/* A way in the words, and with the knowledge, of a function that is called; and back. */
#include "solve_internal.h"
#include <string.h>

void ddi_open_passage(const struct site *site, const struct way *way,
                      struct passage *p) {
  memset(p, 0, sizeof *p);
  p->s = site->s;
  p->action = site->action;
  p->callee = site->at->flags & DDI_IS_INDIRECT
                  ? DDI_NONE
                  : ddi_callee_named(site->s, site->function, site->at->name);
  p->count = site->at->count < 16 ? site->at->count : 16;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t value = site->body->arguments[site->at->first + i];
    p->arguments[i] = ddi_evaluate(site->s, site->body, way, value);
    const struct ddi_value *parts = &site->body->values[value];
    const struct fact *held =
        parts->kind == DDI_VALUE_LOCAL
            ? find_fact(way, IS, (uint32_t)parts->number)
            : NULL;
    p->contents[i] = held ? held->value : 0;
  }
}

static ddi_term make(struct passage *p, uint32_t kind, ddi_term base,
                     int64_t number) {
  struct ddi_value parts = {
      .kind = (uint8_t)kind, .base = base, .number = number};
  return ddi_term_make(p->s->terms, &parts);
}

/* A caller's term in the callee's words. */
static ddi_term leaf_down(void *context, ddi_term term) {
  struct passage *p = context;
  int64_t number;
  if (ddi_term_is_number(p->s->terms, term, &number))
    return term;
  for (uint32_t i = 0; i < p->count; i++)
    if (p->arguments[i] == term)
      return make(p, DDI_VALUE_PARAMETER, 0, i);
  for (uint32_t i = 0; i < p->count; i++)
    if (p->contents[i] == term)
      return make(p, DDI_VALUE_LOAD, make(p, DDI_VALUE_PARAMETER, 0, i), 0);
  const struct ddi_value *parts = ddi_term_parts(p->s->terms, term);
  switch (parts->kind) {
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_FUNCTION:
  case DDI_TERM_THREAD:
    return term;
  default:
    return ddi_value_has_base(parts) ? DDI_NONE : 0;
  }
}

static ddi_term down(struct passage *p, ddi_term term) {
  return ddi_term_rewrite(p->s->terms, term, leaf_down, p);
}

/* ... or else a number for what has no name there. */
static ddi_term down_or_outer(struct passage *p, ddi_term term) {
  ddi_term there = down(p, term);
  if (there || !term)
    return there;
  uint32_t i = 0;
  while (i < p->outer_count && p->outer[i] != term)
    i++;
  if (i == p->outer_count)
    p->outer[p->outer_count++] = term;
  return make(p, DDI_TERM_OUTER, 0, i);
}

/* So that a recursion has an end. */
static bool is_nested(struct solver *s, ddi_term term) {
  return ddi_term_parts(s->terms, term)->kind == DDI_TERM_INNER;
}

/* A callee's term in the caller's words. */
static ddi_term leaf_up(void *context, ddi_term term) {
  struct passage *p = context;
  const struct ddi_value parts = *ddi_term_parts(p->s->terms, term);
  switch (parts.kind) {
  case DDI_VALUE_PARAMETER:
    return parts.number < (int64_t)p->count ? p->arguments[parts.number] : 0;
  case DDI_TERM_OUTER:
    return parts.number < (int64_t)p->outer_count ? p->outer[parts.number] : 0;
  case DDI_VALUE_LOAD: {
    const struct ddi_value *base = ddi_term_parts(p->s->terms, parts.base);
    bool is_parameter = base->kind == DDI_VALUE_PARAMETER &&
                        base->number < (int64_t)p->count;
    if (is_parameter && ddi_term_parts(p->s->terms, p->arguments[base->number])
                                ->kind == DDI_VALUE_LOCAL)
      return ddi_term_output(p->s->terms, p->action,
                             (uint32_t)base->number + 1);
    return DDI_NONE;
  }
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_RESULT:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_JOIN:
    return term == p->result ? ddi_term_result(p->s->terms, p->action)
                             : make(p, DDI_TERM_INNER, term, p->action);
  case DDI_TERM_INNER:
    return term == p->result ? ddi_term_result(p->s->terms, p->action)
           : is_nested(p->s, parts.base)
               ? 0
               : make(p, DDI_TERM_INNER, term, p->action);
  default:
    return DDI_NONE;
  }
}

ddi_term ddi_passage_up(struct passage *p, ddi_term term) {
  return ddi_term_rewrite(p->s->terms, term, leaf_up, p);
}

static void rename_id(struct passage *p, struct ddi_id *id, rename_term to) {
  if (!id->path)
    return;
  ddi_term term = to(p, (ddi_term)id->path);
  int64_t number;
  bool has_name = term && !ddi_term_is_number(p->s->terms, term, &number);
  id->path = id->exact = has_name ? term : 0;
}

static bool goes_before(const struct ddi_object *a, const struct ddi_object *b) {
  return a->kind != b->kind ? a->kind < b->kind : a->id.path < b->id.path;
}

bool ddi_insert_object(struct ddi_state *state,
                       const struct ddi_object *object) {
  if (state->count == DDI_MAX_OBJECTS)
    return false;
  uint32_t at = 0;
  while (at < state->count && goes_before(&state->objects[at], object))
    at++;
  bool is_there = at < state->count && state->objects[at].kind == object->kind &&
                  state->objects[at].id.path == object->id.path;
  if (is_there)
    return !may_be_held(object) && !may_be_held(&state->objects[at]);
  memmove(&state->objects[at + 1], &state->objects[at],
          (state->count - at) * sizeof *object);
  state->objects[at] = *object;
  state->count++;
  return true;
}

static void rename_saved(struct passage *p, struct ddi_saved *saved,
                         rename_term to) {
  saved->level.value = 0;
  if (is_of_core(saved))
    return;
  bool had_name = saved->value || saved->keeper;
  saved->value = to(p, (ddi_term)saved->value);
  saved->keeper = to(p, (ddi_term)saved->keeper);
  if (had_name && !saved->value && !saved->keeper)
    saved->value = nameless(p->s, p->action);
}

void ddi_rename_thread(struct passage *p, struct ddi_thread *thread,
                       rename_term to) {
  thread->irql.value = to(p, (ddi_term)thread->irql.value);
  for (int i = 0; i < thread->saved_count; i++)
    rename_saved(p, &thread->saved[i], to);
  ddi_drop_saved_twice(p->s, thread);
  thread->entry_irql.value = 0;
}

void ddi_rename_object(struct passage *p, struct ddi_object *object,
                       rename_term to) {
  rename_id(p, &object->id, to);
  object->storage = storage_of(p->s, (ddi_term)object->id.path);
  rename_id(p, &object->owner, to);
  rename_id(p, &object->owner_storage, to);
}

static bool is_argument(const struct passage *p, const struct ddi_object *object) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->arguments[i] == object->id.path)
      return true;
  return false;
}

static bool is_touched(struct passage *p, ddi_term term, enum ddi_kind kind) {
  const struct touch *touched = &p->s->touched[p->callee];
  uint64_t hash = ddi_hash_of_object(p->s, term);
  struct ddi_object object = {.id = {.path = term}};
  return !hash || (touched->names & hash) || (touched->others & DDI_KIND(kind)) ||
         (touched->parameters && is_argument(p, &object));
}

/* What the callee cannot touch stays with the caller. */
static bool stays_behind(struct passage *p, const struct ddi_object *object) {
  if (object->kind == DDI_STORAGE || p->callee == DDI_NONE)
    return false;
  const struct ddi_reach *reach = &p->s->problem->functions[p->callee].reach;
  bool frees = may_be_held(object) && (reach->ops & DDI_FREE) &&
               ddi_term_is_symbolic(p->s->terms, (ddi_term)object->id.path) &&
               down(p, (ddi_term)object->storage.path) &&
               is_touched(p, (ddi_term)object->storage.path, DDI_STORAGE);
  const struct touch *touched = &p->s->touched[p->callee];
  if (touched->others & DDI_KIND(object->kind))
    return false;
  bool is_of_kind =
      (reach->kinds >> object->kind & 1) || (reach->kinds >> DDI_LOCK & 1);
  if (!is_of_kind)
    return !frees;
  if (!down(p, (ddi_term)object->id.path))
    return !frees;
  uint64_t hash = ddi_hash_of_object(p->s, (ddi_term)object->id.path);
  bool is_touched = !hash || (touched->names & hash) ||
                    (touched->parameters && is_argument(p, object));
  return !is_touched && !frees;
}

/* Whether the object of the way is one for the callee, too. */
static bool goes_along(struct passage *p, const struct way *way) {
  if (!has_focus(way))
    return false;
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].kind != DDI_STORAGE &&
        !stays_behind(p, &way->state.objects[i]))
      return true;
  ddi_term storage = ddi_term_storage(p->s->terms, way->focus);
  bool is_new = !has_objects(way);
  if (is_new && !down(p, way->focus) && !down(p, storage))
    return false;
  return p->callee == DDI_NONE || is_touched(p, way->focus, way->kind) ||
         is_touched(p, storage, DDI_STORAGE);
}

/* For a callee a region is a region, however deep: so a recursion has an end. */
static void hide_depth(struct ddi_depth *depth) {
  int16_t deep = depth->low > 1 ? (int16_t)(depth->low - 1) : 0;
  depth->low = (int16_t)(depth->low - deep);
  if (depth->high < DDI_MANY)
    depth->high = (int16_t)(depth->high - deep);
  depth->net = depth->net > 1 ? 1 : depth->net < -1 ? -1 : depth->net;
}

void ddi_show_depth(const struct ddi_depth *before, struct ddi_depth *after) {
  struct ddi_depth entered = *before;
  hide_depth(&entered);
  if (before->net_unknown || after->net_unknown)
    return;
  int deep = before->low - entered.low;
  int kept = before->low + after->net - entered.net;
  after->low = (int16_t)(after->low + deep);
  if (after->low > kept)
    after->low = (int16_t)(kept > 0 ? kept : 0);
  if (after->high < DDI_MANY)
    after->high = (int16_t)(after->high + deep);
  after->net = (int16_t)(after->net + before->net - entered.net);
  ddi_saturate_depth(after);
}

static bool has_name_below(struct passage *p, const struct ddi_saved *saved) {
  return is_of_core(saved) || down(p, (ddi_term)saved->keeper) ||
         down(p, (ddi_term)saved->value);
}

/* A level that the callee has no name for comes back in the caller: there, one that
   nobody can name stands for all of them. */
static void hide_saved(struct passage *p, struct ddi_thread *thread,
                       struct ddi_thread *hidden) {
  memset(hidden, 0, sizeof *hidden);
  for (int i = 0; i < thread->saved_count;) {
    if (has_name_below(p, &thread->saved[i])) {
      i++;
      continue;
    }
    hidden->saved[hidden->saved_count++] = thread->saved[i];
    drop_saved(thread, i);
  }
  if (!hidden->saved_count || thread->saved_unknown)
    return;
  memmove(&thread->saved[1], &thread->saved[0],
          (size_t)thread->saved_count * sizeof *thread->saved);
  thread->saved_count++;
  thread->saved[0] = (struct ddi_saved){.level = ddi_any_level(),
                                        .value = nameless(p->s, DDI_NONE)};
}

void ddi_show_saved(struct passage *p, bool was_unknown,
                    struct ddi_thread *thread) {
  const struct ddi_thread *hidden = &p->hidden;
  int count = hidden->saved_count;
  if (count && !was_unknown) {
    bool is_there = thread->saved_count &&
                    thread->saved[0].value == nameless(p->s, DDI_NONE);
    if (is_there)
      drop_saved(thread, 0);
    else
      count--;
  }
  int room = DDI_MAX_SAVED - thread->saved_count;
  int first = count > room ? count - room : 0;
  thread->saved_unknown |= first > 0;
  count -= first;
  memmove(&thread->saved[count], &thread->saved[0],
          (size_t)thread->saved_count * sizeof *thread->saved);
  memcpy(&thread->saved[0], &hidden->saved[first],
         (size_t)count * sizeof *thread->saved);
  thread->saved_count = (int8_t)(thread->saved_count + count);
}

/* What a callee neither changes nor looks at is the same for it whatever it is, and
   stays with the caller. */
static void hide_thread(const struct ddi_reach *reach,
                        struct ddi_thread *thread) {
  thread->entry_irql = thread->saved_count ? ddi_any_level() : thread->irql;
  thread->entry_irql.cause = 0;
  thread->entry_irql.value = 0;
  if (!(reach->ops & DDI_LEAVE_CRITICAL))
    thread->wary = 0;
  const uint32_t of_regions =
      DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
      DDI_LEAVE_GUARDED | DDI_ANY_USE | DDI_REQUIRE_REGION;
  const uint32_t of_level =
      DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT | DDI_WAIT | DDI_USE;
  const struct ddi_depth any = {.high = DDI_MANY};
  if (!(reach->ops & of_regions)) {
    thread->critical = any;
    if (thread->guarded.low == 0)
      thread->guarded = any;
    thread->believed = thread->wary = 0;
  }
  if (!(reach->ops & of_level)) {
    memset(thread->saved, 0, sizeof thread->saved);
    thread->saved_count = thread->saved_unknown = 0;
    thread->irql.cause = 0;
    thread->irql.value = 0;
    memset(&thread->entry_irql, 0, sizeof thread->entry_irql);
  }
}

void ddi_show_thread(const struct ddi_reach *reach,
                     const struct ddi_thread *before,
                     struct ddi_thread *after) {
  struct ddi_thread hidden = *before;
  hide_thread(reach, &hidden);
  if (memcmp(&hidden.critical, &before->critical, sizeof hidden.critical))
    after->critical = before->critical;
  if (memcmp(&hidden.guarded, &before->guarded, sizeof hidden.guarded))
    after->guarded = before->guarded;
  if (hidden.believed != before->believed)
    after->believed = before->believed;
  if (hidden.wary != before->wary)
    after->wary = before->wary;
  after->entry_irql = before->entry_irql;
  if (hidden.saved_count != before->saved_count ||
      hidden.saved_unknown != before->saved_unknown) {
    memcpy(after->saved, before->saved, sizeof after->saved);
    after->saved_count = before->saved_count;
    after->saved_unknown = before->saved_unknown;
  }
  if (hidden.irql.cause != before->irql.cause)
    after->irql.cause = before->irql.cause;
  if (hidden.irql.value != before->irql.value)
    after->irql.value = before->irql.value;
}

const struct ddi_reach *ddi_reach_of(const struct passage *p) {
  static const struct ddi_reach everything = {~0u, ~0u, 0, 0};
  return p->callee == DDI_NONE ? &everything
                               : &p->s->problem->functions[p->callee].reach;
}

void ddi_enter_state(struct passage *p, const struct way *from,
                     struct way *into) {
  know_nothing(into);
  bool goes = goes_along(p, from);
  memset(into->trails, 0, sizeof into->trails);
  into->state = from->state;
  into->state.count = 0;
  memset(into->state.objects, 0, sizeof into->state.objects);
  hide_saved(p, &into->state.thread, &p->hidden);
  hide_depth(&into->state.thread.critical);
  hide_depth(&into->state.thread.guarded);
  hide_thread(ddi_reach_of(p), &into->state.thread);
  ddi_rename_thread(p, &into->state.thread, down_or_outer);
  for (uint32_t i = 0; goes && i < from->state.count; i++) {
    struct ddi_object object = from->state.objects[i];
    ddi_rename_object(p, &object, down_or_outer);
    if (object.id.path)
      ddi_insert_object(&into->state, &object);
  }
  into->focus = goes         ? down_or_outer(p, from->focus)
                : from->focus ? NOTHING
                              : 0;
  into->kind = goes ? from->kind : 0;
}

void ddi_enter_unknowing(struct way *way, ddi_term focus) {
  know_nothing(way);
  memset(way->trails, 0, sizeof way->trails);
  const struct ddi_context nowhere = {.is_callback = true};
  ddi_enter_function(&way->state, &nowhere);
  way->focus = focus;
  way->kind = 0;
}

void ddi_enter_facts(struct passage *p, const struct ddi_flow *flow,
                     const struct way *from, struct way *into,
                     uint32_t summaries) {
  int64_t number;
  bool only_numbers = summaries >= MANY_SUMMARIES;
  int64_t most = summaries >= TOO_MANY_SUMMARIES ? 1 : INT64_MAX;
  for (uint32_t i = 0; i < p->count; i++)
    if (ddi_term_is_number(p->s->terms, p->arguments[i], &number) &&
        number <= most)
      know(into, ENTERED, i, p->arguments[i]);
  for (uint32_t i = 0; i < p->count && !only_numbers; i++) {
    unsigned signs = ddi_signs_of(p->s, from, p->arguments[i]);
    if (p->arguments[i] && signs != ANY_SIGN &&
        !ddi_term_is_number(p->s->terms, p->arguments[i], &number))
      ddi_narrow_signs(p->s, into, make(p, DDI_VALUE_PARAMETER, 0, i), signs);
  }
  for (uint32_t i = 0; i < from->fact_count && !only_numbers; i++) {
    const struct fact *fact = &from->facts[i];
    if (fact->kind != SIGN)
      continue;
    ddi_term there = down(p, fact->subject);
    if (there)
      ddi_narrow_signs(p->s, into, there, fact->signs);
  }
  ddi_prune(p->s, flow, into, flow->target[flow->body->entry]);
}
