/* What the solver tells: candidates and summaries. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

struct chain {
  uint32_t from, action; /* the summary before, and its call */
};

static bool add_candidate(struct ddi_solution *solution, uint32_t *room,
                          struct solver *s, uint32_t top, uint32_t at,
                          const struct broken *broken,
                          const struct chain *chains) {
  if (!make_room((void **)&solution->candidates, (uint32_t)solution->count, room,
                 sizeof *solution->candidates))
    return false;
  uint32_t length = 0;
  for (uint32_t i = at; i != top; i = chains[i].from)
    length++;
  uint32_t *calls = malloc((length * 2 + 1) * sizeof *calls);
  if (!calls)
    return false;
  uint32_t place = length;
  for (uint32_t i = at; i != top; i = chains[i].from) {
    place--;
    calls[place * 2] = s->summaries.at[chains[i].from].function;
    calls[place * 2 + 1] = chains[i].action;
  }
  const struct summary *of = &s->summaries.at[top];
  if (!broken->rule && !solution->may_break[of->function])
    solution->may_break[of->function] = ddi_rules_in(s, of->function);
  solution->candidates[solution->count++] = (struct ddi_candidate){
      .function = of->function,
      .entry = of->entry,
      .rule = broken->rule,
      .why = broken->why,
      .in = s->summaries.at[at].function,
      .action = broken->action,
      .calls = calls,
      .call_count = length,
  };
  return true;
}

/* Where a search begins: where a function is entered, or is judged alone. */
static bool is_top(const struct solver *s, const struct summary *of) {
  return of->entry < DDI_ALONE ||
         (of->entry == DDI_ALONE && function_of(s, of)->is_judged_alone);
}

/* What a function breaks whoever calls it, it breaks by itself. */
static bool breaks_alone(const struct solver *s, const struct summary *of,
                         const struct broken *broken) {
  uint32_t index = s->alone[of->function];
  if (index == DDI_NONE || !broken->rule)
    return false;
  const struct summary *alone = &s->summaries.at[index];
  for (uint32_t i = 0; i < alone->broken.count; i++)
    if (alone->broken.at[i].rule == broken->rule &&
        alone->broken.at[i].action == broken->action)
      return true;
  return false;
}

static bool is_told(const struct solver *s, const struct summary *of,
                    const struct broken *broken, uint32_t top) {
  if (!broken->rule &&
      !is_of_unit_of(function_of(s, of), function_of(s, &s->summaries.at[top])))
    return false;
  bool is_own = of == &s->summaries.at[top];
  return is_own || !breaks_alone(s, of, broken);
}

/* All that can be reached from the entry, by the shortest chains. */
static bool collect(struct ddi_solution *solution, uint32_t *room,
                    struct solver *s, uint32_t top, struct chain *chains,
                    uint32_t *queue) {
  for (uint32_t i = 0; i < s->summaries.count; i++)
    chains[i].from = DDI_NONE;
  uint32_t first = 0, last = 0;
  chains[top].from = top;
  queue[last++] = top;
  while (first < last) {
    uint32_t at = queue[first++];
    const struct summary *of = &s->summaries.at[at];
    for (uint32_t i = 0; i < of->broken.count; i++)
      if (is_told(s, of, &of->broken.at[i], top) &&
          !add_candidate(solution, room, s, top, at, &of->broken.at[i], chains))
        return false;
    for (uint32_t i = 0; i < of->callees.count; i++) {
      uint32_t to = of->callees.at[i].summary;
      if (chains[to].from != DDI_NONE)
        continue;
      chains[to] = (struct chain){at, of->callees.at[i].action};
      queue[last++] = to;
    }
  }
  return true;
}

/* What the function breaks by itself, whoever calls it: told once. */
static bool collect_alone(struct ddi_solution *solution, uint32_t *room,
                          struct solver *s, uint32_t index,
                          const struct chain *chains) {
  const struct summary *of = &s->summaries.at[index];
  for (uint32_t i = 0; i < of->broken.count; i++)
    if (of->broken.at[i].rule &&
        !add_candidate(solution, room, s, index, index, &of->broken.at[i],
                       chains))
      return false;
  return true;
}

static bool is_broken_from(const struct ddi_solution *solution, uint32_t origin,
                           const struct ddi_rule *rule) {
  for (size_t i = 0; i < solution->count; i++)
    if (solution->candidates[i].function == origin &&
        solution->candidates[i].rule == rule)
      return true;
  return false;
}

/* Who is called by its name, the solver enters from there, too: that counts. */
static bool is_unsure(const struct ddi_solution *solution, const struct solver *s,
                      const struct ddi_candidate *from) {
  uint32_t origin = s->origins[from->function];
  return origin != DDI_NONE && from->rule && from->entry < DDI_ALONE &&
         !s->problem->functions[from->function].stays_inside &&
         !is_broken_from(solution, origin, from->rule);
}

static void drop_unsure(struct ddi_solution *solution, const struct solver *s) {
  size_t kept = 0;
  for (size_t i = 0; i < solution->count; i++)
    if (is_unsure(solution, s, &solution->candidates[i]))
      free((void *)solution->candidates[i].calls);
    else
      solution->candidates[kept++] = solution->candidates[i];
  solution->count = kept;
}

static bool copy_way_out(struct solver *s, const struct packed *from,
                         struct ddi_way_out *into) {
  struct way *way = &s->scratch[0];
  ddi_unpack_way(from, way);
  const struct fact *result = find_fact(way, RETURNS, 0);
  into->result = result ? result->value : 0;
  into->signs = ddi_signs_of(s, way, into->result);
  into->change_count = way->change_count;
  memcpy(into->changes, way->changes, sizeof into->changes);
  memcpy(into->trails, way->trails, sizeof into->trails);
  return true;
}

/* Ways that differ in nothing that a caller sees are one. */
static bool is_same_way_out(const struct ddi_way_out *a,
                            const struct ddi_way_out *b) {
  return a->signs == b->signs && a->result == b->result &&
         a->change_count == b->change_count &&
         !memcmp(a->changes, b->changes, a->change_count * sizeof *a->changes);
}

static bool summarize(struct ddi_solution *solution, struct solver *s,
                      uint32_t index) {
  struct summary *from = &s->summaries.at[index];
  struct ddi_summary *into = &solution->summaries[solution->summary_count];
  into->function = from->function;
  into->is_unknown = from->gave_up;
  into->ways = calloc(from->exits.count + 1u, sizeof *into->ways);
  if (!into->ways)
    return false;
  solution->summary_count++;
  for (uint32_t i = 0; i < from->exits.count; i++) {
    struct ddi_way_out *way = &into->ways[into->way_count];
    copy_way_out(s, from->exits.at[i], way);
    bool is_known = false;
    for (uint32_t j = 0; j < into->way_count; j++)
      is_known |= is_same_way_out(&into->ways[j], way);
    into->way_count += !is_known;
  }
  into->demands = from->demands.at;
  into->demand_count = from->demands.count;
  from->demands.at = NULL; /* given away */
  into->acquisitions = from->acquisitions.at;
  into->acquisition_count = from->acquisitions.count;
  for (uint32_t i = 0; i < into->acquisition_count; i++)
    into->acquisitions[i].place =
        ddi_place_of(s, into->acquisitions[i].lock.object);
  from->acquisitions.at = NULL;
  return true;
}

static bool tell_orders(struct ddi_solution *solution, struct solver *s) {
  solution->orders = calloc(s->orders.count + 1u, sizeof *solution->orders);
  for (uint32_t i = 0; solution->orders && i < s->orders.count; i++)
    solution->orders[solution->order_count++] = s->orders.at[i].told;
  return solution->orders;
}

static bool summarize_all(struct ddi_solution *solution, struct solver *s) {
  solution->summaries =
      calloc(s->problem->count + 1u, sizeof *solution->summaries);
  for (uint32_t i = 0; solution->summaries && i < s->summaries.count; i++)
    if (s->summaries.at[i].is_asked && !summarize(solution, s, i))
      return false;
  return solution->summaries;
}

const struct ddi_value *ddi_solution_value(const struct ddi_solution *solution,
                                           ddi_term term) {
  return ddi_term_parts(solution->terms, term);
}

struct ddi_solution *ddi_answer_of(struct solver *s) {
  struct ddi_solution *solution = calloc(1, sizeof *solution);
  struct chain *chains = malloc((s->summaries.count + 1u) * sizeof *chains);
  uint32_t *queue = malloc((s->summaries.count + 1u) * sizeof *queue);
  uint32_t room = 0;
  bool is_done = solution && chains && queue && !s->has_failed &&
                 (solution->may_break = calloc(s->problem->count + 1u,
                                               sizeof *solution->may_break));
  if (is_done)
    solution->function_count = s->problem->count;
  for (uint32_t i = 0; i < s->summaries.count && is_done; i++)
    if (is_top(s, &s->summaries.at[i]))
      is_done = collect(solution, &room, s, i, chains, queue);
    else if (s->summaries.at[i].entry == DDI_ALONE)
      is_done = collect_alone(solution, &room, s, i, chains);
  free(chains);
  free(queue);
  is_done = is_done && !s->has_failed && summarize_all(solution, s) &&
            tell_orders(solution, s);
  if (is_done) {
    drop_unsure(solution, s);
    solution->contexts = s->summaries.count;
    solution->states = s->steps;
    solution->trails = s->trails.at;
    solution->terms = s->terms;
    solution->places = s->places;
    solution->origins = s->origins;
    s->origins = NULL; /* given away */
    s->trails.at = NULL;
    s->terms = NULL;
    s->places = NULL;
    return solution;
  }
  ddi_solution_free(solution);
  return NULL;
}

void ddi_solution_free(struct ddi_solution *solution) {
  if (!solution)
    return;
  for (size_t i = 0; i < solution->count; i++)
    free((void *)solution->candidates[i].calls);
  free(solution->candidates);
  for (size_t i = 0; i < solution->function_count; i++)
    free(solution->may_break[i]);
  free(solution->may_break);
  for (size_t i = 0; i < solution->summary_count; i++) {
    free(solution->summaries[i].ways);
    free(solution->summaries[i].demands);
    free(solution->summaries[i].acquisitions);
  }
  free(solution->summaries);
  free(solution->trails);
  free(solution->origins);
  free(solution->orders);
  ddi_names_free(solution->places);
  ddi_terms_free(solution->terms);
  free(solution);
}
