/*
 * Who hands on to whom what the system enters.
 *
 * A dispatch routine that looks up in a table of its own who is to serve a request,
 * calls it, and is done, hands on how it was entered: behind the call nobody gives
 * back what is kept there.  Who is only called like that is judged as if the system
 * entered it: no caller of it may know, or owe, anything else.
 */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

enum {
  OF_CONTEXT = DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
               DDI_LEAVE_GUARDED | DDI_RAISE | DDI_LOWER | DDI_ACQUIRE |
               DDI_RELEASE | DDI_RELEASE_FOR | DDI_CONVERT | DDI_TRANSFER,
  NOT_ASKED_YET = DDI_NONE - 1
};

struct call {
  ddi_name name;
  uint32_t caller, block, action;
};

struct calls {
  struct solver *s;
  struct call *at; /* by name */
  uint32_t count;
};

/* ---- All calls --------------------------------------------------------------------- */

static int compare_calls(const void *left, const void *right) {
  const struct call *a = left, *b = right;
  if (a->name != b->name)
    return a->name < b->name ? -1 : 1;
  if (a->caller != b->caller)
    return a->caller < b->caller ? -1 : 1;
  return (a->action > b->action) - (a->action < b->action);
}

static void find_calls_in(struct calls *calls, uint32_t caller) {
  const struct ddi_function *from = &calls->s->problem->functions[caller];
  for (uint32_t b = 0; is_followed(from) && b < from->body->block_count; b++) {
    const struct ddi_block *block = &from->body->blocks[b];
    for (uint32_t i = 0; i < block->actions; i++) {
      const struct ddi_action *action =
          &from->body->actions[block->first_action + i];
      if (action->kind == DDI_DO_CALL && action->name)
        calls->at[calls->count++] = (struct call){action->name, caller, b,
                                                  block->first_action + i};
    }
  }
}

static bool find_calls(struct calls *calls) {
  const struct ddi_problem *problem = calls->s->problem;
  size_t most = 1;
  for (uint32_t i = 0; i < problem->count; i++)
    if (is_followed(&problem->functions[i]))
      most += problem->functions[i].body->action_count;
  calls->at = malloc(most * sizeof *calls->at);
  if (!calls->at)
    return false;
  for (uint32_t i = 0; i < problem->count; i++)
    find_calls_in(calls, i);
  qsort(calls->at, calls->count, sizeof *calls->at, compare_calls);
  return true;
}

/* The first call of the name. */
static uint32_t first_of(const struct calls *calls, ddi_name name) {
  uint32_t low = 0, high = calls->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (calls->at[middle].name < name)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_call_of(const struct calls *calls, const struct call *call,
                       uint32_t callee) {
  const struct ddi_function *from = &calls->s->problem->functions[call->caller];
  if (ddi_info_of(calls->s, call->name)->wrapper)
    return false; /* its body is not looked into */
  return ddi_is_by_type(calls->s, &from->body->actions[call->action]) ||
         ddi_callee_named(calls->s, from, call->name) == callee;
}

/* The next call of the function, or through a pointer of its type, from that one on;
   null behind the last. */
static const struct call *next_call(const struct calls *calls, uint32_t callee,
                                    ddi_name name, uint32_t *at) {
  for (; *at < calls->count && calls->at[*at].name == name; ++*at)
    if (is_call_of(calls, &calls->at[*at], callee))
      return &calls->at[(*at)++];
  return NULL;
}

/* ---- What happens around a call ---------------------------------------------------- */

static bool changes_context(struct solver *s, const struct ddi_function *function,
                            const struct ddi_action *action) {
  if (action->kind == DDI_DO_EVENT)
    return !(action->flags & DDI_IS_DEMAND);
  if (action->kind != DDI_DO_CALL)
    return false;
  const struct name_info *called = ddi_info_of(s, action->name);
  if (ddi_is_by_type(s, action))
    return called->through.ops & OF_CONTEXT;
  /* Behind the question more is known. */
  if (called->row)
    return ddi_routine_reach(called->row, NULL).ops & OF_CONTEXT ||
           called->row->query == DDI_CURRENT_IRQL;
  uint32_t callee = ddi_callee_named(s, function, action->name);
  bool may_answer = callee != DDI_NONE && !(action->flags & DDI_IS_DISCARDED) &&
                    s->problem->functions[callee].reach.ops & DDI_USE;
  return may_answer ||
         (callee != DDI_NONE && s->reaches[callee].ops & OF_CONTEXT);
}

static bool any_changes(struct solver *s, const struct ddi_function *function,
                        uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++)
    if (changes_context(s, function, &function->body->actions[i]))
      return true;
  return false;
}

/* Marks the blocks on paths from the block on, or to it; itself only if one leads
   around. */
static void mark_paths(const struct ddi_body *body, uint32_t from, bool goes_back,
                       bool *marks) {
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (uint32_t b = 0; b < body->block_count; b++)
      for (uint32_t e = 0; e < body->blocks[b].edges; e++) {
        uint32_t to = body->edges[body->blocks[b].first_edge + e].to;
        uint32_t near = goes_back ? to : b, far = goes_back ? b : to;
        if (marks[far] || (near != from && !marks[near]))
          continue;
        marks[far] = has_grown = true;
      }
  }
}

static bool is_plain_on(struct solver *s, const struct ddi_function *function,
                        uint32_t from, bool goes_back) {
  const struct ddi_body *body = function->body;
  bool *marks = calloc(body->block_count, sizeof *marks);
  s->has_failed |= !marks;
  bool is_plain = marks;
  if (marks)
    mark_paths(body, from, goes_back, marks);
  for (uint32_t b = 0; b < body->block_count && is_plain; b++)
    is_plain = !marks[b] ||
               !any_changes(s, function, body->blocks[b].first_action,
                            body->blocks[b].first_action + body->blocks[b].actions);
  free(marks);
  return is_plain;
}

/* Then only some of the callee's paths are meant. */
static bool tells_number(const struct ddi_body *body, const struct ddi_action *call) {
  for (uint32_t i = 0; i < call->count; i++)
    if (body->values[body->arguments[call->first + i]].kind == DDI_VALUE_NUMBER)
      return true;
  return false;
}

/* Whether what is known where the function is entered is all that is known at the call,
   and what is kept behind the call is kept at its end. */
static bool hands_on(struct solver *s, const struct call *call) {
  const struct ddi_function *function = &s->problem->functions[call->caller];
  const struct ddi_block *at = &function->body->blocks[call->block];
  return !tells_number(function->body, &function->body->actions[call->action]) &&
         !any_changes(s, function, at->first_action, call->action) &&
         !any_changes(s, function, call->action + 1,
                      at->first_action + at->actions) &&
         is_plain_on(s, function, call->block, true) &&
         is_plain_on(s, function, call->block, false);
}

/* ---- Where it comes from ------------------------------------------------------------ */

static uint32_t origin_of(const struct calls *calls, uint32_t function);

/* False if a call of that name has another origin than the calls before, or none. */
static bool ask_callers(const struct calls *calls, uint32_t callee, ddi_name name,
                        uint32_t *origin) {
  uint32_t at = name ? first_of(calls, name) : calls->count;
  for (const struct call *call; (call = next_call(calls, callee, name, &at));) {
    uint32_t there = hands_on(calls->s, call) ? origin_of(calls, call->caller)
                                              : DDI_NONE;
    if (there == DDI_NONE || (*origin != DDI_NONE && *origin != there))
      return false;
    *origin = there;
  }
  return true;
}

static bool is_called(const struct calls *calls, uint32_t callee) {
  const struct ddi_function *of = &calls->s->problem->functions[callee];
  uint32_t by_name = first_of(calls, of->name);
  return next_call(calls, callee, of->name, &by_name);
}

/* The one function that the system enters, and nobody else, and from which all calls of
   this one come; or itself.  Who calls itself has none. */
static uint32_t origin_of(const struct calls *calls, uint32_t function) {
  const struct ddi_function *of = &calls->s->problem->functions[function];
  uint32_t *known = &calls->s->origins[function], origin = DDI_NONE;
  if (*known != NOT_ASKED_YET)
    return *known;
  *known = DDI_NONE;
  if (of->entry_count && of->entries[0].is_role)
    return *known = is_called(calls, function) ? DDI_NONE : function;
  bool may_be_entered = of->has_promises || (of->signature && !of->stays_inside);
  if (!may_be_entered && ask_callers(calls, function, of->name, &origin) &&
      ask_callers(calls, function, of->signature, &origin))
    *known = origin;
  return *known;
}

/* Who cannot be followed may call anyone. */
static bool is_all_seen(const struct solver *s) {
  for (uint32_t i = 0; i < s->problem->count; i++)
    if (s->problem->functions[i].body && !is_followed(&s->problem->functions[i]))
      return false;
  return true;
}

/* The analyzer cannot follow it from its callers. */
static bool is_handed_out_of_sight(const struct ddi_function *function) {
  return is_followed(function) &&
         (function->stays_inside || !function->is_called_here);
}

void ddi_hand_on(struct solver *s, struct ddi_function *functions) {
  struct calls calls = {.s = s};
  memset(s->origins, 0xff, s->problem->count * sizeof *s->origins);
  if (!is_all_seen(s))
    return;
  if (!find_calls(&calls)) {
    s->has_failed = true;
    return;
  }
  for (uint32_t i = 0; i < s->problem->count; i++)
    s->origins[i] = NOT_ASKED_YET;
  for (uint32_t i = 0; i < s->problem->count; i++)
    if (is_handed_out_of_sight(&functions[i]))
      origin_of(&calls, i);
  free(calls.at);
  for (uint32_t i = 0; i < s->problem->count; i++) {
    uint32_t *origin = &s->origins[i];
    if (!is_handed_out_of_sight(&functions[i]) || *origin == i)
      *origin = DDI_NONE;
    if (*origin == DDI_NONE)
      continue;
    functions[i].entries = functions[*origin].entries;
    functions[i].entry_count = functions[*origin].entry_count;
    functions[i].is_judged_alone = false;
  }
}
