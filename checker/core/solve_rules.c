/* What may be broken where the solver gave up: the rules that speak of what the
   function, or one that it calls, does at all. */
#include "solve_internal.h"

/* What a function has in it, and all that it calls. */
struct contents {
  struct solver *s;
  bool *is_seen; /* by function */
  bool
      *is_noted; /* by name: of a routine, or of the macro that stands for it */
  LIST(const struct ddi_action *) calls;
  bool is_paged;                         /* some of it */
  uint32_t ops, kinds, families, levels; /* bits, as in struct ddi_reach */
};

/* Without one of the operations, families or levels no path proves the facts.
 */
static const struct {
  ddi_fact_set facts;
  uint32_t ops, families, levels;
} NEEDS[] = {
    {DDI_MORE_CRITICAL | DDI_LESS_CRITICAL,
     DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL},
    {DDI_MORE_GUARDED | DDI_LESS_GUARDED,
     DDI_ENTER_GUARDED | DDI_LEAVE_GUARDED},
    {DDI_IRQL_RAISED | DDI_IRQL_LOWERED | DDI_RAISES_DOWN | DDI_LOWERS_UP |
         DDI_NOT_RAISED | DDI_OTHER_LEVEL,
     DDI_RAISE | DDI_LOWER},
    {DDI_MUST_WAIT, DDI_SIGNAL_WAIT},
    {DDI_TRANSFERRED, DDI_TRANSFER},
    {DDI_INITIALIZED, DDI_INIT | DDI_REINIT},
    {DDI_DELETED, DDI_DELETE},
    {DDI_POOL_BY_TAG, .families = 1u << DDI_WITH_TAG},
    {DDI_POOL_BY_PRIORITY, .families = 1u << DDI_WITH_PRIORITY},
    {DDI_IRQL_TOO_LOW, .levels = 1u << DDI_PASSIVE_LEVEL},
};

/* Each function returns, and ends the scope of its locals. */
static const uint32_t OF_ANY_FUNCTION =
    DDI_EXIT | DDI_SIBLING_EXIT | DDI_KEEP_CONTRACT | DDI_SCOPE_END;

static const ddi_fact_set OF_DRIVER =
    DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT;

static void look_into(struct contents *all, uint32_t function);

static void note_call(struct contents *all, const struct ddi_function *in,
                      const struct ddi_action *call) {
  struct solver *s = all->s;
  if (all->is_noted[call->name] && all->is_noted[call->written])
    return;
  all->is_noted[call->name] = all->is_noted[call->written] = true;
  PUSH(s, all->calls, call);
  const struct name_info *called = ddi_info_of(s, call->name);
  struct ddi_reach reach = ddi_routine_reach(called->row, called->published);
  struct ddi_reach of_macro =
      ddi_routine_reach(NULL, ddi_info_of(s, call->written)->published);
  struct ddi_level said = {.low = call->irql_min, .high = DDI_HIGH_LEVEL};
  all->ops |= reach.ops | DDI_CALL;
  all->kinds |= reach.kinds;
  all->families |= called->row ? 1u << called->row->family : 0;
  all->levels |= reach.levels | of_macro.levels;
  if (call->irql_min != DDI_NO_BOUND)
    all->levels |= ddi_levels_outside(said);
  uint32_t callee = ddi_callee_named(s, in, call->name);
  if (callee != DDI_NONE)
    look_into(all, callee);
}

static void look_into(struct contents *all, uint32_t function) {
  const struct ddi_function *of = &all->s->problem->functions[function];
  if (all->is_seen[function])
    return;
  all->is_seen[function] = true;
  all->is_paged |= of->is_paged || of->may_be_paged;
  if (of->promises_change) /* of the IRQL, maybe */
    all->levels |= 1u << DDI_PASSIVE_LEVEL;
  for (uint32_t i = 0; of->body && i < of->body->action_count; i++) {
    const struct ddi_action *at = &of->body->actions[i];
    if (at->kind == DDI_DO_CALL)
      note_call(all, of, at);
    if (at->kind != DDI_DO_EVENT)
      continue;
    all->ops |= (uint32_t)at->op;
    all->kinds |= 1u << at->object_kind;
  }
}

static bool can_be_proved(const struct contents *all, ddi_fact_set facts) {
  for (size_t i = 0; i < sizeof NEEDS / sizeof *NEEDS; i++)
    if ((facts & NEEDS[i].facts) && !(all->ops & NEEDS[i].ops) &&
        !(all->families & NEEDS[i].families) &&
        !(all->levels & NEEDS[i].levels))
      return false;
  /* Of orders those are candidates that were found. */
  return !(facts & (OF_DRIVER | DDI_ORDER_REVERSED) & ~all->s->problem->driver);
}

static bool is_about_a_call(const struct contents *all,
                            const struct ddi_rule *rule,
                            const struct ddi_obligation *row) {
  const struct ddi_names *names = all->s->problem->names;
  for (uint32_t i = 0; i < all->calls.count; i++) {
    struct ddi_event event;
    memset(&event, 0, sizeof event);
    event.call = ddi_names_text(names, all->calls.at[i]->name);
    event.written = ddi_names_text(names, all->calls.at[i]->written);
    if (ddi_is_meant(rule, row, &event))
      return true;
  }
  return !row->calls && !row->named;
}

static bool may_break(const struct contents *all, const struct ddi_rule *rule) {
  uint32_t ops =
      all->ops | OF_ANY_FUNCTION | (all->is_paged ? DDI_RUN_PAGED : 0);
  for (const struct ddi_obligation *row = rule->obligations; row->at; row++)
    if ((row->at & ops) && (!row->kind || all->kinds >> row->kind & 1) &&
        (!row->family || all->families >> row->family & 1) &&
        can_be_proved(all, row->never) && is_about_a_call(all, rule, row))
      return true;
  return false;
}

bool *ddi_rules_in(struct solver *s, uint32_t function) {
  size_t count = 0;
  while (ddi_rules[count])
    count++;
  struct contents all = {
      .s = s,
      .is_seen = calloc(s->problem->count, sizeof *all.is_seen),
      .is_noted = calloc(s->name_count + 1u, sizeof *all.is_noted),
  };
  bool *rules = calloc(count + 1, sizeof *rules);
  if (all.is_seen && all.is_noted && rules) {
    look_into(&all, function);
    for (size_t i = 0; i < count; i++)
      rules[i] = may_break(&all, ddi_rules[i]);
  } else {
    s->has_failed = true;
  }
  free(all.is_seen);
  free(all.is_noted);
  free(all.calls.at);
  return rules;
}
