/* What an event breaks. */
#include "ddi_core.h"
#include <string.h>

/* A wrapper is meant where its routine is. */
static bool is_named(const char *const *calls, const char *call) {
  if (!call)
    return false;
  const struct ddi_wrapper *wrapper = ddi_find_wrapper(call);
  if (wrapper)
    call = wrapper->row.name;
  for (; *calls; calls++)
    if (!strcmp(*calls, call))
      return true;
  return false;
}

static bool fits(const struct ddi_obligation *row,
                 const struct ddi_event *event, unsigned strictness) {
  return (row->at & event->op) &&
         (!row->only || (row->only & strictness)) &&
         (!row->mode || row->mode == event->mode);
}

static bool is_broken(const struct ddi_obligation *row, ddi_fact_set facts) {
  return (facts & row->never) == row->never && !(facts & row->unless);
}

static bool is_listed(const char *name, const struct ddi_rule *rule) {
  const struct ddi_published *published =
      name ? ddi_find_published(name) : NULL;
  return published && ddi_is_named(published, rule->name);
}

bool ddi_is_meant(const struct ddi_rule *rule, const struct ddi_obligation *row,
                  const struct ddi_event *event) {
  if (row->calls && !is_named(row->calls, event->call) &&
      !is_named(row->calls, event->written))
    return false;
  return !row->named || is_listed(event->call, rule) ||
         is_listed(event->written, rule);
}

/* An event of one object is judged for it, any other for each object that the
   row speaks of: those still held at an exit, those in the memory that ends. */
static bool concerns(const struct ddi_obligation *row,
                     const struct ddi_event *event,
                     const struct ddi_object *object) {
  if (object->kind != row->kind ||
      (row->family && row->family != object->family))
    return false;
  bool ends = event->op & (DDI_FREE | DDI_SCOPE_END);
  uintptr_t path = event->object.path;
  return !ends || (path && (object->storage.path == path ||
                            object->owner_storage.path == path));
}

struct findings {
  struct ddi_violation *found;
  unsigned count;
};

/* Of the rules that list one routine for one thing, the first tells. */
static bool is_told(const struct ddi_violation *found,
                    const struct ddi_rule *rule,
                    const struct ddi_obligation *row, struct ddi_id object) {
  if (found->object.path != object.path)
    return false;
  bool is_listed_twice = row->named && found->obligation->named &&
                         row->never == found->obligation->never;
  return found->rule == rule || is_listed_twice;
}

static void note(struct findings *findings, const struct ddi_rule *rule,
                 const struct ddi_obligation *row, struct ddi_id object) {
  for (unsigned i = 0; i < findings->count; i++)
    if (is_told(&findings->found[i], rule, row, object))
      return;
  if (findings->count < DDI_MAX_VIOLATIONS)
    findings->found[findings->count++] =
        (struct ddi_violation){rule, row, object};
}

/* The row is not about the event's own object. */
static void judge_others(const struct ddi_state *state,
                         const struct ddi_event *event,
                         const struct ddi_rule *rule,
                         const struct ddi_obligation *row,
                         struct findings *findings) {
  for (uint32_t i = 0; i < state->count; i++) {
    const struct ddi_object *object = &state->objects[i];
    bool is_own = object->kind == event->kind &&
                  object->id.path == event->object.path;
    if ((row->others & DDI_KIND(object->kind)) && !is_own &&
        is_broken(row, ddi_facts(state, event, object)) &&
        ddi_is_meant(rule, row, event))
      note(findings, rule, row, object->id);
  }
}

static bool is_about_others(const struct ddi_event *event) {
  return event->op & (DDI_EXIT | DDI_SIBLING_EXIT | DDI_KEEP_CONTRACT |
                      DDI_FREE | DDI_SCOPE_END | DDI_LEAVE_CRITICAL |
                      DDI_LEAVE_GUARDED);
}

/* What the event proves is the same for all rows that are about it alone. */
static void judge(const struct ddi_state *state, const struct ddi_event *event,
                  ddi_fact_set facts, const struct ddi_rule *rule,
                  const struct ddi_obligation *row, struct findings *findings) {
  if (row->kind && is_about_others(event)) {
    for (uint32_t i = 0; i < state->count; i++) {
      const struct ddi_object *object = &state->objects[i];
      if (concerns(row, event, object) &&
          is_broken(row, ddi_facts(state, event, object)))
        note(findings, rule, row, object->id);
    }
    return;
  }
  if (row->kind && row->kind != event->kind)
    return;
  if (row->family && row->family != event->family)
    return;
  if (row->others) {
    judge_others(state, event, rule, row, findings);
    return;
  }
  if (!is_broken(row, facts))
    return;
  if (!ddi_is_meant(rule, row, event))
    return;
  note(findings, rule, row, event->object);
}

unsigned ddi_check(const struct ddi_state *state, const struct ddi_event *event,
                   unsigned strictness,
                   struct ddi_violation found[DDI_MAX_VIOLATIONS]) {
  struct findings findings = {found, 0};
  ddi_fact_set facts = ddi_facts(state, event, NULL);
  for (unsigned otherwise = 0; otherwise <= 3 && !findings.count; otherwise++)
    for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
      for (const struct ddi_obligation *row = (*rule)->obligations; row->at;
           row++)
        if (row->otherwise == otherwise && fits(row, event, strictness))
          judge(state, event, facts, *rule, row, &findings);
  return findings.count;
}
