/* All paths of all functions, by summaries. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

/* ---- From the entries on ----------------------------------------------------------------- */

static void start_entry(struct solver *s, uint32_t index, uint32_t entry) {
  const struct ddi_function *function = &s->problem->functions[index];
  struct way *way = &s->scratch[0];
  know_nothing(way);
  memset(way->trails, 0, sizeof way->trails);
  ddi_enter_function(&way->state, &function->entries[entry].context);
  way->focus = way->kind = 0;
  uint32_t summary = ddi_add_summary(s, index, entry, way);
  if (summary == DDI_NONE)
    return;
  const struct ddi_held *held = &function->entries[entry].context.held;
  if (held->name) /* whatever happens to it */
    ddi_see(s, summary, (struct name){ddi_fixed_object(s, held->name),
                                      held->kind, false});
  bool is_called = s->origins[index] != DDI_NONE && !function->stays_inside;
  if (!function->entries[entry].is_role || !function->may_be_paged || is_called)
    return;
  struct site site = {s,        summary,        function->body->entry, DDI_NONE,
                      function, function->body, NULL};
  copy_way(&s->scratch[1], way);
  ddi_run_paged(&site, &s->scratch[1], false);
}

static void run_all(struct solver *s) {
  while ((s->work.count || s->sights.count) && !s->has_failed) {
    if (s->sights.count) {
      struct sight sight = s->sights.at[--s->sights.count];
      ddi_pass_sight(s, &sight);
      continue;
    }
    struct item item = s->work.at[--s->work.count];
    ddi_run_item(s, &item);
  }
}

/* Entered by who knows whom. */
static uint32_t start_unknowing(struct solver *s, uint32_t index, uint32_t entry,
                                ddi_term focus) {
  struct way *way = &s->scratch[0];
  ddi_enter_unknowing(way, focus);
  return ddi_add_summary(s, index, entry, way);
}

/* What the function changes, and what it demands. */
static void start_for_callers(struct solver *s, uint32_t index) {
  uint32_t summary =
      start_unknowing(s, index, DDI_FOR_CALLERS, ITS_CHANGES);
  if (summary != DDI_NONE)
    s->summaries.at[summary].is_asked = true;
  s->asked[index] = summary;
}

/* What a call may do that may be one of the function. */
static struct ddi_reach reach_for_callers(struct solver *s, uint32_t function) {
  const struct ddi_function *of = &s->problem->functions[function];
  const struct summary *known =
      s->asked[function] == DDI_NONE ? NULL : &s->summaries.at[s->asked[function]];
  if (!known || known->gave_up)
    return of->reach;
  struct ddi_reach reach = {0};
  struct way *way = &s->scratch[0];
  for (uint32_t i = 0; i < known->exits.count; i++) {
    ddi_unpack_way(known->exits.at[i], way);
    if (has_overflown(way))
      return of->reach;
    for (uint32_t c = 0; c < way->change_count; c++) {
      reach.ops |= way->changes[c].op;
      reach.kinds |= 1u << way->changes[c].kind;
    }
  }
  return reach;
}

/* For calls of each function, and for those by a pointer of its type. */
static void find_reaches(struct solver *s) {
  for (uint32_t i = 0; i < s->name_count; i++)
    s->infos[i].through = (struct ddi_reach){0};
  for (uint32_t i = 0; i < s->problem->count; i++) {
    const struct ddi_reach one = s->reaches[i] = reach_for_callers(s, i);
    ddi_name type = s->problem->functions[i].signature;
    if (!type || type >= s->name_count)
      continue;
    struct ddi_reach *all = &s->infos[type].through;
    all->ops |= one.ops;
    all->kinds |= one.kinds;
    all->levels |= one.levels;
  }
}

static void free_views(struct solver *s) {
  for (uint32_t i = 0; s->views && i < s->problem->count; i++) {
    for (struct view *view = s->views[i], *next; view; view = next) {
      next = view->next;
      ddi_flow_free(view->flow);
      free(view);
    }
    s->views[i] = NULL;
  }
}

/* First what each function changes, whoever calls it: calls by pointers do that. */
static void solve_all(struct solver *s, struct ddi_function *functions) {
  for (uint32_t i = 0; i < s->problem->count && !s->has_failed; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (!is_followed(function) || !function->is_summarized)
      continue;
    start_for_callers(s, i);
    run_all(s);
  }
  find_reaches(s);
  memset(s->touched, 0, s->problem->count * sizeof *s->touched);
  ddi_find_touched(s);
  ddi_find_freed(s);
  ddi_hand_on(s, functions);
  free_views(s); /* they had more calls */
  for (uint32_t i = 0; i < s->problem->count && !s->has_failed; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (!is_followed(function))
      continue;
    for (uint32_t e = 0; e < function->entry_count; e++) {
      start_entry(s, i, e);
      run_all(s);
    }
    if (!function->is_summarized)
      continue;
    s->alone[i] = start_unknowing(s, i, DDI_ALONE, 0);
    run_all(s);
  }
}

/* Ways out of one kind of result that keep different things. */
static unsigned result_of(struct solver *s, const struct way *way) {
  const struct fact *result = find_fact(way, RETURNS, 0);
  return result ? ddi_signs_of(s, way, result->value) : ANY_SIGN;
}

static bool gave_back(const struct ddi_state *state,
                      const struct ddi_object *held) {
  for (uint32_t i = 0; i < state->count; i++)
    if (state->objects[i].kind == held->kind &&
        state->objects[i].id.path == held->id.path)
      return state->objects[i].hold == DDI_HOLD_FREE;
  return state->thread.others_free >> held->kind & 1;
}

static bool differ(const struct ddi_state *keeps,
                   const struct ddi_state *other) {
  const struct ddi_thread *a = &keeps->thread, *b = &other->thread;
  if ((a->critical.net > 0 && b->critical.net == 0) ||
      (a->guarded.net > 0 && b->guarded.net == 0) ||
      (a->saved_count > 0 && b->saved_count == 0))
    return true;
  for (uint32_t i = 0; i < keeps->count; i++)
    if (keeps->objects[i].count > 0 && gave_back(other, &keeps->objects[i]))
      return true;
  return false;
}

static void compare_exits(struct solver *s, uint32_t summary) {
  struct summary *of = &s->summaries.at[summary];
  bool is_compared =
      of->entry < DDI_ALONE
          ? ddi_compares_ways_out(function_of(s, of), of->entry)
          : of->entry == DDI_ALONE && function_of(s, of)->is_judged_alone;
  if (!is_compared)
    return;
  struct way *a = &s->scratch[0], *b = &s->scratch[1];
  for (uint32_t i = 0; i < of->exits.count; i++)
    for (uint32_t j = 0; j < of->exits.count; j++) {
      ddi_unpack_way(of->exits.at[i], a);
      ddi_unpack_way(of->exits.at[j], b);
      bool is_alike =
          a->focus == b->focus && (result_of(s, a) & result_of(s, b));
      if (is_alike && differ(&a->state, &b->state)) {
        ddi_say_broken(s, summary, NULL, "it returns in different ways",
                       DDI_NONE);
        return;
      }
    }
}

/* ---- Memory --------------------------------------------------------------------------------- */

static bool prepare(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  s->name_count = ddi_names_count(problem->names);
  s->slot_count = 1 << 12;
  s->key_slot_count = 1 << 10;
  s->meeting_room = 1 << 12;
  s->terms = ddi_terms_new();
  s->infos = calloc(s->name_count + 1u, sizeof *s->infos);
  s->views = calloc(problem->count + 1u, sizeof *s->views);
  s->returns = calloc(problem->count + 1u, sizeof *s->returns);
  s->written = calloc(problem->count + 1u, sizeof *s->written);
  s->touched = calloc(problem->count + 1u, sizeof *s->touched);
  s->reaches = calloc(problem->count + 1u, sizeof *s->reaches);
  s->summary_counts = calloc(problem->count + 1u, sizeof *s->summary_counts);
  s->step_counts = calloc(problem->count + 1u, sizeof *s->step_counts);
  s->same_name = malloc((problem->count + 1u) * sizeof *s->same_name);
  s->asked = malloc((problem->count + 1u) * sizeof *s->asked);
  s->alone = malloc((problem->count + 1u) * sizeof *s->alone);
  s->origins = malloc((problem->count + 1u) * sizeof *s->origins);
  s->places = ddi_names_new();
  s->slots = calloc(s->slot_count, sizeof *s->slots);
  s->key_slots = malloc(s->key_slot_count * sizeof *s->key_slots);
  s->meetings = calloc(s->meeting_room, sizeof *s->meetings);
  s->scratch = calloc(12, sizeof *s->scratch);
  if (!s->terms || !s->infos || !s->views || !s->returns || !s->written ||
      !s->touched || !s->reaches ||
      !s->summary_counts || !s->slots || !s->key_slots || !s->meetings ||
      !s->scratch || !s->asked || !s->alone || !s->origins ||
      !s->same_name || !s->step_counts || !s->places)
    return false;
  memset(s->asked, 0xff, (problem->count + 1u) * sizeof *s->asked);
  memset(s->alone, 0xff, (problem->count + 1u) * sizeof *s->alone);
  memset(s->key_slots, 0xff, s->key_slot_count * sizeof *s->key_slots);
  struct ddi_trail nowhere = {DDI_NONE, DDI_NONE, 0};
  PUSH(s, s->trails, nowhere);
  for (uint32_t i = 0; i < s->name_count; i++)
    s->infos[i].function = DDI_NONE;
  for (uint32_t i = 0; i < problem->count; i++)
    if (problem->functions[i].name < s->name_count) {
      uint32_t *first = &s->infos[problem->functions[i].name].function;
      s->same_name[i] = *first;
      *first = i;
    }
  const struct ddi_rule *of_orders = NULL;
  s->finds_orders = ddi_find_order_rule(&of_orders) &&
                    problem->is_on(of_orders, problem->context);
  find_reaches(s);
  ddi_find_kinds(s);
  ddi_find_written(s);
  ddi_find_touched(s);
  ddi_find_freed(s);
  ddi_find_returning(s);
  return true;
}

static void clean_up(struct solver *s) {
  for (uint32_t i = 0; i < s->summaries.count; i++) {
    free(s->summaries.at[i].exits.at);
    free(s->summaries.at[i].callers.at);
    free(s->summaries.at[i].callees.at);
    free(s->summaries.at[i].broken.at);
    free(s->summaries.at[i].demands.at);
    free(s->summaries.at[i].acquisitions.at);
    free(s->summaries.at[i].names.at);
    free(s->summaries.at[i].ways);
  }
  free(s->summaries.at);
  free_views(s);
  for (uint32_t i = 0; s->slots && i < s->slot_count; i++)
    for (struct packed *p = s->slots[i], *next; p; p = next) {
      next = p->next;
      free(p);
    }
  ddi_terms_free(s->terms);
  ddi_names_free(s->places);
  free(s->orders.at);
  free(s->infos);
  free(s->marks);
  free(s->values);
  free(s->views);
  free(s->returns);
  free(s->written);
  free(s->touched);
  free(s->reaches);
  free(s->summary_counts);
  free(s->asked);
  free(s->alone);
  free(s->origins);
  free(s->same_name);
  free(s->step_counts);
  free(s->work.at);
  free(s->sights.at);
  free(s->trails.at);
  free(s->slots);
  free(s->key_slots);
  free(s->meetings);
  free(s->scratch);
}

struct ddi_solution *ddi_solve(const struct ddi_problem *given) {
  struct ddi_problem problem = *given;
  struct solver s = {.problem = &problem};
  struct ddi_solution *solution = NULL;
  struct ddi_function *functions =
      malloc((given->count + 1u) * sizeof *functions); /* some get other entries */
  if (!functions)
    return NULL;
  if (given->count)
    memcpy(functions, given->functions, given->count * sizeof *functions);
  problem.functions = functions;
  if (prepare(&s)) {
    solve_all(&s, functions);
    for (uint32_t i = 0; i < s.summaries.count; i++)
      compare_exits(&s, i);
    ddi_find_orders(&s);
    solution = ddi_answer_of(&s);
  }
  clean_up(&s);
  free(functions);
  return solution;
}
