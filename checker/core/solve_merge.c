/* Where a path goes on: what nobody will ask for is forgotten, and ways of one state
   become one. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

void ddi_say_broken(struct solver *s, uint32_t summary,
                    const struct ddi_rule *rule, const char *why,
                    uint32_t action) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->broken.count; i++)
    if (of->broken.at[i].rule == rule && of->broken.at[i].action == action)
      return;
  struct broken broken = {rule, why, action};
  PUSH(s, of->broken, broken);
}

void ddi_give_up(struct solver *s, uint32_t summary, const char *why,
                 uint32_t action) {
  ddi_say_broken(s, summary, NULL, why, action);
  if (s->summaries.at[summary].gave_up)
    return;
  s->summaries.at[summary].gave_up = true;
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    ddi_go_on_unknowing(s, &caller);
  }
}

static uint32_t hash_meeting(const struct meeting *m) {
  uint64_t h = m->summary * 0x9E3779B97F4A7C15u;
  h = (h ^ m->place) * 0x9E3779B97F4A7C15u;
  h = (h ^ m->state->hash) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32);
}

/* The one that is there, or room for it. */
static struct meeting *find_meeting(struct solver *s, const struct meeting *m) {
  uint32_t at = hash_meeting(m) & (s->meeting_room - 1);
  for (; s->meetings[at].state; at = (at + 1) & (s->meeting_room - 1))
    if (s->meetings[at].state == m->state && s->meetings[at].place == m->place &&
        s->meetings[at].summary == m->summary)
      break;
  return &s->meetings[at];
}

static void grow_meetings(struct solver *s) {
  struct meeting *old = s->meetings;
  uint32_t room = s->meeting_room;
  s->meetings = calloc(room * 2u, sizeof *s->meetings);
  if (!s->meetings) {
    s->meetings = old;
    s->has_failed = true;
    return;
  }
  s->meeting_room = room * 2;
  for (uint32_t i = 0; i < room; i++)
    if (old[i].state)
      *find_meeting(s, &old[i]) = old[i];
  free(old);
}

static bool names_object(struct solver *s, const struct way *way,
                         ddi_term term) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (ddi_term_contains(s->terms, (ddi_term)way->state.objects[i].id.path,
                          term))
      return true;
  return false;
}

/* One of two values: a new one, of which its sign is known. */
static void join_values(struct solver *s, struct way *into,
                        const struct way *other, uint32_t place, uint32_t at,
                        const struct fact *theirs) {
  struct fact *ours = &into->facts[at];
  unsigned signs = ddi_signs_of(s, into, ours->value) |
                   ddi_signs_of(s, other, theirs->value);
  struct ddi_value parts = {.kind = DDI_TERM_JOIN,
                            .number = place,
                            .base = ours->kind * 0x10000 + ours->subject + 1};
  ddi_term joined = ddi_term_make(s->terms, &parts);
  bool is_free = ours->kind == IS && !names_object(s, into, joined);
  if (!is_free) {
    drop_fact(into, at);
    return;
  }
  ours->value = joined;
  ddi_put_fact(into,
               (struct fact){.kind = SIGN, .subject = joined, .signs = signs});
}

static bool has_value(const struct way *way, ddi_term value) {
  for (uint32_t i = 0; i < way->fact_count; i++)
    if (way->facts[i].kind != SIGN && way->facts[i].value == value)
      return true;
  return false;
}

/* What both know. */
static void join(struct solver *s, struct way *into, const struct way *other,
                 uint32_t place) {
  struct way *before = &s->scratch[8];
  copy_way(before, into);
  if (into->guard != other->guard)
    into->guard = 0;
  for (uint32_t i = 0; i < before->fact_count; i++) {
    const struct fact *ours = &before->facts[i];
    const struct fact *theirs = find_fact(other, ours->kind, ours->subject);
    uint32_t at = fact_at(into, ours->kind, ours->subject);
    bool is_there = at < into->fact_count && into->facts[at].kind == ours->kind &&
                    into->facts[at].subject == ours->subject;
    if (!is_there)
      continue;
    if (ours->kind == LEVEL) {
      if (!theirs || theirs->value != ours->value ||
          theirs->signs != ours->signs)
        drop_fact(into, at);
    } else if (ours->kind == SIGN) {
      bool is_joined =
          ddi_term_parts(s->terms, ours->subject)->kind == DDI_TERM_JOIN;
      if (!is_joined || has_value(other, ours->subject))
        ddi_put_fact(into, (struct fact){
                               .kind = SIGN,
                               .subject = ours->subject,
                               .signs = ours->signs |
                                        ddi_signs_of(s, other, ours->subject)});
    } else if (!theirs) {
      drop_fact(into, at);
    } else if (theirs->value != ours->value) {
      join_values(s, into, other, place, at, theirs);
    }
  }
}

static void mark(struct solver *s, ddi_term term) {
  if (!term || s->marks[term] == s->mark)
    return;
  s->marks[term] = s->mark;
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (ddi_value_has_base(parts))
    mark(s, parts->base);
  if (ddi_value_has_other(parts))
    mark(s, parts->other);
}

static bool make_marks(struct solver *s) {
  uint32_t count = ddi_terms_count(s->terms);
  if (count <= s->mark_room)
    return true;
  uint32_t room = count * 2;
  uint32_t *marks = realloc(s->marks, room * sizeof *marks);
  if (!marks)
    return false;
  memset(marks + s->mark_room, 0, (room - s->mark_room) * sizeof *marks);
  s->marks = marks;
  s->mark_room = room;
  return true;
}

static bool is_value_of(const struct fact *fact) {
  return fact->kind != SIGN && fact->kind != LEVEL && fact->kind != HOLDS;
}

/* Marks the terms that something looks at from the block on, with all their parts. */
static void mark_asked(struct solver *s, const struct ddi_flow *flow,
                       const struct way *way, uint32_t block) {
  const bool was_dead = s->is_dead;
  const struct ddi_body *body = flow->body;
  if (body->value_count > s->value_room) {
    ddi_term *values = realloc(s->values, body->value_count * sizeof *values);
    s->has_failed |= !values;
    if (!values)
      return;
    s->values = values;
    s->value_room = body->value_count;
  }
  for (uint32_t v = 0; v < body->value_count; v++) {
    if (!ddi_flow_is_asked(flow, block, v))
      continue;
    struct ddi_value parts = body->values[v];
    if (ddi_value_has_base(&parts))
      parts.base = s->values[parts.base];
    if (ddi_value_has_other(&parts))
      parts.other = s->values[parts.other];
    s->values[v] = combine(s, way, &parts);
  }
  s->is_dead = was_dead;
  s->has_failed |= !make_marks(s);
  if (s->has_failed)
    return;
  s->mark++;
  for (uint32_t v = 0; v < body->value_count; v++)
    if (ddi_flow_is_asked(flow, block, v))
      mark(s, s->values[v]);
  for (uint32_t i = 0; i < way->fact_count; i++)
    if (is_value_of(&way->facts[i]))
      mark(s, way->facts[i].value);
}

/* Whether something that will be looked at has the term in it: after mark_asked(). */
static bool is_asked(const struct solver *s, ddi_term term) {
  return term < s->mark_room && s->marks[term] == s->mark;
}

static bool has_asked(const struct ddi_flow *flow, uint32_t block,
                      enum ddi_value_kind kind, int64_t number) {
  for (uint32_t v = 0; v < flow->body->value_count; v++)
    if (flow->body->values[v].kind == kind &&
        flow->body->values[v].number == number &&
        ddi_flow_is_asked(flow, block, v))
      return true;
  return false;
}

/* An object of which no more is known than of one that is not listed. */
static bool says_nothing(const struct ddi_state *state,
                         const struct ddi_object *object) {
  bool is_free = state->thread.others_free >> object->kind & 1;
  bool is_doubtful = state->thread.others_doubtful >> object->kind & 1;
  return object->count == 0 && object->life == DDI_LIFE_UNKNOWN &&
         !object->paged && !object->owner.path && !object->lent &&
         object->doubtful == is_doubtful &&
         object->hold == (is_free ? DDI_HOLD_FREE : DDI_HOLD_UNKNOWN);
}

bool ddi_is_private(struct solver *s, ddi_term name) {
  switch (ddi_term_parts(s->terms, ddi_term_root(s->terms, name))->kind) {
  case DDI_VALUE_RESULT:
  case DDI_VALUE_LOCAL:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_INNER:
  case DDI_TERM_JOIN:
    return true;
  default:
    return false;
  }
}

/* Of an object of which nothing but this is known the thread's bits tell as much. */
static bool tells_hold_alone(const struct ddi_object *object) {
  return object->count == 0 && object->life == DDI_LIFE_UNKNOWN &&
         !object->paged && !object->owner.path && !object->lent &&
         (object->hold == DDI_HOLD_FREE || object->hold == DDI_HOLD_UNKNOWN);
}

static void fold_focus(const struct solver *s, struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  for (uint32_t i = 0; i < way->state.count; i++) {
    const struct ddi_object *object = &way->state.objects[i];
    const ddi_kind_set kind = DDI_KIND(way->kind);
    if (object->id.path != way->focus || object->kind != way->kind ||
        !tells_hold_alone(object) || (s->kinds_asked_free & kind))
      continue;
    thread->others_free &= ~kind;
    thread->others_doubtful &= ~kind;
    if (object->hold == DDI_HOLD_FREE)
      thread->others_free |= kind;
    if (object->doubtful)
      thread->others_doubtful |= kind;
    ddi_forget(&way->state, i);
    return;
  }
}

/* False if the way is over: its object is not held, and has no name any more. */
static bool forget_objects(struct solver *s, struct way *way) {
  bool goes_on = true;
  for (uint32_t i = 0; i < way->state.count;) {
    const struct ddi_object *object = &way->state.objects[i];
    bool is_gone =
        !may_be_held(object) && ddi_is_private(s, (ddi_term)object->id.path) &&
        !is_asked(s, (ddi_term)object->id.path) &&
        !(object->storage.path && is_asked(s, (ddi_term)object->storage.path));
    goes_on &= !is_gone || object->id.path != way->focus;
    if (is_gone || says_nothing(&way->state, object))
      ddi_forget(&way->state, i);
    else
      i++;
  }
  return goes_on;
}

static bool is_saved_before(const struct ddi_thread *thread, int at) {
  for (int i = 0; i < at; i++)
    if (thread->saved[i].value == thread->saved[at].value &&
        thread->saved[i].keeper == thread->saved[at].keeper)
      return true;
  return false;
}

void ddi_drop_saved_twice(struct solver *s, struct ddi_thread *thread) {
  ddi_term anything = nameless(s, DDI_NONE);
  for (int i = 0; i < thread->saved_count;) {
    bool is_useless =
        is_saved_before(thread, i) ||
        (thread->saved_unknown && thread->saved[i].value == anything);
    if (is_useless && !is_of_core(&thread->saved[i]))
      drop_saved(thread, i);
    else
      i++;
  }
}

static bool can_be_named(struct solver *s, uintptr_t value) {
  return value && (!ddi_is_private(s, (ddi_term)value) ||
                   is_asked(s, ddi_term_root(s->terms, (ddi_term)value)));
}

static void forget_saved_names(struct solver *s, struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  for (int i = 0; i < thread->saved_count; i++) {
    struct ddi_saved *saved = &thread->saved[i];
    bool is_nameless = !is_of_core(saved) && (saved->value || saved->keeper) &&
                       !can_be_named(s, saved->value) &&
                       !can_be_named(s, saved->keeper);
    if (!is_nameless)
      continue;
    saved->value = nameless(s, DDI_NONE);
    saved->keeper = 0;
  }
  ddi_drop_saved_twice(s, thread);
}

static bool lists_focus(const struct way *way) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].id.path == way->focus &&
        way->state.objects[i].kind == way->kind)
      return true;
  return false;
}

/* The ways about the thread tell what is wrong with its level. */
static void forget_level(struct ddi_thread *thread) {
  thread->irql = thread->entry_irql = ddi_any_level();
  thread->irql_if_asked = 0;
  memset(thread->saved, 0, sizeof thread->saved);
  thread->saved_count = 0;
  thread->saved_unknown = 1;
  thread->must_wait = thread->told_paged = 0;
}

static void forget_regions(struct ddi_thread *thread) {
  const struct ddi_depth any = {.high = DDI_MANY};
  thread->critical = thread->guarded = any;
  thread->believed = thread->wary = 0;
}

/* What cannot be seen any more in a way is the same in all of them. */
static void forget_in_thread(struct solver *s, struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  ddi_kind_set others =
      has_focus(way) && !lists_focus(way) ? DDI_KIND(way->kind) : 0;
  thread->others_doubtful &= others;
  if (way->focus)
    thread->others_free &= others;
  else if (thread->others_free)
    thread->others_free = ~UINT32_C(0);
  bool has_level = !way->focus || way->focus == ITS_CHANGES ||
                   (has_focus(way) && s->kinds_with_level >> way->kind & 1);
  if (!has_level)
    forget_level(thread);
  bool has_region =
      !has_focus(way) || s->kinds_with_region >> way->kind & 1;
  if (!has_region)
    forget_regions(thread);
  if (thread->irql_if_asked <= thread->irql.high)
    thread->irql.cause = 0;
}

bool ddi_prune(struct solver *s, const struct ddi_flow *flow, struct way *way,
               uint32_t block) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_wanted = true;
    if (fact->kind == IS)
      is_wanted = ddi_flow_is_live(flow, block, fact->subject);
    else if (fact->kind == GAVE)
      is_wanted = has_asked(flow, block, DDI_VALUE_RESULT, fact->subject);
    else if (fact->kind == ENTERED)
      is_wanted = has_asked(flow, block, DDI_VALUE_PARAMETER, fact->subject);
    if (is_wanted)
      i++;
    else
      drop_fact(way, i);
  }
  mark_asked(s, flow, way, block);
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_held = fact->kind == HOLDS &&
                   (is_output(s, fact) || is_asked(s, fact->value));
    if (is_value_of(fact) || is_held || is_asked(s, fact->subject))
      i++;
    else
      drop_fact(way, i);
  }
  bool goes_on = forget_objects(s, way);
  fold_focus(s, way);
  forget_in_thread(s, way);
  forget_saved_names(s, way);
  struct ddi_level *irql = &way->state.thread.irql;
  if (irql->value && !is_asked(s, (ddi_term)irql->value))
    irql->value = 0;
  return goes_on;
}

/* Whether the fact says which variable holds the object, or what it lies in. */
static bool is_about_focus(struct solver *s, const struct way *way,
                           const struct fact *fact) {
  int64_t number;
  return (fact->kind == IS || fact->kind == HOLDS || fact->kind == GAVE) &&
         has_focus(way) &&
         !ddi_term_is_number(s->terms, fact->value, &number) &&
         ddi_value_has_base(ddi_term_parts(s->terms, fact->value)) &&
         ddi_term_contains(s->terms, way->focus, fact->value);
}

/* The way without what it knows of values but for those that are the object. */
static const struct packed *pack_state(struct solver *s, const struct way *way) {
  struct way *state = &s->scratch[8];
  copy_way(state, way);
  state->fact_count = state->guard = 0;
  for (uint32_t i = 0; i < way->fact_count; i++)
    if (is_about_focus(s, way, &way->facts[i]))
      state->facts[state->fact_count++] = way->facts[i];
  return ddi_pack_way(s, state);
}

/*
 * An assertion that goes on, or a line in a log, asks for the level, too, and
 * decides nothing: what it has found out counts only where no path comes that had
 * the other answer.  So a way knows the edge where it got the answer, and the level
 * before.
 */

void ddi_note_guard(struct way *way, uint32_t edge,
                    const struct ddi_level *before) {
  bool is_for_callers = way->focus == ITS_CHANGES; /* who know their level */
  if (!is_for_callers && has_other_level(&way->state.thread.irql, before))
    way->guard = (edge + 1) << 8 | (uint32_t)before->low << 4 |
                 (uint32_t)before->high;
}

static void leave_guard(const struct ddi_flow *flow, struct way *way,
                        uint32_t block) {
  bool is_asked_again = way->state.thread.irql.value;
  if (!way->guard || is_asked_again ||
      !ddi_flow_is_of_both(flow, (way->guard >> 8) - 1, block))
    return;
  way->state.thread.irql.low = way->guard >> 4 & 15;
  way->state.thread.irql.high = way->guard & 15;
  way->guard = 0;
}

/* Remembers the way, or what it has in common with one of its state that has been
   there; null if that is nothing new. */
static const struct packed *meet(struct solver *s, struct meeting here,
                                 const struct way *way, bool *is_first) {
  struct meeting *known = find_meeting(s, &here);
  *is_first = !known->state;
  if (*is_first) {
    here.way = ddi_pack_way(s, way);
    if (!here.way)
      return NULL;
    *known = here;
    if (++s->meeting_count * 2 > s->meeting_room)
      grow_meetings(s);
    return here.way;
  }
  struct way *joined = &s->scratch[9];
  ddi_unpack_way(known->way, joined);
  join(s, joined, way, here.place);
  here.way = ddi_pack_way(s, joined);
  if (here.way == known->way || !here.way)
    return NULL;
  *known = here;
  return here.way;
}

/* Behind a call equal ways go on as one; where there are many, as at a block. */
void ddi_push_item(struct solver *s, uint32_t summary, uint32_t block,
                   uint32_t action, const struct way *way) {
  if (s->is_dead)
    return;
  struct summary *of = &s->summaries.at[summary];
  bool are_many = of->behind > MANY_BEHIND_CALLS * (of->names.count + 1);
  struct meeting here = {summary, function_of(s, of)->body->block_count + action,
                         are_many ? pack_state(s, way) : ddi_pack_way(s, way),
                         NULL};
  bool is_first;
  const struct packed *next = here.state ? meet(s, here, way, &is_first) : NULL;
  if (!next)
    return;
  of->behind++;
  struct item item = {summary, block, action, next};
  PUSH(s, s->work, item);
}

void ddi_arrive(struct solver *s, uint32_t summary, uint32_t block,
                struct way *way) {
  const struct ddi_flow *flow =
      ddi_flow_for(s, s->summaries.at[summary].function, way);
  if (!flow)
    return;
  block = flow->target[block];
  if (block == DDI_DEAD_END)
    return;
  if (!ddi_prune(s, flow, way, block))
    return;
  leave_guard(flow, way, block);
  struct meeting here = {summary, block, pack_state(s, way), NULL};
  if (!here.state)
    return;
  bool is_first;
  const struct packed *next = meet(s, here, way, &is_first);
  if (!next)
    return;
  uint32_t objects = s->summaries.at[summary].names.count + 1;
  if (is_first &&
      ++s->summaries.at[summary].ways[block] > MAX_WAYS_AT_BLOCK * objects) {
    ddi_give_up(s, summary, "too many states", DDI_NONE);
    return;
  }
  s->steps++;
  s->step_counts[s->summaries.at[summary].function]++;
  if (++s->summaries.at[summary].steps > MAX_STEPS_OF_SUMMARY * objects) {
    ddi_give_up(s, summary, "too many steps", DDI_NONE);
    return;
  }
  struct item item = {summary, block, flow->body->blocks[block].first_action,
                      next};
  PUSH(s, s->work, item);
}
