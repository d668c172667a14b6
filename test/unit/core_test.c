/* The core by itself: what a path knows, what events change, prove and break. */
#include "ddi_core.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- Words ----------------------------------------------------------------- */

enum { ALL_STRICTNESS = DDI_SDV | DDI_STRICT };

static struct ddi_state state;

static void start(const struct ddi_context *context) {
  ddi_enter_function(&state, context);
}

/* An entry point of the system: nothing held, no region, PASSIVE_LEVEL. */
static void start_known(void) {
  start(&(struct ddi_context){.known = true});
}

static void start_unknown(void) {
  start(&(struct ddi_context){.known = false});
}

/* A global, or what is reached through one whose value is known. */
static struct ddi_id global(uintptr_t path) {
  return (struct ddi_id){.path = path, .exact = path, .shape = path};
}

/* member of *p, p unknown; equal paths with another exact: p has changed. */
static struct ddi_id member(uintptr_t path, uintptr_t exact, uintptr_t shape) {
  return (struct ddi_id){
      .path = path, .exact = exact, .shape = shape, .symbolic = 1};
}

static struct ddi_id bare_pointer(uintptr_t path) {
  return member(path, path, 0);
}

static const struct ddi_id R = {.path = 10, .exact = 10, .shape = 10};
static const struct ddi_id S = {.path = 20, .exact = 20, .shape = 20};
static const struct ddi_id MEMORY = {.path = 90, .exact = 90};
static const struct ddi_id OWNER = {.path = 70, .exact = 70, .tag = 3};

#define EVENT(...) (&(struct ddi_event){__VA_ARGS__})
#define ON(what, of, in) .op = what, .kind = of, .family = in, .object
#define RESOURCE(what) ON(what, DDI_ERESOURCE, DDI_EX)
#define PUSH_LOCK(what) ON(what, DDI_PUSH_LOCK, DDI_EX)

static void step(const struct ddi_event *event) { ddi_step(&state, event); }

static void thread(enum ddi_op op) {
  step(EVENT(.op = op, .level = ddi_any_level()));
}

static void raise_to(int level) {
  step(EVENT(.op = DDI_RAISE, .level = ddi_level_between(level, level)));
}

/* The old level goes to a variable, or stays in an object. */
static void raise_by(int level, uintptr_t value, uintptr_t keeper) {
  step(EVENT(.op = DDI_RAISE, .level = ddi_level_between(level, level),
             .value = value, .keeper = keeper));
}

static const struct ddi_event *lowers_to_value(uintptr_t value) {
  static struct ddi_event event;
  event = *EVENT(.op = DDI_LOWER, .value = value, .level = ddi_any_level());
  return &event;
}

static const struct ddi_event *lowers_to(int level) {
  static struct ddi_event event;
  event = *EVENT(.op = DDI_LOWER, .level = ddi_level_between(level, level));
  return &event;
}

static const struct ddi_event *lowers_what_is_kept(uintptr_t keeper) {
  static struct ddi_event event;
  event = *EVENT(.op = DDI_LOWER, .keeper = keeper, .level = ddi_any_level());
  return &event;
}

static void assert_level(int low, int high) {
  assert_int_equal(state.thread.irql.low, low);
  assert_int_equal(state.thread.irql.high, high);
}

static void start_between(int low, int high) {
  start(&(struct ddi_context){.irql = ddi_level_between(low, high),
                              .irql_if_asked = (int8_t)high,
                              .known = true});
}

static void raise_somewhere(void) {
  step(EVENT(.op = DDI_RAISE, .level = ddi_any_level()));
}

static ddi_fact_set facts(const struct ddi_event *event) {
  return ddi_facts(&state, event, NULL);
}

static ddi_fact_set thread_facts(void) { return facts(EVENT(.op = DDI_USE)); }

static ddi_fact_set facts_of(enum ddi_kind kind, struct ddi_id id) {
  return facts(EVENT(.op = DDI_USE, .kind = kind, .object = id));
}

static const struct ddi_object *listed(enum ddi_kind kind, uintptr_t path) {
  for (uint32_t i = 0; i < state.count; i++)
    if (state.objects[i].kind == kind && state.objects[i].id.path == path)
      return &state.objects[i];
  return NULL;
}

static void acquire(struct ddi_id id, enum ddi_mode mode) {
  step(EVENT(RESOURCE(DDI_ACQUIRE) = id, .mode = mode));
}

static void release(struct ddi_id id) {
  step(EVENT(RESOURCE(DDI_RELEASE) = id));
}

#define assert_has(set, bits) assert_int_equal((set) & (bits), (bits))
#define assert_has_none(set, bits) assert_int_equal((set) & (bits), 0)

/* The findings of the event, as text: rule and sentence, one a line. */
static const char *findings(const struct ddi_event *event, unsigned strictness) {
  static char text[4096];
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  unsigned count = ddi_check(&state, event, strictness, found);
  size_t at = 0;
  text[0] = '\0';
  for (unsigned i = 0; i < count; i++)
    at += (size_t)snprintf(text + at, sizeof text - at, "%s: %s\n",
                           found[i].rule->name, found[i].obligation->error);
  return text;
}

static void assert_breaks(const struct ddi_event *event, unsigned strictness,
                          const char *rule, const char *words) {
  const char *text = findings(event, strictness);
  const char *line = strstr(text, rule);
  const char *end = line ? strchr(line, '\n') : NULL;
  const char *said = line ? strstr(line, words) : NULL;
  if (!said || said > end)
    fail_msg("wanted %s: ...%s..., found:\n%s", rule, words, text);
}

static void assert_clean(const struct ddi_event *event, unsigned strictness) {
  assert_string_equal(findings(event, strictness), "");
}

static void assert_keeps(const struct ddi_event *event, unsigned strictness,
                         const char *rule) {
  const char *text = findings(event, strictness);
  if (strstr(text, rule))
    fail_msg("wanted nothing of %s, found:\n%s", rule, text);
}

static void report_and_step(const struct ddi_event *event) {
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  unsigned count = ddi_check(&state, event, DDI_DOCUMENTED, found);
  assert_true(count > 0);
  step(event);
  for (unsigned i = 0; i < count; i++)
    ddi_forgive(&state, &found[i]);
}

/* ---- Depths ---------------------------------------------------------------- */

static void an_entry_point_starts_outside(void **unused) {
  (void)unused;
  start_known();
  assert_has(thread_facts(),
             DDI_APCS_ENABLED | DDI_OUTSIDE_CRITICAL | DDI_OUTSIDE_GUARDED);
  assert_has_none(thread_facts(), DDI_MORE_CRITICAL | DDI_LESS_CRITICAL | DDI_ABOVE_APC_LEVEL);
}

static void enter_and_leave_nest(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_MORE_CRITICAL);
  assert_has_none(thread_facts(), DDI_OUTSIDE_CRITICAL | DDI_APCS_ENABLED);
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_OUTSIDE_CRITICAL | DDI_APCS_ENABLED);
  assert_has_none(thread_facts(), DDI_MORE_CRITICAL | DDI_LESS_CRITICAL);
}

static void one_leave_too_many_is_less(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_LESS_CRITICAL);
  assert_has_none(thread_facts(), DDI_MORE_CRITICAL);
}

static void the_regions_are_two_counters(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_has(thread_facts(), DDI_OUTSIDE_GUARDED | DDI_MORE_CRITICAL);
  thread(DDI_ENTER_GUARDED);
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_MORE_GUARDED |
                                 DDI_OUTSIDE_CRITICAL);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED);
  thread(DDI_LEAVE_GUARDED);
  thread(DDI_LEAVE_GUARDED);
  assert_has(thread_facts(), DDI_LESS_GUARDED);
}

static void an_unknown_entry_proves_nothing(void **unused) {
  (void)unused;
  start_unknown();
  assert_int_equal(thread_facts(), 0);
  thread(DDI_ENTER_CRITICAL);
  assert_int_equal(thread_facts(), DDI_MORE_CRITICAL);
}

static void a_system_thread_starts_inside(void **unused) {
  (void)unused;
  start(&(struct ddi_context){.known = true, .in_critical_region = true});
  assert_has_none(thread_facts(), DDI_OUTSIDE_CRITICAL | DDI_APCS_ENABLED |
                                      DDI_MORE_CRITICAL | DDI_LESS_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(),
             DDI_OUTSIDE_CRITICAL | DDI_APCS_ENABLED | DDI_LESS_CRITICAL);
}

static void a_role_may_not_know_its_region(void **unused) {
  (void)unused;
  start(&(struct ddi_context){.known = true, .region_unknown = true});
  assert_has_none(thread_facts(), DDI_OUTSIDE_CRITICAL | DDI_OUTSIDE_GUARDED |
                                      DDI_APCS_ENABLED);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void depths_have_no_end(void **unused) {
  (void)unused;
  enum { DEEP = DDI_MANY + 500 };
  start_known();
  for (int i = 0; i < DEEP; i++)
    thread(DDI_ENTER_CRITICAL);
  assert_has(thread_facts(), DDI_MORE_CRITICAL);
  for (int i = 0; i < DEEP - 1; i++)
    thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_MORE_CRITICAL);
  assert_has_none(thread_facts(), DDI_OUTSIDE_CRITICAL | DDI_APCS_ENABLED);
}

/* A leave that lets APCs in says that they are on for what the same function
   acquires next; it says nothing of what was there before. */
static void a_leave_is_believed_for_acquisitions(void **unused) {
  (void)unused;
  start_unknown();
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_OUTSIDE_CRITICAL);
  assert_has(facts(EVENT(RESOURCE(DDI_ACQUIRE) = R)), DDI_APCS_ENABLED);
  assert_has_none(facts(EVENT(RESOURCE(DDI_RELEASE) = R)), DDI_APCS_ENABLED);
  acquire(R, DDI_SHARED);
  assert_has(facts(EVENT(RESOURCE(DDI_RELEASE) = R)), DDI_APCS_ENABLED);
}

static void a_callback_believes_nothing(void **unused) {
  (void)unused;
  ddi_enter_function(&state, &(struct ddi_context){.is_callback = true});
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_has_none(facts(EVENT(RESOURCE(DDI_ACQUIRE) = R)), DDI_APCS_ENABLED);
}

static void an_inner_leave_is_not_believed(void **unused) {
  (void)unused;
  start_unknown();
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_has_none(facts(EVENT(RESOURCE(DDI_ACQUIRE) = R)), DDI_APCS_ENABLED);
}

/* ---- IRQL ------------------------------------------------------------------- */

static void apc_level_turns_apcs_off(void **unused) {
  (void)unused;
  start_known();
  raise_to(DDI_APC_LEVEL);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
  thread(DDI_LOWER);
  assert_has(thread_facts(), DDI_APCS_ENABLED);
}

static void raises_nest(void **unused) {
  (void)unused;
  start_known();
  raise_to(DDI_APC_LEVEL);
  raise_to(DDI_DISPATCH_LEVEL);
  assert_has(thread_facts(), DDI_ABOVE_APC_LEVEL);
  thread(DDI_LOWER);
  assert_has_none(thread_facts(), DDI_ABOVE_APC_LEVEL | DDI_APCS_ENABLED);
  thread(DDI_LOWER);
  assert_has(thread_facts(), DDI_APCS_ENABLED);
}

static void a_level_that_is_not_known_proves_nothing(void **unused) {
  (void)unused;
  start_known();
  raise_somewhere();
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  step(lowers_to_value(2)); /* what was kept was kept elsewhere */
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
  step(EVENT(.op = DDI_LOWER,
             .level = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL)));
  assert_has(thread_facts(), DDI_APCS_ENABLED);
}

static void more_raises_than_are_kept(void **unused) {
  (void)unused;
  start_known();
  for (int i = 0; i <= DDI_MAX_SAVED; i++)
    raise_to(i ? DDI_DISPATCH_LEVEL : DDI_APC_LEVEL);
  for (int i = 0; i < DDI_MAX_SAVED; i++)
    thread(DDI_LOWER);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
  thread(DDI_LOWER);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
}

static void a_role_may_run_up_to_a_level(void **unused) {
  (void)unused;
  start(&(struct ddi_context){
      .irql = {DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL}, .known = true});
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
  start(&(struct ddi_context){
      .irql = {DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL}, .known = true});
  assert_has(thread_facts(), DDI_ABOVE_APC_LEVEL);
}

/* ---- The level that comes back ---------------------------------------------- */

static void a_level_comes_back_by_its_value(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  raise_by(DDI_DISPATCH_LEVEL, 2, 0);
  assert_has_none(facts(lowers_to_value(2)), DDI_OTHER_LEVEL | DDI_NOT_RAISED);
  step(lowers_to_value(2));
  assert_level(DDI_APC_LEVEL, DDI_APC_LEVEL);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  assert_int_equal(state.thread.saved_count, 0);
}

static void a_level_comes_back_by_what_keeps_it(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 0, 11);
  raise_by(DDI_DISPATCH_LEVEL, 0, 12);
  step(lowers_what_is_kept(12));
  assert_level(DDI_APC_LEVEL, DDI_APC_LEVEL);
  step(lowers_what_is_kept(11));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void a_level_comes_back_by_its_number(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has_none(facts(lowers_to(DDI_PASSIVE_LEVEL)), DDI_OTHER_LEVEL);
  step(lowers_to(DDI_PASSIVE_LEVEL));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  assert_int_equal(state.thread.saved_count, 0);
}

/* Two spin locks: the outer level is given back first, the inner one later. */
static void an_earlier_level_that_comes_back_is_another(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  raise_by(DDI_DISPATCH_LEVEL, 2, 0);
  assert_has(facts(lowers_to_value(1)), DDI_OTHER_LEVEL);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  assert_int_equal(state.thread.saved_count, 1);
  step(lowers_to_value(2));
  assert_level(DDI_APC_LEVEL, DDI_APC_LEVEL);
}

/* Of equal levels it does not matter which comes back. */
static void equal_levels_are_not_told_apart(void **unused) {
  (void)unused;
  start_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  raise_by(DDI_DISPATCH_LEVEL, 2, 0);
  assert_has_none(facts(lowers_to_value(1)), DDI_OTHER_LEVEL);
}

/* Lock A, lock B, release A with B's level, release B with A's: the level stays
   until both are free. */
static void locks_are_released_hand_over_hand(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 11);
  raise_by(DDI_DISPATCH_LEVEL, 2, 12);
  const struct ddi_event first = {.op = DDI_LOWER, .value = 2, .keeper = 11,
                                  .level = ddi_any_level()};
  const struct ddi_event second = {.op = DDI_LOWER, .value = 1, .keeper = 12,
                                   .level = ddi_any_level()};
  assert_has_none(facts(&first), DDI_OTHER_LEVEL);
  step(&first);
  assert_level(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has_none(facts(&second), DDI_OTHER_LEVEL);
  step(&second);
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  assert_has_none(facts(EVENT(.op = DDI_EXIT)), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
}

static void an_inner_lock_takes_its_own_level(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 11);
  raise_by(DDI_DISPATCH_LEVEL, 2, 12);
  assert_has(facts(EVENT(.op = DDI_LOWER, .value = 1, .keeper = 12,
                         .level = ddi_any_level())),
             DDI_OTHER_LEVEL);
}

static void a_value_that_nobody_saved_brings_back_who_knows_what(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has_none(facts(lowers_to_value(9)), DDI_OTHER_LEVEL | DDI_NOT_RAISED);
  step(lowers_to_value(9));
  assert_level(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_true(state.thread.saved_unknown);
  assert_has_none(facts(EVENT(.op = DDI_EXIT)), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
}

/* A lower never raises. */
static void a_lower_ends_no_higher(void **unused) {
  (void)unused;
  start_known();
  step(lowers_to_value(9));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void lower_and_raise_in_the_wrong_direction(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  assert_has(facts(lowers_to(DDI_DISPATCH_LEVEL)), DDI_LOWERS_UP);
  assert_has_none(facts(lowers_to(DDI_APC_LEVEL)), DDI_LOWERS_UP);
  raise_by(DDI_DISPATCH_LEVEL, 2, 0);
  const struct ddi_event raise = {
      .op = DDI_RAISE, .level = ddi_level_between(DDI_APC_LEVEL, DDI_APC_LEVEL)};
  assert_has(facts(&raise), DDI_RAISES_DOWN);
  assert_has_none(facts(EVENT(.op = DDI_RAISE, .level = ddi_any_level())),
                  DDI_RAISES_DOWN);
}

static void what_was_not_raised_is_not_lowered(void **unused) {
  (void)unused;
  start_known();
  assert_has(facts(lowers_to_value(1)), DDI_NOT_RAISED);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has_none(facts(lowers_to_value(1)), DDI_NOT_RAISED);
  step(lowers_to_value(1));
  assert_has(facts(lowers_to_value(1)), DDI_NOT_RAISED);
  /* An object may have been locked by others, a caller may have raised. */
  assert_has_none(facts(lowers_what_is_kept(11)), DDI_NOT_RAISED);
  start_unknown();
  assert_has_none(facts(lowers_to_value(1)), DDI_NOT_RAISED);
  start(&(struct ddi_context){.irql = {.assumed = 1}, .known = true});
  assert_has_none(facts(lowers_to_value(1)), DDI_NOT_RAISED);
}

static void a_raise_to_an_unknown_level_is_no_lower(void **unused) {
  (void)unused;
  start_between(DDI_APC_LEVEL, DDI_APC_LEVEL);
  raise_somewhere();
  assert_level(DDI_APC_LEVEL, DDI_HIGH_LEVEL);
}

/* What falls off the stack of saved levels is not known to be there. */
static void more_levels_than_are_saved(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  for (uintptr_t i = 2; i <= DDI_MAX_SAVED + 1; i++)
    raise_by(DDI_DISPATCH_LEVEL, i, 0);
  assert_int_equal(state.thread.saved_count, DDI_MAX_SAVED);
  assert_true(state.thread.saved_unknown);
  for (uintptr_t i = DDI_MAX_SAVED + 1; i >= 2; i--)
    step(lowers_to_value(i));
  assert_level(DDI_APC_LEVEL, DDI_APC_LEVEL);
  assert_has_none(facts(lowers_to_value(1)), DDI_NOT_RAISED | DDI_OTHER_LEVEL);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_APC_LEVEL);
  assert_has_none(facts(EVENT(.op = DDI_EXIT)), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
}

/* A cancel routine gives back a lock that it did not acquire. */
static void a_cancel_routine_has_a_level_to_give_back(void **unused) {
  (void)unused;
  start(&(struct ddi_context){
      .irql = {DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL},
      .irql_if_asked = DDI_DISPATCH_LEVEL,
      .held = ddi_cancel_lock,
      .known = true});
  assert_has_none(facts(lowers_to_value(1)), DDI_NOT_RAISED | DDI_OTHER_LEVEL);
  assert_has_none(facts(EVENT(.op = DDI_EXIT)), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has_none(thread_facts(), DDI_ABOVE_APC_LEVEL | DDI_APCS_ENABLED);
  assert_has_none(facts(EVENT(.op = DDI_EXIT)), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
}

/* ---- A signal, and the wait behind it ---------------------------------------- */

static void a_signal_with_wait_stays_raised_until_the_wait(void **unused) {
  (void)unused;
  start_known();
  assert_has_none(thread_facts(), DDI_MUST_WAIT);
  thread(DDI_WAIT); /* without a signal before: changes nothing */
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  thread(DDI_SIGNAL_WAIT);
  assert_has(thread_facts(), DDI_MUST_WAIT | DDI_ABOVE_APC_LEVEL);
  thread(DDI_WAIT);
  assert_has_none(thread_facts(), DDI_MUST_WAIT | DDI_ABOVE_APC_LEVEL);
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void a_wait_brings_back_the_level_before_the_signal(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  thread(DDI_SIGNAL_WAIT);
  thread(DDI_WAIT);
  assert_level(DDI_APC_LEVEL, DDI_APC_LEVEL);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

/* ---- The level at the end ------------------------------------------------------ */

static ddi_fact_set exit_facts(void) { return facts(EVENT(.op = DDI_EXIT)); }

static void a_raise_is_taken_back_before_the_end(void **unused) {
  (void)unused;
  start_known();
  assert_has_none(exit_facts(), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has(exit_facts(), DDI_IRQL_RAISED);
  step(lowers_to_value(1));
  assert_has_none(exit_facts(), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
  start_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has(exit_facts(), DDI_IRQL_RAISED);
  start_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has_none(exit_facts(), DDI_IRQL_RAISED); /* to where it stood */
}

static void a_routine_ends_no_lower(void **unused) {
  (void)unused;
  start_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  step(lowers_to(DDI_PASSIVE_LEVEL));
  assert_has(exit_facts(), DDI_IRQL_LOWERED);
  start_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  step(lowers_to(DDI_PASSIVE_LEVEL));
  assert_has_none(exit_facts(), DDI_IRQL_LOWERED);
}

static void of_an_unknown_level_no_end_is_wrong(void **unused) {
  (void)unused;
  start_unknown();
  step(lowers_to_value(1));
  assert_has_none(exit_facts(), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_RAISE | DDI_LOWER});
  assert_has_none(exit_facts(), DDI_IRQL_RAISED | DDI_IRQL_LOWERED);
}

/* ---- The level at a call -------------------------------------------------------- */

static const struct ddi_event *calls(const char *name, int low, int high) {
  static struct ddi_event event;
  event = *EVENT(.op = DDI_CALL, .call = name,
                 .bound = ddi_level_between(low, high));
  return &event;
}

static void a_level_is_too_high_or_too_low(void **unused) {
  (void)unused;
  const ddi_fact_set both = DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW;
  start_between(DDI_APC_LEVEL, DDI_APC_LEVEL);
  assert_has(facts(calls("f", 0, 0)), DDI_IRQL_TOO_HIGH);
  assert_has_none(facts(calls("f", 0, DDI_APC_LEVEL)), both);
  assert_has_none(facts(calls("f", DDI_APC_LEVEL, DDI_APC_LEVEL)), both);
  assert_has(facts(calls("f", DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL)),
             DDI_IRQL_TOO_LOW);
  start_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has_none(facts(calls("f", 0, 0)), both);
  assert_has_none(facts(calls("f", DDI_DISPATCH_LEVEL, DDI_HIGH_LEVEL)), both);
  assert_has(facts(calls("f", DDI_DIRQL, DDI_HIGH_LEVEL)), DDI_IRQL_TOO_LOW);
}

/* An assumed level is the lowest there can be: nothing is too low for sure. */
static void an_assumed_level_is_never_too_low(void **unused) {
  (void)unused;
  start(&(struct ddi_context){.irql = {.assumed = 1}, .known = true});
  assert_has_none(facts(calls("f", DDI_DISPATCH_LEVEL, DDI_HIGH_LEVEL)),
                  DDI_IRQL_TOO_LOW);
  raise_by(DDI_APC_LEVEL, 1, 0);
  assert_has(facts(calls("f", DDI_DISPATCH_LEVEL, DDI_HIGH_LEVEL)),
             DDI_IRQL_TOO_LOW);
  assert_has(facts(calls("f", 0, 0)), DDI_IRQL_TOO_HIGH);
  step(lowers_to_value(1));
  assert_has_none(facts(calls("f", DDI_DISPATCH_LEVEL, DDI_HIGH_LEVEL)),
                  DDI_IRQL_TOO_LOW);
}

static void a_role_whose_level_varies_is_known_as_such(void **unused) {
  (void)unused;
  start_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has(thread_facts(), DDI_ENTRY_VARIES);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has(thread_facts(), DDI_ENTRY_VARIES);
  start_known();
  assert_has_none(thread_facts(), DDI_ENTRY_VARIES);
  start_unknown();
  assert_has_none(thread_facts(), DDI_ENTRY_VARIES);
}

static void special_apcs_are_off_in_a_guarded_region_and_at_apc_level(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_has_none(thread_facts(), DDI_SPECIAL_APCS_DISABLED);
  thread(DDI_ENTER_GUARDED);
  assert_has(thread_facts(), DDI_SPECIAL_APCS_DISABLED);
  thread(DDI_LEAVE_GUARDED);
  assert_has_none(thread_facts(), DDI_SPECIAL_APCS_DISABLED);
  raise_to(DDI_APC_LEVEL);
  assert_has(thread_facts(), DDI_SPECIAL_APCS_DISABLED);
}

/* A routine that a rule lists is found by that rule, any other by the one that is
   for the rest: never by both. */
static void a_wrong_level_goes_by_one_name(void **unused) {
  (void)unused;
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_int_equal(ddi_check(&state, calls("ZwClose", 0, 0), 0, found), 1);
  assert_string_equal(found[0].rule->name, "wdm.IrqlZwPassive");
  assert_int_equal(found[0].obligation->alias, 28121);
  assert_int_equal(ddi_check(&state, calls("NoSuchRoutine", 0, 0), 0, found), 1);
  assert_string_equal(found[0].rule->name, "wdm.IrqlTooHigh");
  assert_breaks(calls("NoSuchRoutine", DDI_DIRQL, DDI_HIGH_LEVEL), 0,
                "wdm.IrqlTooLow", "%b");
  assert_clean(calls("ZwClose", 0, DDI_DISPATCH_LEVEL), ALL_STRICTNESS);
}

/* Two rules may list a routine, and a macro may have its name. */
static void the_more_particular_rule_tells(void **unused) {
  (void)unused;
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_int_equal(
      ddi_check(&state, calls("WdfUsbTargetDeviceCreate", 0, 0), 0, found), 1);
  assert_string_equal(found[0].rule->name, "kmdf.UsbKmdfIrql");
  assert_int_equal(ddi_check(&state, calls("IoCreateSymbolicLink", 0, 0), 0, found),
                   1);
  struct ddi_event by_macro = *calls("KfNoSuchRoutine", 0, 0);
  by_macro.written = "ZwClose";
  assert_int_equal(ddi_check(&state, &by_macro, 0, found), 1);
  assert_string_equal(found[0].rule->name, "wdm.IrqlZwPassive");
}

static void a_miniport_has_its_own_names(void **unused) {
  (void)unused;
  struct ddi_event call = *calls("KeReleaseSpinLock", DDI_DISPATCH_LEVEL,
                                 DDI_DISPATCH_LEVEL);
  start_known();
  assert_breaks(&call, 0, "wdm.IrqlKeReleaseSpinLock", "%b");
  assert_keeps(&call, 0, "storport");
  call.facts = DDI_VIRTUAL_MINIPORT;
  assert_breaks(&call, 0, "storport.IrqlKeReleaseSpinLock", "%b");
  assert_keeps(&call, 0, "wdm");
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  const struct ddi_event *exit = EVENT(.op = DDI_EXIT, .facts = call.facts);
  assert_breaks(exit, 0, "storport.SpChangeIrql", "not restored");
  assert_keeps(exit, 0, "wdm");
}

static void a_role_that_varies_has_its_own_name(void **unused) {
  (void)unused;
  const struct ddi_event *call = calls("WdfDeviceCreate", 0, 0);
  start_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  assert_breaks(call, 0, "kmdf.KmdfIrql:", "%b");
  assert_keeps(call, 0, "kmdf.KmdfIrql2");
  start_between(DDI_APC_LEVEL, DDI_DISPATCH_LEVEL);
  assert_breaks(call, 0, "kmdf.KmdfIrql2:", "%b");
  assert_keeps(call, 0, "kmdf.KmdfIrql:");
}

static const char *rule_of_free(enum ddi_family family, int level, int max) {
  start_between(level, level);
  if (family)
    step(EVENT(.op = DDI_ALLOCATE, .kind = DDI_STORAGE, .object = MEMORY,
               .family = family));
  static struct ddi_violation found[DDI_MAX_VIOLATIONS];
  struct ddi_event frees = *calls("ExFreePoolWithTag", 0, max);
  frees.kind = DDI_STORAGE;
  frees.object = MEMORY;
  unsigned count = ddi_check(&state, &frees, 0, found);
  assert_true(count <= 1);
  return count ? found[0].rule->name : "";
}

static void a_free_is_judged_by_its_allocation(void **unused) {
  (void)unused;
  assert_string_equal(rule_of_free(DDI_WITH_TAG, 2, 1), "wdm.IrqlExFree1");
  assert_string_equal(rule_of_free(DDI_WITH_PRIORITY, 2, 1), "wdm.IrqlExFree2");
  assert_string_equal(rule_of_free(DDI_ANY_FAMILY, 3, 2), "wdm.IrqlExFree3");
  assert_string_equal(rule_of_free(DDI_WITH_TAG, 2, 2), "");
}

static void who_waits_for_a_special_apc(void **unused) {
  (void)unused;
  const char *rule = "wdm.SpecialKernelApcs";
  struct ddi_event reads = *calls("ZwReadFile", 0, 0);
  reads.facts = DDI_NEEDS_SPECIAL_APCS;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_clean(&reads, ALL_STRICTNESS);
  thread(DDI_ENTER_GUARDED);
  assert_breaks(&reads, 0, rule, "waits for one");
  report_and_step(&reads);
  assert_clean(&reads, ALL_STRICTNESS);
  thread(DDI_LEAVE_GUARDED);
  assert_clean(EVENT(.op = DDI_LEAVE_GUARDED), DDI_DOCUMENTED);
  start_known();
  raise_by(DDI_APC_LEVEL, 1, 0);
  assert_keeps(&reads, 0, rule); /* the level is what is wrong */
}

static void a_wrong_level_is_told_once(void **unused) {
  (void)unused;
  start_known();
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  report_and_step(calls("ZwClose", 0, 0));
  assert_clean(calls("ZwClose", 0, 0), ALL_STRICTNESS);
  step(lowers_to_value(1)); /* what was saved before is no part of it */
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void levels_that_are_raised_and_lowered(void **unused) {
  (void)unused;
  const char *rule = "wdm.IrqlKeRaiseLower:";
  struct ddi_event lower = {.op = DDI_LOWER, .call = "KeLowerIrql", .value = 1,
                            .level = ddi_any_level()};
  start_known();
  assert_breaks(&lower, 0, rule, "not raised");
  raise_by(DDI_APC_LEVEL, 1, 0);
  raise_by(DDI_DISPATCH_LEVEL, 2, 0);
  assert_breaks(&lower, 0, "wdm.IrqlKeRaiseLower2", "earlier raise");
  lower.value = 2;
  assert_clean(&lower, ALL_STRICTNESS);
  lower.facts = DDI_LITERAL_LEVEL;
  assert_clean(&lower, DDI_SDV);
  assert_breaks(&lower, DDI_STRICT, "wdm.IrqlKeRaiseLower2", "constant");
  assert_breaks(EVENT(.op = DDI_RAISE, .call = "KfRaiseIrql",
                      .level = ddi_level_between(0, 0)),
                0, rule, "below the current");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, "wdm.IrqlReturn", "not restored");
  lower.call = "KeReleaseSpinLock";
  lower.value = 1;
  lower.facts = 0;
  assert_breaks(&lower, 0, "wdm.IrqlKeReleaseSpinLock", "another acquire");
  assert_keeps(&lower, 0, "wdm.IrqlKeRaiseLower");
}

static void between_a_signal_and_its_wait(void **unused) {
  (void)unused;
  const char *rule = "wdm.IrqlKeSetEvent";
  start_known();
  assert_keeps(EVENT(.op = DDI_EXIT), 0, rule);
  thread(DDI_SIGNAL_WAIT);
  assert_breaks(calls("ZwClose", 0, 0), 0, rule, "between a signal");
  assert_keeps(calls("ZwClose", 0, 0), 0, "wdm.IrqlZwPassive");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "without the wait");
  struct ddi_event wait = *calls("KeWaitForSingleObject", 0, DDI_APC_LEVEL);
  wait.facts = DDI_IS_WAIT;
  assert_clean(&wait, ALL_STRICTNESS);
}

/* ---- Unknown is never wrong -------------------------------------------------- */

/* Every event there can be, in a state of which nothing is known. */
static void nothing_known_breaks_nothing(void **unused) {
  (void)unused;
  for (unsigned op = 1; op <= DDI_RUN_PAGED; op <<= 1)
    for (int kind = DDI_NO_OBJECT; kind < DDI_KINDS; kind++)
      for (int mode = DDI_ANY_MODE; mode <= DDI_EXCLUSIVE; mode++)
        for (int family = DDI_ANY_FAMILY; family <= DDI_FLT; family++)
          for (int named = 0; named < 2; named++) {
            start_unknown();
            const struct ddi_event *event =
                EVENT(.op = (enum ddi_op)op, .kind = (enum ddi_kind)kind,
                      .mode = (enum ddi_mode)mode,
                      .family = (enum ddi_family)family,
                      .object = named ? R : (struct ddi_id){0},
                      .level = ddi_any_level(), .bound = ddi_any_level());
            /* what a leave lets in is a belief, see above */
            assert_int_equal(facts(event) & ~DDI_ENABLES_APCS, 0);
            assert_clean(event, ALL_STRICTNESS);
          }
}

static void what_was_forgotten_breaks_nothing(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  thread(DDI_ENTER_CRITICAL);
  ddi_havoc(&state, &(struct ddi_reach){.ops = ~0u, .kinds = ~0u});
  assert_int_equal(thread_facts(), 0);
  assert_int_equal(facts_of(DDI_ERESOURCE, R), 0);
  assert_int_equal(facts_of(DDI_ERESOURCE, S), 0);
  assert_clean(EVENT(RESOURCE(DDI_RELEASE) = S), ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_LEAVE_CRITICAL), ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
}

/*
 * A walk of the core beside the machine itself: the real depths, modes and lives
 * are drawn by lot and hidden, legal events are drawn by lot, and every fact that
 * the core proves must be so.  Beliefs are no proofs and are left out.
 */
struct machine {
  int critical, guarded, critical_at_entry, guarded_at_entry;
  int exclusive[2], shared[2];
  enum ddi_life life[2];
};

static unsigned seed;

static unsigned lot(unsigned bound) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % bound;
}

static ddi_fact_set truths(const struct machine *real, int i) {
  int critical = real->critical - real->critical_at_entry;
  int guarded = real->guarded - real->guarded_at_entry;
  bool is_held = real->exclusive[i] || real->shared[i];
  ddi_fact_set set = real->guarded ? DDI_SPECIAL_APCS_DISABLED : 0;
  if (!real->critical && !real->guarded)
    set |= DDI_APCS_ENABLED;
  set |= real->critical ? 0 : DDI_OUTSIDE_CRITICAL;
  set |= real->guarded ? 0 : DDI_OUTSIDE_GUARDED;
  set |= critical > 0 ? DDI_MORE_CRITICAL : critical < 0 ? DDI_LESS_CRITICAL : 0;
  set |= guarded > 0 ? DDI_MORE_GUARDED : guarded < 0 ? DDI_LESS_GUARDED : 0;
  set |= is_held ? DDI_HELD : DDI_NOT_HELD;
  set |= DDI_NO_SPIN_LOCK | DDI_ENTERED_FREE;
  set |= real->exclusive[i] ? DDI_HELD_EXCLUSIVE
         : real->shared[i]  ? DDI_HELD_SHARED
                            : 0;
  if (real->life[i] == DDI_LIFE_INITIALIZED)
    set |= DDI_INITIALIZED;
  if (real->life[i] == DDI_LIFE_DELETED)
    set |= DDI_DELETED;
  return set;
}

/* Makes the event happen in the machine if that is legal there. */
static bool really_happens(struct machine *real, enum ddi_op op,
                           enum ddi_mode mode, int i) {
  int *exclusive = &real->exclusive[i], *shared = &real->shared[i];
  bool is_held = *exclusive || *shared;
  switch (op) {
  case DDI_ENTER_CRITICAL:
    real->critical++;
    return true;
  case DDI_LEAVE_CRITICAL:
    return real->critical > 0 && real->critical-- > 0;
  case DDI_ENTER_GUARDED:
    real->guarded++;
    return true;
  case DDI_LEAVE_GUARDED:
    return real->guarded > 0 && real->guarded-- > 0;
  case DDI_ACQUIRE:
    if (mode == DDI_EXCLUSIVE && *shared && !*exclusive)
      return false;
    ++*(mode == DDI_EXCLUSIVE || *exclusive ? exclusive : shared);
    return true;
  case DDI_RELEASE:
    if (is_held)
      --*(*exclusive ? exclusive : shared);
    return is_held;
  case DDI_CONVERT:
    if (mode == DDI_EXCLUSIVE ? !*shared || *exclusive : !*exclusive)
      return false;
    if (mode == DDI_EXCLUSIVE)
      *exclusive = *shared, *shared = 0;
    else
      *shared = *exclusive, *exclusive = 0;
    return true;
  case DDI_INIT:
  case DDI_DELETE:
    if (is_held)
      return false;
    real->life[i] = op == DDI_INIT ? DDI_LIFE_INITIALIZED : DDI_LIFE_DELETED;
    return true;
  default:
    return false;
  }
}

static void walk(struct machine *real) {
  static const enum ddi_op ops[] = {
      DDI_ENTER_CRITICAL, DDI_LEAVE_CRITICAL, DDI_ENTER_GUARDED,
      DDI_LEAVE_GUARDED,  DDI_ACQUIRE,        DDI_RELEASE,
      DDI_CONVERT,        DDI_INIT,           DDI_DELETE};
  const struct ddi_id ids[] = {R, S};
  for (int steps = 0; steps < 40; steps++) {
    enum ddi_op op = ops[lot(sizeof ops / sizeof *ops)];
    enum ddi_mode mode = lot(2) ? DDI_SHARED : DDI_EXCLUSIVE;
    int i = (int)lot(2);
    if (!really_happens(real, op, mode, i))
      continue;
    bool is_thread = op <= DDI_LEAVE_GUARDED;
    step(is_thread ? EVENT(.op = op)
                   : EVENT(RESOURCE(op) = ids[i], .mode = mode));
    for (int j = 0; j < 2 && !state.thread.believed; j++) {
      ddi_fact_set proven = facts_of(DDI_ERESOURCE, ids[j]);
      ddi_fact_set wrong = proven & ~truths(real, j);
      if (wrong)
        fail_msg("after event %#x on object %d: %#llx proven of object %d, but "
                 "not so",
                 op, i, (unsigned long long)wrong, j);
    }
  }
}

static void what_is_proven_is_so_at_a_known_entry(void **unused) {
  (void)unused;
  for (seed = 1; seed < 4000; seed += 2) {
    struct machine real = {0};
    bool is_system_thread = lot(2);
    real.critical = real.critical_at_entry = is_system_thread;
    start(&(struct ddi_context){.known = true,
                                .in_critical_region = is_system_thread});
    walk(&real);
  }
}

/* Locks the caller holds are left out: that they are acquired again here, and
   released once more than that, is taken for a mistake. */
static void what_is_proven_is_so_at_an_unknown_entry(void **unused) {
  (void)unused;
  for (seed = 1; seed < 4000; seed += 2) {
    struct machine real = {0};
    real.critical = real.critical_at_entry = (int)lot(3);
    real.guarded = real.guarded_at_entry = (int)lot(3);
    start_unknown();
    walk(&real);
  }
}

/* ---- Objects ------------------------------------------------------------------ */

static void what_is_not_listed_is_not_held(void **unused) {
  (void)unused;
  start_known();
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  start_unknown();
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void acquire_and_release(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_HELD_EXCLUSIVE);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_NOT_HELD);
  assert_has(facts_of(DDI_PUSH_LOCK, R), DDI_NOT_HELD);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  acquire(R, DDI_SHARED);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_HELD_SHARED);
}

static void acquisitions_are_counted(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  acquire(R, DDI_SHARED);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_HELD_SHARED);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void shared_upon_exclusive_stays_exclusive(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  acquire(R, DDI_SHARED);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_EXCLUSIVE);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_EXCLUSIVE);
}

static void convert_makes_shared(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  step(EVENT(RESOURCE(DDI_CONVERT) = R));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_HELD_SHARED);
  step(EVENT(RESOURCE(DDI_CONVERT) = S)); /* of nothing: makes nothing */
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_NOT_HELD);
}

static void convert_makes_exclusive(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  step(EVENT(RESOURCE(DDI_CONVERT) = R, .mode = DDI_EXCLUSIVE));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_HELD_EXCLUSIVE);
  step(EVENT(RESOURCE(DDI_CONVERT) = S, .mode = DDI_EXCLUSIVE));
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_NOT_HELD);
}

#define SPIN_LOCK(what) ON(what, DDI_SPIN_LOCK, DDI_KE)

/* KeAcquireSpinLockAtDpcLevel, and then KeReleaseSpinLock. */
static void crossed_forms_need_a_raise(void **unused) {
  (void)unused;
  start_known();
  const struct ddi_event *lowers =
      EVENT(SPIN_LOCK(DDI_RELEASE) = R, .form = DDI_RAISING);
  step(EVENT(SPIN_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE,
             .form = DDI_AT_DPC));
  assert_has(facts(lowers), DDI_OTHER_FORM);
  assert_has_none(facts(lowers), DDI_HAND_OVER_HAND);
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  assert_has(facts(lowers), DDI_OTHER_FORM | DDI_HAND_OVER_HAND);
}

/* A helper that drops its caller's lock for a while. */
static void what_was_held_before_is_taken_again(void **unused) {
  (void)unused;
  start_unknown();
  step(EVENT(RESOURCE(DDI_ASSUME_HELD) = R));
  release(R);
  acquire(R, DDI_EXCLUSIVE);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_EXCLUSIVE);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD);
  release(R);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void how_it_was_transferred_is_known(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(.op = DDI_TRANSFER, .kind = DDI_IRP, .object = R,
             .form = DDI_INTERLOCKED));
  step(EVENT(.op = DDI_TRANSFER, .kind = DDI_IRP, .object = S));
  assert_has(facts_of(DDI_IRP, R), DDI_TRANSFERRED | DDI_BY_INTERLOCKED);
  assert_has(facts_of(DDI_IRP, S), DDI_TRANSFERRED);
  assert_has_none(facts_of(DDI_IRP, S), DDI_BY_INTERLOCKED);
}

static void transfer_gives_away(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  step(EVENT(RESOURCE(DDI_TRANSFER) = R, .owner = OWNER));
  ddi_fact_set now = facts_of(DDI_ERESOURCE, R);
  assert_has(now, DDI_TRANSFERRED);
  assert_has_none(now, DDI_HELD | DDI_HELD_EXCLUSIVE | DDI_NOT_HELD);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
  step(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .owner = OWNER,
             .facts = DDI_OTHER_THREAD));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void release_for_oneself_is_a_release(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  step(EVENT(RESOURCE(DDI_RELEASE_FOR) = R));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void release_for_another_leaves_doubt(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  step(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .facts = DDI_OTHER_THREAD));
  assert_has_none(facts_of(DDI_ERESOURCE, R),
                  DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE | DDI_NOT_HELD);
}

static void init_reinit_and_delete(void **unused) {
  (void)unused;
  start_unknown();
  step(EVENT(RESOURCE(DDI_INIT) = R));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED | DDI_NOT_HELD);
  acquire(R, DDI_SHARED);
  step(EVENT(RESOURCE(DDI_REINIT) = R));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED | DDI_NOT_HELD);
  step(EVENT(RESOURCE(DDI_DELETE) = R));
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_DELETED);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
}

static void allocate_memory(ddi_fact_set how) {
  step(EVENT(.op = DDI_ALLOCATE, .kind = DDI_STORAGE, .object = MEMORY,
             .facts = how));
}

static const struct ddi_event *use_in_memory(void) {
  static struct ddi_event event;
  event = *EVENT(RESOURCE(DDI_USE) = R, .storage = MEMORY);
  return &event;
}

static void fresh_memory_is_not_initialised(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(0);
  assert_has(facts(use_in_memory()), DDI_UNINITIALIZED);
  assert_has_none(facts(use_in_memory()), DDI_ZEROED | DDI_PAGED);
  step(EVENT(RESOURCE(DDI_INIT) = R, .storage = MEMORY));
  assert_has(facts(use_in_memory()), DDI_INITIALIZED);
  assert_has_none(facts(use_in_memory()), DDI_UNINITIALIZED);
}

static void zeroed_and_paged_memory(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(DDI_ZEROED | DDI_PAGED);
  assert_has(facts(use_in_memory()), DDI_ZEROED | DDI_PAGED);
  allocate_memory(0);
  step(EVENT(.op = DDI_ZERO, .kind = DDI_STORAGE, .object = MEMORY));
  assert_has(facts(use_in_memory()), DDI_ZEROED);
  assert_has_none(facts(use_in_memory()), DDI_UNINITIALIZED);
}

static void escaped_memory_may_be_initialised(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(0);
  ddi_escape(&state, MEMORY.path);
  assert_has_none(facts(use_in_memory()), DDI_UNINITIALIZED | DDI_ZEROED);
}

static void an_escape_keeps_what_was_initialised(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(0);
  step(EVENT(RESOURCE(DDI_INIT) = R, .storage = MEMORY));
  ddi_escape(&state, MEMORY.path);
  assert_has(facts(use_in_memory()), DDI_INITIALIZED);
}

static void freed_memory_holds_nothing(void **unused) {
  (void)unused;
  static const enum ddi_op ends[] = {DDI_FREE, DDI_SCOPE_END};
  for (int i = 0; i < 2; i++) {
    start_known();
    allocate_memory(0);
    step(EVENT(RESOURCE(DDI_INIT) = R, .storage = MEMORY));
    step(EVENT(.op = ends[i], .kind = DDI_STORAGE, .object = MEMORY));
    assert_has_none(facts(use_in_memory()), DDI_INITIALIZED | DDI_NOT_HELD);
    bool is_freed = ends[i] == DDI_FREE;
    const struct ddi_object *memory = listed(DDI_STORAGE, MEMORY.path);
    assert_int_equal(memory != NULL, is_freed);
    assert_true(!is_freed || memory->life == DDI_LIFE_DELETED);
  }
}

/* free() of a pointer that cannot be named ends no storage that is known. */
static void freeing_what_has_no_name_changes_nothing(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(RESOURCE(DDI_INIT) = R)); /* its storage has no name either */
  const struct ddi_event *end = EVENT(.op = DDI_FREE, .kind = DDI_STORAGE);
  assert_clean(end, ALL_STRICTNESS);
  step(end);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
}

static void objects_are_ordered(void **unused) {
  (void)unused;
  static const uintptr_t paths[] = {5, 3, 9, 1, 7};
  start_known();
  for (int i = 0; i < 5; i++) {
    acquire(global(paths[i]), DDI_SHARED);
    step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = global(paths[i]), .mode = DDI_SHARED));
  }
  assert_int_equal(state.count, 10);
  for (uint32_t i = 1; i < state.count; i++) {
    const struct ddi_object *a = &state.objects[i - 1], *b = a + 1;
    assert_true(a->kind < b->kind ||
                (a->kind == b->kind && a->id.path < b->id.path));
  }
}

/* Equal knowledge is equal bytes, whatever the order it came in. */
static void equal_states_are_equal_bytes(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  acquire(S, DDI_EXCLUSIVE);
  struct ddi_state first = state;
  start_known();
  acquire(S, DDI_EXCLUSIVE);
  acquire(R, DDI_SHARED);
  assert_memory_equal(&first, &state, sizeof state);
  raise_to(DDI_APC_LEVEL);
  thread(DDI_LOWER);
  assert_memory_equal(&first, &state, sizeof state);
}

static void what_has_no_room_is_unknown(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  for (uintptr_t i = 1; i <= DDI_MAX_OBJECTS; i++)
    acquire(global(i), DDI_SHARED);
  assert_int_equal(state.count, DDI_MAX_OBJECTS);
  struct ddi_id last = global(1000);
  acquire(last, DDI_EXCLUSIVE);
  assert_int_equal(state.count, DDI_MAX_OBJECTS);
  assert_has_none(facts_of(DDI_ERESOURCE, last), DDI_HELD | DDI_NOT_HELD);
  assert_clean(EVENT(RESOURCE(DDI_RELEASE) = global(1001)), ALL_STRICTNESS);
  assert_has(facts_of(DDI_PUSH_LOCK, last), DDI_NOT_HELD);
  for (enum ddi_op op = DDI_ACQUIRE; op <= DDI_USE; op <<= 1)
    step(EVENT(RESOURCE(op) = last, .storage = MEMORY));
  ddi_learn(&state, DDI_IS_HELD, EVENT(RESOURCE(DDI_USE) = last), true);
  assert_true(state.count <= DDI_MAX_OBJECTS);
  release(global(5));
  assert_has(facts_of(DDI_ERESOURCE, global(5)), DDI_NOT_HELD);
}

/* ---- One object, two names --------------------------------------------------- */

static void the_same_place_may_be_another_object(void **unused) {
  (void)unused;
  start_known();
  acquire(member(10, 1, 4), DDI_EXCLUSIVE); /* p->Lock, then p = p->Next */
  assert_int_equal(facts_of(DDI_ERESOURCE, member(10, 2, 4)) &
                       (DDI_HELD | DDI_HELD_EXCLUSIVE | DDI_NOT_HELD),
                   0);
}

/* p->Lock is held for the p of before; the p of now is acquired and released. */
static void a_list_is_locked_hand_over_hand(void **unused) {
  (void)unused;
  struct ddi_id before = member(10, 1, 4), now = member(10, 2, 4);
  start_known();
  acquire(before, DDI_EXCLUSIVE);
  acquire(now, DDI_EXCLUSIVE);
  release(now);
  assert_has_none(facts_of(DDI_ERESOURCE, now), DDI_HELD | DDI_HELD_EXCLUSIVE);
  acquire(now, DDI_EXCLUSIVE);
  release(now);
  release(before);
  assert_has_none(facts_of(DDI_ERESOURCE, before), DDI_HELD);
}

static void a_bare_pointer_may_be_anything(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  assert_has_none(facts_of(DDI_ERESOURCE, bare_pointer(50)), DDI_NOT_HELD);
  release(bare_pointer(50));
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_NOT_HELD);
  assert_clean(EVENT(.op = DDI_EXIT), DDI_DOCUMENTED);
}

static void equal_members_may_be_one(void **unused) {
  (void)unused;
  struct ddi_id a = member(50, 50, 4), b = member(60, 60, 4);
  start_known();
  acquire(a, DDI_SHARED);
  assert_has_none(facts_of(DDI_ERESOURCE, b), DDI_NOT_HELD);
  release(b);
  assert_has_none(facts_of(DDI_ERESOURCE, a), DDI_HELD | DDI_NOT_HELD);
}

static void other_members_are_others(void **unused) {
  (void)unused;
  start_known();
  acquire(member(50, 50, 4), DDI_SHARED);
  assert_has(facts_of(DDI_ERESOURCE, member(60, 60, 5)), DDI_NOT_HELD);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, member(50, 50, 4)), DDI_HELD);
}

/* ---- Calls that were not looked into ------------------------------------------ */

static void havoc_forgets_what_is_reached(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  acquire(R, DDI_SHARED);
  ddi_havoc(&state, &(struct ddi_reach){0});
  assert_has(thread_facts(), DDI_MORE_CRITICAL);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_SHARED);
  ddi_havoc(&state, &(struct ddi_reach){DDI_ACQUIRE | DDI_RELEASE,
                                        1u << DDI_PUSH_LOCK});
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_SHARED);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_NOT_HELD);
  assert_has_none(facts_of(DDI_PUSH_LOCK, S), DDI_NOT_HELD);
  ddi_havoc(&state, &(struct ddi_reach){DDI_ENTER_CRITICAL, 0});
  assert_has_none(thread_facts(), DDI_MORE_CRITICAL | DDI_OUTSIDE_CRITICAL);
  assert_has(thread_facts(), DDI_OUTSIDE_GUARDED);
  ddi_havoc(&state, &(struct ddi_reach){DDI_RELEASE, 1u << DDI_ERESOURCE});
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD_SHARED | DDI_NOT_HELD);
}

static void havoc_forgets_lives_only_if_they_are_touched(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(RESOURCE(DDI_INIT) = R));
  ddi_havoc(&state, &(struct ddi_reach){DDI_RELEASE, 1u << DDI_ERESOURCE});
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
  ddi_havoc(&state, &(struct ddi_reach){DDI_DELETE, 1u << DDI_ERESOURCE});
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
}

static void havoc_keeps_what_is_given_back(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_SHARED);
  ddi_havoc(&state,
            &(struct ddi_reach){.ops = DDI_ACQUIRE | DDI_RELEASE,
                                .kinds = 1u << DDI_ERESOURCE | 1u << DDI_PUSH_LOCK,
                                .kinds_kept = 1u << DDI_ERESOURCE});
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_SHARED);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_NOT_HELD);
  assert_has_none(facts_of(DDI_PUSH_LOCK, S), DDI_NOT_HELD);
}

/* After a call that may acquire, one acquisition and one release of this path
   leave open who holds it. */
static void what_others_may_hold_is_not_free_after_a_release(void **unused) {
  (void)unused;
  start_known();
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_ACQUIRE,
                                        .kinds = 1u << DDI_ERESOURCE});
  acquire(R, DDI_SHARED);
  release(R);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_NOT_HELD);
}

/* A lock without a name could be any: it is none that is known. */
static void what_has_no_name_is_no_object(void **unused) {
  (void)unused;
  const struct ddi_id none = {.symbolic = 1};
  start_known();
  acquire(none, DDI_EXCLUSIVE);
  assert_int_equal(state.count, 0);
  acquire(R, DDI_EXCLUSIVE);
  release(none);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_NOT_HELD);
}

static void havoc_forgets_the_irql(void **unused) {
  (void)unused;
  start_known();
  ddi_havoc(&state, &(struct ddi_reach){DDI_LOWER, 0});
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL);
}

/* ---- Mutexes ------------------------------------------------------------------- */

static void a_mutex_turns_apcs_off(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(ON(DDI_ACQUIRE, DDI_MUTEX, 0) = R, .mode = DDI_EXCLUSIVE));
  assert_has_none(thread_facts(), DDI_APCS_ENABLED);
  assert_has(thread_facts(), DDI_OUTSIDE_CRITICAL);
  step(EVENT(ON(DDI_RELEASE, DDI_MUTEX, 0) = R));
  assert_has(thread_facts(), DDI_APCS_ENABLED);
}

/* ---- Queries -------------------------------------------------------------------- */

static int answer(enum ddi_query query, struct ddi_id id) {
  return ddi_answer(&state, query, EVENT(RESOURCE(DDI_USE) = id));
}

static void answers_that_are_known(void **unused) {
  (void)unused;
  start_known();
  assert_int_equal(answer(DDI_IS_HELD, R), -1);
  acquire(R, DDI_SHARED);
  assert_int_equal(answer(DDI_IS_HELD, R), 1);
  assert_int_equal(answer(DDI_IS_HELD_EXCLUSIVE, R), 0);
  acquire(S, DDI_EXCLUSIVE);
  assert_int_equal(answer(DDI_IS_HELD, S), 1);
  assert_int_equal(answer(DDI_IS_HELD_EXCLUSIVE, S), 1);
  release(S);
  assert_int_equal(answer(DDI_IS_HELD, S), 0);
  assert_int_equal(answer(DDI_IS_HELD, (struct ddi_id){.path = 10, .exact = 11}),
                   -1);
}

static void answers_about_apcs(void **unused) {
  (void)unused;
  start_unknown();
  assert_int_equal(answer(DDI_APCS_ARE_DISABLED, R), -1);
  thread(DDI_ENTER_CRITICAL);
  assert_int_equal(answer(DDI_APCS_ARE_DISABLED, R), 1);
  assert_int_equal(answer(DDI_ALL_APCS_ARE_DISABLED, R), -1);
  thread(DDI_ENTER_GUARDED);
  assert_int_equal(answer(DDI_ALL_APCS_ARE_DISABLED, R), 1);
}

static void learning_from_queries_about_locks(void **unused) {
  (void)unused;
  const struct ddi_event *asks = EVENT(RESOURCE(DDI_USE) = R);
  start_unknown();
  ddi_learn(&state, DDI_IS_HELD, asks, false);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  start_known();
  ddi_learn(&state, DDI_IS_HELD, asks, true);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_NOT_HELD);
  start_unknown();
  ddi_learn(&state, DDI_IS_HELD_EXCLUSIVE, asks, true);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_HELD_EXCLUSIVE);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD); /* not of this path */
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
  release(R); /* legal, and how often it was held is not known */
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  start_unknown();
  ddi_learn(&state, DDI_IS_HELD_EXCLUSIVE, asks, false);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD | DDI_NOT_HELD);
}

static void learning_from_queries_about_apcs(void **unused) {
  (void)unused;
  const struct ddi_event *asks = EVENT(.op = DDI_USE);
  start_known();
  ddi_learn(&state, DDI_APCS_ARE_DISABLED, asks, true);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED | DDI_OUTSIDE_CRITICAL);
  start_unknown();
  ddi_learn(&state, DDI_APCS_ARE_DISABLED, asks, false);
  assert_has(thread_facts(), DDI_OUTSIDE_CRITICAL);
  start_unknown();
  ddi_learn(&state, DDI_ALL_APCS_ARE_DISABLED, asks, false);
  assert_has(thread_facts(), DDI_OUTSIDE_GUARDED);
  assert_has_none(thread_facts(), DDI_OUTSIDE_CRITICAL);
}

/* Who asks may be called at more levels than others. */
static void who_asks_for_the_irql_does_not_know_it(void **unused) {
  (void)unused;
  start(&(struct ddi_context){.irql_if_asked = DDI_DISPATCH_LEVEL, .known = true});
  ddi_ask_level(&state, 1, 2);
  assert_level(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has_none(thread_facts(), DDI_APCS_ENABLED);
  ddi_learn_level(&state, DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  assert_has(thread_facts(), DDI_APCS_ENABLED);
  start_known(); /* a role that is entered at one level is so for who asks */
  ddi_ask_level(&state, 1, 2);
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void who_raised_knows_the_level_without_asking(void **unused) {
  (void)unused;
  start(&(struct ddi_context){.irql_if_asked = DDI_HIGH_LEVEL, .known = true});
  raise_by(DDI_DISPATCH_LEVEL, 1, 0);
  ddi_ask_level(&state, 2, 3);
  assert_level(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  assert_has(thread_facts(), DDI_ABOVE_APC_LEVEL);
  step(lowers_to_value(1));
  assert_level(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
}

static void what_is_asked_is_told_by_its_cause(void **unused) {
  (void)unused;
  start_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  ddi_ask_level(&state, 1, 7);
  assert_int_equal(state.thread.irql.cause, 7);
  assert_int_equal(state.thread.irql.value, 1);
  ddi_learn_level(&state, DDI_DISPATCH_LEVEL, DDI_HIGH_LEVEL);
  assert_level(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  ddi_learn_level(&state, DDI_PASSIVE_LEVEL, DDI_APC_LEVEL); /* cannot be */
  assert_level(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
}

/* ---- Obligations: each kind once, broken and kept ------------------------------ */

static void critical_regions(void **unused) {
  (void)unused;
  const char *rule = "wdm.CriticalRegions";
  start_known();
  assert_breaks(EVENT(.op = DDI_LEAVE_CRITICAL), 0, rule, "not entered");
  thread(DDI_ENTER_CRITICAL);
  assert_clean(EVENT(.op = DDI_LEAVE_CRITICAL), ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_ENTER_CRITICAL), DDI_DOCUMENTED);
  assert_clean(EVENT(.op = DDI_ENTER_CRITICAL), DDI_STRICT);
  assert_breaks(EVENT(.op = DDI_ENTER_CRITICAL), DDI_SDV, rule, "inside another");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "not left");
  thread(DDI_LEAVE_CRITICAL);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
  thread(DDI_LEAVE_CRITICAL);
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "too many");
}

static void guarded_regions(void **unused) {
  (void)unused;
  const char *rule = "wdm.GuardedRegions";
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_breaks(EVENT(.op = DDI_LEAVE_GUARDED), 0, rule, "not entered");
  thread(DDI_ENTER_GUARDED);
  assert_breaks(EVENT(.op = DDI_ENTER_GUARDED), DDI_SDV, rule, "inside another");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "not left");
}

static void within_critical_region(void **unused) {
  (void)unused;
  const char *rule = "wdm.WithinCriticalRegion";
  const struct ddi_event *takes = EVENT(RESOURCE(DDI_ACQUIRE) = R,
                                        .mode = DDI_EXCLUSIVE);
  start_known();
  assert_breaks(takes, 0, rule, "in no critical region");
  thread(DDI_ENTER_GUARDED);
  assert_clean(takes, DDI_DOCUMENTED);
  assert_breaks(takes, DDI_SDV, rule, "outside of a critical region");
  thread(DDI_LEAVE_GUARDED);
  thread(DDI_ENTER_CRITICAL);
  assert_clean(takes, ALL_STRICTNESS);
  step(takes);
  assert_breaks(EVENT(.op = DDI_LEAVE_CRITICAL), 0, rule, "still held");
  thread(DDI_ENTER_CRITICAL);
  assert_clean(EVENT(.op = DDI_LEAVE_CRITICAL), DDI_DOCUMENTED);
  thread(DDI_LEAVE_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE) = R), 0, rule, "APCs enabled");
}

/* One name or the other, never both. */
static void a_virtual_miniport_has_its_own_name(void **unused) {
  (void)unused;
  const struct ddi_event *takes =
      EVENT(RESOURCE(DDI_ACQUIRE) = R, .facts = DDI_VIRTUAL_MINIPORT);
  start_known();
  assert_breaks(takes, 0, "storport.WithinCriticalRegion", "critical region");
  assert_keeps(takes, ALL_STRICTNESS, "wdm.WithinCriticalRegion");
  takes = EVENT(RESOURCE(DDI_ACQUIRE) = R);
  assert_keeps(takes, ALL_STRICTNESS, "storport.WithinCriticalRegion");
}

static void exclusive_resource_access(void **unused) {
  (void)unused;
  const char *rule = "wdm.ExclusiveResourceAccess";
  const struct ddi_event *waits = EVENT(
      RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE, .facts = DDI_WAITS);
  const struct ddi_event *tries =
      EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE);
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE) = R), 0, rule, "does not hold");
  assert_breaks(EVENT(RESOURCE(DDI_CONVERT) = R), 0, rule, "does not hold");
  acquire(R, DDI_SHARED);
  assert_breaks(waits, 0, rule, "deadlock");
  assert_clean(tries, ALL_STRICTNESS);
  assert_breaks(EVENT(RESOURCE(DDI_CONVERT) = R), 0, rule, "holds shared");
  release(R);
  acquire(R, DDI_EXCLUSIVE);
  assert_clean(waits, DDI_STRICT);
  assert_breaks(waits, DDI_SDV, rule, "holds exclusive");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "still held");
  assert_breaks(EVENT(.op = DDI_SIBLING_EXIT), 0, rule, "on other paths");
  assert_clean(EVENT(RESOURCE(DDI_RELEASE) = R), ALL_STRICTNESS);
}

static void each_lock_that_is_kept_is_told(void **unused) {
  (void)unused;
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  start_known();
  acquire(R, DDI_SHARED);
  acquire(S, DDI_SHARED);
  assert_int_equal(ddi_check(&state, EVENT(.op = DDI_EXIT), 0, found), 2);
  assert_int_equal(found[0].object.path, R.path);
  assert_int_equal(found[1].object.path, S.path);
}

static void no_more_findings_than_there_is_room(void **unused) {
  (void)unused;
  struct ddi_violation found[DDI_MAX_VIOLATIONS + 1];
  start_known();
  for (uintptr_t i = 1; i <= DDI_MAX_OBJECTS; i++)
    acquire(global(i), DDI_SHARED);
  memset(&found[DDI_MAX_VIOLATIONS], 0x5a, sizeof *found);
  struct ddi_violation guard = found[DDI_MAX_VIOLATIONS];
  assert_int_equal(ddi_check(&state, EVENT(.op = DDI_EXIT), 0, found),
                   DDI_MAX_VIOLATIONS);
  assert_memory_equal(&found[DDI_MAX_VIOLATIONS], &guard, sizeof guard);
}

static void resource_owner(void **unused) {
  (void)unused;
  const char *rule = "wdm.ResourceOwner";
  const struct ddi_event *gives_away =
      EVENT(RESOURCE(DDI_TRANSFER) = R, .owner = OWNER, .owner_storage = MEMORY);
  start_known();
  thread(DDI_ENTER_CRITICAL);
  assert_breaks(gives_away, 0, rule, "does not hold");
  acquire(R, DDI_EXCLUSIVE);
  assert_clean(gives_away, ALL_STRICTNESS);
  assert_breaks(EVENT(RESOURCE(DDI_TRANSFER) = R, .facts = DDI_OWNER_ON_STACK),
                0, rule, "on the stack");
  assert_breaks(EVENT(RESOURCE(DDI_TRANSFER) = R, .facts = DDI_UNKNOWN_FLAGS), 0,
                rule, "undefined flags");
  assert_clean(EVENT(RESOURCE(DDI_TRANSFER) = R, .facts = DDI_OWNER_UNTAGGED),
               DDI_SDV);
  assert_breaks(EVENT(RESOURCE(DDI_TRANSFER) = R, .facts = DDI_OWNER_UNTAGGED),
                DDI_STRICT, rule, "two low bits");
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .facts = DDI_OTHER_THREAD),
                0, rule, "not transferred");
  step(gives_away);
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE) = R), 0, rule, "was transferred");
  assert_breaks(EVENT(RESOURCE(DDI_USE) = R), 0, rule, "was transferred");
  struct ddi_id another = global(71);
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .owner = another,
                      .facts = DDI_OTHER_THREAD),
                0, rule, "another owner");
  struct ddi_id without_bits = OWNER;
  without_bits.tag = 0;
  assert_breaks(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .owner = without_bits,
                      .facts = DDI_OTHER_THREAD),
                0, rule, "another owner");
  assert_clean(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .owner = OWNER,
                     .facts = DDI_OTHER_THREAD),
               ALL_STRICTNESS);
  assert_breaks(EVENT(.op = DDI_FREE, .kind = DDI_STORAGE, .object = MEMORY), 0,
                rule, "owner word");
}

static void resource_lifetime(void **unused) {
  (void)unused;
  const char *rule = "wdm.ResourceLifetime";
#define IN_MEMORY(what) EVENT(RESOURCE(what) = R, .storage = MEMORY)
  start_known();
  thread(DDI_ENTER_CRITICAL);
  allocate_memory(0);
  assert_breaks(IN_MEMORY(DDI_ACQUIRE), 0, rule, "never initialised");
  allocate_memory(DDI_ZEROED);
  assert_breaks(IN_MEMORY(DDI_ACQUIRE), 0, rule, "zeroed");
  allocate_memory(DDI_PAGED);
  assert_breaks(IN_MEMORY(DDI_INIT), 0, rule, "paged pool");
  allocate_memory(0);
  assert_clean(IN_MEMORY(DDI_INIT), ALL_STRICTNESS);
  assert_breaks(EVENT(RESOURCE(DDI_INIT) = R, .facts = DDI_ON_STACK), 0, rule,
                "on the stack");
  step(IN_MEMORY(DDI_INIT));
  assert_breaks(IN_MEMORY(DDI_INIT), 0, rule, "already initialised");
  assert_breaks(EVENT(.op = DDI_FREE, .kind = DDI_STORAGE, .object = MEMORY), 0,
                rule, "frees memory");
  assert_breaks(EVENT(.op = DDI_SCOPE_END, .kind = DDI_STORAGE, .object = MEMORY),
                0, rule, "out of scope");
  assert_clean(EVENT(.op = DDI_FREE, .kind = DDI_STORAGE, .object = global(91)),
               ALL_STRICTNESS);
  step(IN_MEMORY(DDI_ACQUIRE));
  assert_clean(IN_MEMORY(DDI_DELETE), DDI_DOCUMENTED);
  assert_breaks(IN_MEMORY(DDI_DELETE), DDI_STRICT, rule, "still held");
  step(IN_MEMORY(DDI_RELEASE));
  step(IN_MEMORY(DDI_DELETE));
  assert_breaks(IN_MEMORY(DDI_ACQUIRE), 0, rule, "was deleted");
  assert_breaks(IN_MEMORY(DDI_DELETE), 0, rule, "already deleted");
  assert_clean(IN_MEMORY(DDI_INIT), ALL_STRICTNESS);
#undef IN_MEMORY
}

static void push_lock(void **unused) {
  (void)unused;
  const char *rule = "wdm.PushLock";
  const struct ddi_event *shares =
      EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_SHARED);
  const struct ddi_event *excludes =
      EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE);
  const struct ddi_event *gives_shared =
      EVENT(PUSH_LOCK(DDI_RELEASE) = R, .mode = DDI_SHARED);
  const struct ddi_event *gives_exclusive =
      EVENT(PUSH_LOCK(DDI_RELEASE) = R, .mode = DDI_EXCLUSIVE);
  start_known();
  assert_breaks(shares, 0, rule, "APCs enabled");
  thread(DDI_ENTER_CRITICAL);
  assert_breaks(gives_shared, 0, rule, "does not hold");
  assert_clean(shares, ALL_STRICTNESS);
  step(shares);
  assert_clean(shares, DDI_DOCUMENTED);
  assert_breaks(shares, DDI_STRICT, rule, "exclusive waiter");
  assert_breaks(excludes, 0, rule, "hangs");
  assert_breaks(gives_exclusive, 0, rule, "holds shared");
  assert_clean(gives_shared, ALL_STRICTNESS);
  assert_breaks(EVENT(PUSH_LOCK(DDI_INIT) = R), 0, rule, "holds");
  assert_breaks(EVENT(.op = DDI_LEAVE_CRITICAL), 0, rule, "still held");
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "still held");
  step(gives_shared);
  step(excludes);
  assert_breaks(excludes, 0, rule, "hangs");
  assert_breaks(shares, 0, rule, "hangs");
  assert_breaks(gives_shared, 0, rule, "holds exclusive");
  assert_clean(gives_exclusive, ALL_STRICTNESS);
}

static void a_zeroed_push_lock_is_free(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  allocate_memory(DDI_ZEROED);
  assert_clean(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_SHARED,
                     .storage = MEMORY),
               ALL_STRICTNESS);
  allocate_memory(0);
  assert_breaks(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_SHARED,
                      .storage = MEMORY),
                0, "wdm.PushLock", "never initialised");
}

static void flt_locks(void **unused) {
  (void)unused;
  const char *rule = "flt.Locks";
  const struct ddi_event *takes =
      EVENT(ON(DDI_ACQUIRE, DDI_PUSH_LOCK, DDI_FLT) = R, .mode = DDI_EXCLUSIVE);
  const struct ddi_event *gives =
      EVENT(ON(DDI_RELEASE, DDI_PUSH_LOCK, DDI_FLT) = R);
  start_known();
  thread(DDI_ENTER_CRITICAL); /* FltAcquire... does so itself */
  assert_breaks(gives, 0, rule, "does not hold");
  step(takes);
  assert_breaks(takes, 0, rule, "hangs");
  assert_clean(gives, ALL_STRICTNESS);
  assert_breaks(EVENT(.op = DDI_EXIT), 0, rule, "still held");
  assert_keeps(EVENT(.op = DDI_EXIT), 0, "wdm.PushLock");
  assert_breaks(EVENT(ON(DDI_DELETE, DDI_PUSH_LOCK, DDI_FLT) = R), 0, rule,
                "still held");
}

static void prohibited_calls(void **unused) {
  (void)unused;
  const char *rule = "storport.HwStorPortProhibitedDDIs";
  const char *prohibited = ddi_storport_prohibited[0];
  start_known();
  assert_breaks(EVENT(.op = DDI_CALL, .call = prohibited,
                      .facts = DDI_PHYSICAL_MINIPORT),
                0, rule, "prohibited");
  assert_clean(EVENT(.op = DDI_CALL, .call = "StorPortNotification",
                     .facts = DDI_PHYSICAL_MINIPORT),
               ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_CALL, .facts = DDI_PHYSICAL_MINIPORT),
               ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_CALL, .call = prohibited,
                     .facts = DDI_VIRTUAL_MINIPORT),
               ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_CALL, .call = prohibited), ALL_STRICTNESS);
}

/* ---- One mistake, one report ----------------------------------------------------- */

static void a_missing_region_is_told_once(void **unused) {
  (void)unused;
  start_known();
  report_and_step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_SHARED));
  assert_clean(EVENT(RESOURCE(DDI_RELEASE) = R), ALL_STRICTNESS);
  release(R);
  assert_clean(EVENT(RESOURCE(DDI_ACQUIRE) = S), DDI_DOCUMENTED);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
}

static void a_missing_region_hides_no_missing_release(void **unused) {
  (void)unused;
  start_known();
  report_and_step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_SHARED));
  assert_breaks(EVENT(.op = DDI_EXIT), 0, "wdm.ExclusiveResourceAccess",
                "still held");
}

static void a_leave_too_many_is_told_once(void **unused) {
  (void)unused;
  start_known();
  report_and_step(EVENT(.op = DDI_LEAVE_CRITICAL));
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_LEAVE_CRITICAL), ALL_STRICTNESS);
  assert_keeps(EVENT(RESOURCE(DDI_ACQUIRE) = R), DDI_DOCUMENTED,
               "WithinCriticalRegion");
}

static void a_wrong_mode_is_told_once(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE));
  report_and_step(EVENT(PUSH_LOCK(DDI_RELEASE) = R, .mode = DDI_SHARED));
  thread(DDI_LEAVE_CRITICAL);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
}

static void a_missing_init_is_told_once(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  allocate_memory(0);
  report_and_step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .storage = MEMORY,
                        .mode = DDI_SHARED));
  assert_clean(EVENT(RESOURCE(DDI_RELEASE) = R, .storage = MEMORY),
               ALL_STRICTNESS);
}

static void a_transferred_lock_is_told_once(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  acquire(R, DDI_EXCLUSIVE);
  step(EVENT(RESOURCE(DDI_TRANSFER) = R, .owner = OWNER));
  report_and_step(EVENT(RESOURCE(DDI_RELEASE) = R));
  assert_clean(EVENT(RESOURCE(DDI_RELEASE_FOR) = R, .owner = OWNER,
                     .facts = DDI_OTHER_THREAD),
               ALL_STRICTNESS);
}

static void others_are_not_forgiven(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  acquire(S, DDI_SHARED);
  report_and_step(EVENT(RESOURCE(DDI_RELEASE) = R));
  assert_breaks(EVENT(.op = DDI_EXIT), 0, "wdm.ExclusiveResourceAccess",
                "still held");
}

/* After a report nothing is believed any more. */
static void a_reported_path_draws_no_conclusions(void **unused) {
  (void)unused;
  start_unknown();
  raise_to(DDI_DISPATCH_LEVEL);
  report_and_step(calls("KeEnterCriticalRegion", 0, DDI_APC_LEVEL));
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
  assert_clean(EVENT(RESOURCE(DDI_ACQUIRE) = R), ALL_STRICTNESS);
}

/* ---- What a slip in the core would change --------------------------------------- */

static void pass_through_a_region(void) {
  thread(DDI_ENTER_CRITICAL);
  thread(DDI_LEAVE_CRITICAL);
}

static void belief_looks_at_the_other_region_and_the_irql(void **unused) {
  (void)unused;
  const struct ddi_event *takes = EVENT(RESOURCE(DDI_ACQUIRE) = R);
  start_unknown();
  thread(DDI_ENTER_GUARDED);
  thread(DDI_LEAVE_GUARDED);
  thread(DDI_LEAVE_GUARDED);
  pass_through_a_region();
  assert_has(facts(takes), DDI_APCS_ENABLED);
  start_unknown();
  thread(DDI_ENTER_GUARDED);
  pass_through_a_region();
  assert_has_none(facts(takes), DDI_APCS_ENABLED);
  start(&(struct ddi_context){.irql = {DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL},
                              .known = true,
                              .region_unknown = true});
  pass_through_a_region();
  assert_has_none(facts(takes), DDI_APCS_ENABLED);
}

static void levels_come_back_in_their_order(void **unused) {
  (void)unused;
  start_known();
  for (int i = 0; i <= DDI_MAX_SAVED; i++)
    raise_to(i % 2 ? DDI_DISPATCH_LEVEL : DDI_APC_LEVEL);
  for (int i = DDI_MAX_SAVED - 1; i >= 0; i--) {
    thread(DDI_LOWER);
    assert_int_equal(!!(thread_facts() & DDI_ABOVE_APC_LEVEL), i % 2);
  }
}

static void facts_do_not_hide_each_other(void **unused) {
  (void)unused;
  start_known();
  raise_to(DDI_DISPATCH_LEVEL);
  assert_has(thread_facts(), DDI_ABOVE_APC_LEVEL | DDI_OUTSIDE_CRITICAL);
  thread(DDI_LOWER);
  thread(DDI_ENTER_CRITICAL);
  assert_has(facts(EVENT(.op = DDI_LEAVE_CRITICAL)),
             DDI_ENABLES_APCS | DDI_MORE_CRITICAL | DDI_OUTSIDE_GUARDED);
}

static void the_last_interface_is_the_one_that_is_judged(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(PUSH_LOCK(DDI_INIT) = R));
  thread(DDI_ENTER_CRITICAL);
  step(EVENT(ON(DDI_ACQUIRE, DDI_PUSH_LOCK, DDI_FLT) = R, .mode = DDI_SHARED));
  thread(DDI_LEAVE_CRITICAL);
  assert_breaks(EVENT(.op = DDI_EXIT), 0, "flt.Locks", "still held");
  assert_keeps(EVENT(.op = DDI_EXIT), 0, "wdm.PushLock");
}

static void doubt_takes_what_this_path_knew(void **unused) {
  (void)unused;
  const struct ddi_reach acquires = {.ops = DDI_ACQUIRE,
                                     .kinds = 1u << DDI_ERESOURCE};
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  ddi_havoc(&state, &acquires);
  ddi_learn(&state, DDI_IS_HELD_EXCLUSIVE, EVENT(RESOURCE(DDI_USE) = R), true);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_HELD);
  start_known();
  acquire(R, DDI_SHARED);
  ddi_havoc(&state, &acquires);
  acquire(R, DDI_SHARED);
  release(R);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  step(EVENT(RESOURCE(DDI_INIT) = R)); /* and an initialisation ends doubt */
  acquire(R, DDI_SHARED);
  release(R);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
}

static void havoc_adds_to_havoc(void **unused) {
  (void)unused;
  start_known();
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_ACQUIRE,
                                        .kinds = 1u << DDI_PUSH_LOCK});
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_ACQUIRE,
                                        .kinds = 1u << DDI_ERESOURCE});
  assert_has_none(facts_of(DDI_PUSH_LOCK, R), DDI_NOT_HELD);
  step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_SHARED));
  step(EVENT(PUSH_LOCK(DDI_RELEASE) = R, .mode = DDI_SHARED));
  assert_has_none(facts_of(DDI_PUSH_LOCK, R), DDI_NOT_HELD);
  raise_to(DDI_DISPATCH_LEVEL);
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_ACQUIRE});
  assert_has(thread_facts(), DDI_ABOVE_APC_LEVEL);
}

static void havoc_of_lives_reaches_memory_and_its_kinds(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(0);
  step(EVENT(RESOURCE(DDI_INIT) = S));
  ddi_havoc(&state, &(struct ddi_reach){.ops = DDI_INIT,
                                        .kinds = 1u << DDI_PUSH_LOCK});
  assert_has_none(facts(use_in_memory()), DDI_UNINITIALIZED);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_INITIALIZED);
}

static void an_escape_is_of_one_memory(void **unused) {
  (void)unused;
  struct ddi_id other = global(91);
  start_known();
  allocate_memory(0);
  step(EVENT(.op = DDI_ALLOCATE, .kind = DDI_STORAGE, .object = other));
  step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .storage = MEMORY, .mode = DDI_SHARED));
  step(EVENT(RESOURCE(DDI_ACQUIRE) = S, .storage = other, .mode = DDI_SHARED));
  ddi_escape(&state, MEMORY.path);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_UNINITIALIZED);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_UNINITIALIZED);
  assert_non_null(listed(DDI_STORAGE, other.path));
}

static void zeroing_a_member_zeroes_its_memory(void **unused) {
  (void)unused;
  start_known();
  allocate_memory(0);
  step(EVENT(.op = DDI_ZERO, .kind = DDI_STORAGE, .object = global(92),
             .storage = MEMORY));
  assert_has(facts(use_in_memory()), DDI_ZEROED);
}

static void what_was_deleted_may_be_there_if_its_memory_is_asked(void **unused) {
  (void)unused;
  const struct ddi_id other = global(91);
  start_known();
  step(EVENT(RESOURCE(DDI_INIT) = R, .storage = MEMORY));
  step(EVENT(RESOURCE(DDI_INIT) = S, .storage = other));
  ddi_ask_memory(&state, MEMORY.path);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
  step(EVENT(RESOURCE(DDI_DELETE) = R, .storage = MEMORY));
  step(EVENT(RESOURCE(DDI_DELETE) = S, .storage = other));
  ddi_ask_memory(&state, MEMORY.path);
  assert_has_none(facts_of(DDI_ERESOURCE, R), DDI_DELETED);
  assert_has(facts_of(DDI_ERESOURCE, S), DDI_DELETED);
}

static void an_owner_that_has_no_name_is_no_other(void **unused) {
  (void)unused;
  start_known();
  acquire(R, DDI_EXCLUSIVE);
  step(EVENT(RESOURCE(DDI_TRANSFER) = R, .owner = OWNER));
  assert_has_none(facts(EVENT(RESOURCE(DDI_RELEASE_FOR) = R)),
                  DDI_OWNER_DIFFERS | DDI_OWNER_ENDS);
}

static void the_end_of_a_lock_is_not_that_of_its_owner(void **unused) {
  (void)unused;
  start_known();
  step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .storage = global(91),
             .mode = DDI_EXCLUSIVE));
  step(EVENT(RESOURCE(DDI_TRANSFER) = R, .storage = global(91), .owner = OWNER,
             .owner_storage = MEMORY));
  assert_keeps(EVENT(.op = DDI_FREE, .kind = DDI_STORAGE, .object = global(91)),
               0, "wdm.ResourceOwner");
}

static void answers_keep_what_is_known(void **unused) {
  (void)unused;
  start_known();
  ddi_learn(&state, DDI_IS_HELD_EXCLUSIVE, EVENT(RESOURCE(DDI_USE) = R), false);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_NOT_HELD);
  start(&(struct ddi_context){.known = true, .in_critical_region = true});
  ddi_learn(&state, DDI_APCS_ARE_DISABLED, EVENT(.op = DDI_USE), true);
  thread(DDI_LEAVE_CRITICAL);
  assert_has(thread_facts(), DDI_OUTSIDE_CRITICAL);
}

static void one_rule_speaks_once_of_an_object(void **unused) {
  (void)unused;
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  start_known();
  step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE));
  assert_int_equal(ddi_check(&state,
                             EVENT(PUSH_LOCK(DDI_ACQUIRE) = R,
                                   .mode = DDI_EXCLUSIVE),
                             ALL_STRICTNESS, found),
                   1);
}

static void only_what_a_report_rests_on_is_forgiven(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  step(EVENT(RESOURCE(DDI_INIT) = R));
  report_and_step(EVENT(RESOURCE(DDI_RELEASE) = R));
  assert_has(thread_facts(), DDI_MORE_CRITICAL | DDI_OUTSIDE_GUARDED);
  assert_has(facts_of(DDI_ERESOURCE, R), DDI_INITIALIZED);
}

static void a_recursion_is_told_once(void **unused) {
  (void)unused;
  start_known();
  thread(DDI_ENTER_CRITICAL);
  step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE));
  report_and_step(EVENT(PUSH_LOCK(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE));
  step(EVENT(PUSH_LOCK(DDI_RELEASE) = R, .mode = DDI_EXCLUSIVE));
  thread(DDI_LEAVE_CRITICAL);
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
}

static void a_guarded_leave_too_many_is_told_once(void **unused) {
  (void)unused;
  start_known();
  report_and_step(EVENT(.op = DDI_LEAVE_GUARDED));
  assert_clean(EVENT(.op = DDI_EXIT), ALL_STRICTNESS);
}

static void a_level_too_high_is_told_once(void **unused) {
  (void)unused;
  start_known();
  raise_to(DDI_DISPATCH_LEVEL);
  report_and_step(calls("KeEnterCriticalRegion", 0, DDI_APC_LEVEL));
  thread(DDI_ENTER_CRITICAL);
  assert_clean(calls("KeLeaveCriticalRegion", 0, DDI_APC_LEVEL), ALL_STRICTNESS);
  assert_clean(EVENT(.op = DDI_LEAVE_CRITICAL), ALL_STRICTNESS);
}

static void nothing_is_believed_after_a_report(void **unused) {
  (void)unused;
  start_unknown();
  pass_through_a_region();
  report_and_step(EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_SHARED));
  release(R);
  pass_through_a_region();
  assert_clean(EVENT(RESOURCE(DDI_ACQUIRE) = S), ALL_STRICTNESS);
}

/* ---- Rows ------------------------------------------------------------------------ */

static void rows_are_found_by_name(void **unused) {
  (void)unused;
  assert_null(ddi_find_routine(""));
  assert_null(ddi_find_routine("NoSuchRoutine"));
  assert_null(ddi_find_rule("wdm.NoSuchRule"));
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    assert_ptr_equal(ddi_find_rule((*rule)->name), *rule);
}

static void reach_is_what_the_row_says(void **unused) {
  (void)unused;
  const struct ddi_routine *both =
      ddi_find_routine("ExReleaseResourceAndLeaveCriticalRegion");
  struct ddi_reach reach = ddi_routine_reach(both, NULL);
  assert_int_equal(reach.ops, DDI_RELEASE | DDI_LEAVE_CRITICAL);
  assert_int_equal(reach.kinds, 1u << DDI_ERESOURCE);
  reach = ddi_routine_reach(ddi_find_routine("KeAreApcsDisabled"), NULL);
  assert_int_equal(reach.ops | reach.kinds, 0);
}

static void what_is_published_is_found_by_name(void **unused) {
  (void)unused;
  assert_null(ddi_find_published(""));
  assert_null(ddi_find_published("NoSuchRoutine"));
  assert_null(ddi_find_published_callback("NO_SUCH_CALLBACK"));
  for (unsigned i = 0; i < ddi_published_routine_count; i++)
    assert_ptr_equal(ddi_find_published(ddi_published_routines[i].name),
                     &ddi_published_routines[i]);
  for (unsigned i = 0; i < ddi_published_callback_count; i++)
    assert_ptr_equal(
        ddi_find_published_callback(ddi_published_callbacks[i].name),
        &ddi_published_callbacks[i]);
}

static void assert_bound(const struct ddi_published *row, bool is_strict, int low,
                         int high) {
  struct ddi_level bound = ddi_published_bound(row, is_strict);
  assert_int_equal(bound.low, low);
  assert_int_equal(bound.high, high);
}

static void of_page_and_header_the_laxer_counts(void **unused) {
  (void)unused;
  struct ddi_published row = {.page_min = 0, .page_max = 1, .header_min = 1,
                              .header_max = 2};
  assert_bound(&row, false, 0, 2);
  assert_bound(&row, true, 1, 1);
  assert_false(ddi_is_bound_of_page(&row, ddi_level_between(0, 2)));
  assert_true(ddi_is_bound_of_page(&row, ddi_level_between(0, 1)));
  assert_true(ddi_has_bound(&row));
  row.header_min = row.header_max = DDI_NO_BOUND;
  assert_bound(&row, false, 0, 1);
  assert_bound(&row, true, 0, 1);
  row.page_min = row.page_max = DDI_NO_BOUND;
  assert_bound(&row, false, DDI_PASSIVE_LEVEL, DDI_HIGH_LEVEL);
  assert_false(ddi_has_bound(&row));
  assert_false(ddi_is_bound_of_page(&row, ddi_any_level()));
  row.header_max = DDI_DIRQL; /* any device level */
  assert_bound(&row, false, DDI_PASSIVE_LEVEL, DDI_HIGH_LEVEL - 1);
}

static void a_rule_is_named_in_full(void **unused) {
  (void)unused;
  const struct ddi_published row = {.rules = "wdm.IrqlExApcLte1 wdm.Lock"};
  assert_true(ddi_is_named(&row, "wdm.IrqlExApcLte1"));
  assert_true(ddi_is_named(&row, "wdm.Lock"));
  assert_false(ddi_is_named(&row, "wdm.IrqlExApcLte"));
  assert_false(ddi_is_named(&row, "wdm.IrqlExApcLte11"));
  assert_false(ddi_is_named(&row, "Lock"));
  assert_false(ddi_is_named(&row, "wdm.Lock2"));
  const struct ddi_published none = {.rules = ""}, nothing = {0};
  assert_false(ddi_is_named(&none, "wdm.Lock"));
  assert_false(ddi_is_named(&nothing, "wdm.Lock"));
}

static void levels_outside_of_a_bound(void **unused) {
  (void)unused;
  assert_int_equal(ddi_levels_outside(ddi_any_level()), 0);
  assert_int_equal(ddi_levels_outside(ddi_level_between(0, 0)), 0xfffe);
  assert_int_equal(ddi_levels_outside(ddi_level_between(0, DDI_DISPATCH_LEVEL)),
                   0xfff8);
  assert_int_equal(ddi_levels_outside(ddi_level_between(2, 2)), 0xfffb);
  assert_int_equal(ddi_levels_outside(ddi_level_between(3, DDI_HIGH_LEVEL)), 7);
}

static void who_may_be_outside_of_a_bound(void **unused) {
  (void)unused;
  const struct ddi_reach passive_only = {.levels = 0xfffe};
  struct ddi_context context = {.known = true};
  assert_false(ddi_may_be_outside(&context, &passive_only));
  context.irql = ddi_level_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  assert_true(ddi_may_be_outside(&context, &passive_only));
  context.irql = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  assert_false(ddi_may_be_outside(&context, &passive_only));
  context = (struct ddi_context){.irql = ddi_level_between(2, 2)};
  assert_false(ddi_may_be_outside(&context, &passive_only)); /* not known */
  context.irql_known = true;
  assert_true(ddi_may_be_outside(&context, &passive_only));
}

static void reach_knows_the_bounds_of_rows(void **unused) {
  (void)unused;
  const struct ddi_published page = {.page_min = 0, .page_max = 2,
                                     .header_min = DDI_NO_BOUND,
                                     .header_max = DDI_NO_BOUND};
  assert_int_equal(ddi_routine_reach(NULL, &page).levels, 0xfff8);
  assert_int_equal(ddi_routine_reach(NULL, &page).ops, 0);
  const struct ddi_routine row = {
      .name = "f",
      .effects = {{.op = DDI_SIGNAL_WAIT, .only_if = DDI_ARG1}},
      .bounds = {{DDI_IN_ANY_CASE, .max = DDI_DISPATCH_LEVEL},
                 {DDI_IF_NONZERO, DDI_ARG1, .max = DDI_APC_LEVEL}}};
  assert_int_equal(ddi_routine_reach(&row, &page).levels, 0xfffc);
  assert_int_equal(ddi_routine_reach(&row, NULL).ops, DDI_SIGNAL_WAIT);
  /* Who asks for the level changes what is known of it. */
  assert_int_equal(
      ddi_routine_reach(ddi_find_routine("KeGetCurrentIrql"), NULL).ops, DDI_USE);
}

static void levels_have_names(void **unused) {
  (void)unused;
  assert_string_equal(ddi_level_name(0), "PASSIVE_LEVEL");
  assert_string_equal(ddi_level_name(1), "APC_LEVEL");
  assert_string_equal(ddi_level_name(2), "DISPATCH_LEVEL");
  assert_string_equal(ddi_level_name(3), "DIRQL");
  assert_string_equal(ddi_level_name(14), "DIRQL");
  assert_string_equal(ddi_level_name(15), "HIGH_LEVEL");
}

static void the_release_of_a_mode(void **unused) {
  (void)unused;
  assert_string_equal(
      ddi_release_for_mode(DDI_PUSH_LOCK, DDI_EX, DDI_SHARED)->name,
      "ExReleasePushLockSharedEx");
  assert_string_equal(
      ddi_release_for_mode(DDI_PUSH_LOCK, DDI_EX, DDI_EXCLUSIVE)->name,
      "ExReleasePushLockExclusiveEx");
  assert_null(ddi_release_for_mode(DDI_PUSH_LOCK, DDI_FLT, DDI_SHARED));
}

static void notes_tell_what_happened(void **unused) {
  (void)unused;
  assert_non_null(strstr(
      ddi_note(EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_SHARED)), "shared"));
  assert_non_null(
      strstr(ddi_note(EVENT(RESOURCE(DDI_ACQUIRE) = R, .mode = DDI_EXCLUSIVE)),
             "exclusive"));
  assert_non_null(ddi_note(EVENT(.op = DDI_ENTER_CRITICAL)));
  assert_null(ddi_note(EVENT(.op = DDI_EXIT)));
  assert_null(ddi_note(EVENT(.op = DDI_USE)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_entry_point_starts_outside),
      cmocka_unit_test(enter_and_leave_nest),
      cmocka_unit_test(one_leave_too_many_is_less),
      cmocka_unit_test(the_regions_are_two_counters),
      cmocka_unit_test(an_unknown_entry_proves_nothing),
      cmocka_unit_test(a_system_thread_starts_inside),
      cmocka_unit_test(a_role_may_not_know_its_region),
      cmocka_unit_test(depths_have_no_end),
      cmocka_unit_test(a_leave_is_believed_for_acquisitions),
      cmocka_unit_test(a_callback_believes_nothing),
      cmocka_unit_test(an_inner_leave_is_not_believed),
      cmocka_unit_test(apc_level_turns_apcs_off),
      cmocka_unit_test(raises_nest),
      cmocka_unit_test(a_level_that_is_not_known_proves_nothing),
      cmocka_unit_test(more_raises_than_are_kept),
      cmocka_unit_test(a_role_may_run_up_to_a_level),
      cmocka_unit_test(a_level_comes_back_by_its_value),
      cmocka_unit_test(a_level_comes_back_by_what_keeps_it),
      cmocka_unit_test(a_level_comes_back_by_its_number),
      cmocka_unit_test(an_earlier_level_that_comes_back_is_another),
      cmocka_unit_test(equal_levels_are_not_told_apart),
      cmocka_unit_test(locks_are_released_hand_over_hand),
      cmocka_unit_test(an_inner_lock_takes_its_own_level),
      cmocka_unit_test(a_value_that_nobody_saved_brings_back_who_knows_what),
      cmocka_unit_test(a_lower_ends_no_higher),
      cmocka_unit_test(lower_and_raise_in_the_wrong_direction),
      cmocka_unit_test(what_was_not_raised_is_not_lowered),
      cmocka_unit_test(a_raise_to_an_unknown_level_is_no_lower),
      cmocka_unit_test(more_levels_than_are_saved),
      cmocka_unit_test(a_cancel_routine_has_a_level_to_give_back),
      cmocka_unit_test(a_signal_with_wait_stays_raised_until_the_wait),
      cmocka_unit_test(a_wait_brings_back_the_level_before_the_signal),
      cmocka_unit_test(a_raise_is_taken_back_before_the_end),
      cmocka_unit_test(a_routine_ends_no_lower),
      cmocka_unit_test(of_an_unknown_level_no_end_is_wrong),
      cmocka_unit_test(a_level_is_too_high_or_too_low),
      cmocka_unit_test(an_assumed_level_is_never_too_low),
      cmocka_unit_test(a_role_whose_level_varies_is_known_as_such),
      cmocka_unit_test(special_apcs_are_off_in_a_guarded_region_and_at_apc_level),
      cmocka_unit_test(a_wrong_level_goes_by_one_name),
      cmocka_unit_test(the_more_particular_rule_tells),
      cmocka_unit_test(a_miniport_has_its_own_names),
      cmocka_unit_test(a_role_that_varies_has_its_own_name),
      cmocka_unit_test(a_free_is_judged_by_its_allocation),
      cmocka_unit_test(who_waits_for_a_special_apc),
      cmocka_unit_test(a_wrong_level_is_told_once),
      cmocka_unit_test(levels_that_are_raised_and_lowered),
      cmocka_unit_test(between_a_signal_and_its_wait),
      cmocka_unit_test(nothing_known_breaks_nothing),
      cmocka_unit_test(what_was_forgotten_breaks_nothing),
      cmocka_unit_test(what_is_proven_is_so_at_a_known_entry),
      cmocka_unit_test(what_is_proven_is_so_at_an_unknown_entry),
      cmocka_unit_test(what_is_not_listed_is_not_held),
      cmocka_unit_test(acquire_and_release),
      cmocka_unit_test(acquisitions_are_counted),
      cmocka_unit_test(shared_upon_exclusive_stays_exclusive),
      cmocka_unit_test(convert_makes_shared),
      cmocka_unit_test(convert_makes_exclusive),
      cmocka_unit_test(crossed_forms_need_a_raise),
      cmocka_unit_test(how_it_was_transferred_is_known),
      cmocka_unit_test(what_was_held_before_is_taken_again),
      cmocka_unit_test(transfer_gives_away),
      cmocka_unit_test(release_for_oneself_is_a_release),
      cmocka_unit_test(release_for_another_leaves_doubt),
      cmocka_unit_test(init_reinit_and_delete),
      cmocka_unit_test(fresh_memory_is_not_initialised),
      cmocka_unit_test(zeroed_and_paged_memory),
      cmocka_unit_test(escaped_memory_may_be_initialised),
      cmocka_unit_test(an_escape_keeps_what_was_initialised),
      cmocka_unit_test(freed_memory_holds_nothing),
      cmocka_unit_test(freeing_what_has_no_name_changes_nothing),
      cmocka_unit_test(objects_are_ordered),
      cmocka_unit_test(equal_states_are_equal_bytes),
      cmocka_unit_test(what_has_no_room_is_unknown),
      cmocka_unit_test(the_same_place_may_be_another_object),
      cmocka_unit_test(a_list_is_locked_hand_over_hand),
      cmocka_unit_test(a_bare_pointer_may_be_anything),
      cmocka_unit_test(equal_members_may_be_one),
      cmocka_unit_test(other_members_are_others),
      cmocka_unit_test(havoc_forgets_what_is_reached),
      cmocka_unit_test(havoc_forgets_lives_only_if_they_are_touched),
      cmocka_unit_test(havoc_keeps_what_is_given_back),
      cmocka_unit_test(what_others_may_hold_is_not_free_after_a_release),
      cmocka_unit_test(what_has_no_name_is_no_object),
      cmocka_unit_test(havoc_forgets_the_irql),
      cmocka_unit_test(a_mutex_turns_apcs_off),
      cmocka_unit_test(answers_that_are_known),
      cmocka_unit_test(answers_about_apcs),
      cmocka_unit_test(learning_from_queries_about_locks),
      cmocka_unit_test(learning_from_queries_about_apcs),
      cmocka_unit_test(who_asks_for_the_irql_does_not_know_it),
      cmocka_unit_test(who_raised_knows_the_level_without_asking),
      cmocka_unit_test(what_is_asked_is_told_by_its_cause),
      cmocka_unit_test(critical_regions),
      cmocka_unit_test(guarded_regions),
      cmocka_unit_test(within_critical_region),
      cmocka_unit_test(a_virtual_miniport_has_its_own_name),
      cmocka_unit_test(exclusive_resource_access),
      cmocka_unit_test(each_lock_that_is_kept_is_told),
      cmocka_unit_test(no_more_findings_than_there_is_room),
      cmocka_unit_test(resource_owner),
      cmocka_unit_test(resource_lifetime),
      cmocka_unit_test(push_lock),
      cmocka_unit_test(a_zeroed_push_lock_is_free),
      cmocka_unit_test(flt_locks),
      cmocka_unit_test(prohibited_calls),
      cmocka_unit_test(a_missing_region_is_told_once),
      cmocka_unit_test(a_missing_region_hides_no_missing_release),
      cmocka_unit_test(a_leave_too_many_is_told_once),
      cmocka_unit_test(a_wrong_mode_is_told_once),
      cmocka_unit_test(a_missing_init_is_told_once),
      cmocka_unit_test(a_transferred_lock_is_told_once),
      cmocka_unit_test(others_are_not_forgiven),
      cmocka_unit_test(a_reported_path_draws_no_conclusions),
      cmocka_unit_test(belief_looks_at_the_other_region_and_the_irql),
      cmocka_unit_test(levels_come_back_in_their_order),
      cmocka_unit_test(facts_do_not_hide_each_other),
      cmocka_unit_test(the_last_interface_is_the_one_that_is_judged),
      cmocka_unit_test(doubt_takes_what_this_path_knew),
      cmocka_unit_test(havoc_adds_to_havoc),
      cmocka_unit_test(havoc_of_lives_reaches_memory_and_its_kinds),
      cmocka_unit_test(an_escape_is_of_one_memory),
      cmocka_unit_test(zeroing_a_member_zeroes_its_memory),
      cmocka_unit_test(what_was_deleted_may_be_there_if_its_memory_is_asked),
      cmocka_unit_test(an_owner_that_has_no_name_is_no_other),
      cmocka_unit_test(the_end_of_a_lock_is_not_that_of_its_owner),
      cmocka_unit_test(answers_keep_what_is_known),
      cmocka_unit_test(one_rule_speaks_once_of_an_object),
      cmocka_unit_test(only_what_a_report_rests_on_is_forgiven),
      cmocka_unit_test(a_recursion_is_told_once),
      cmocka_unit_test(a_guarded_leave_too_many_is_told_once),
      cmocka_unit_test(a_level_too_high_is_told_once),
      cmocka_unit_test(nothing_is_believed_after_a_report),
      cmocka_unit_test(rows_are_found_by_name),
      cmocka_unit_test(reach_is_what_the_row_says),
      cmocka_unit_test(what_is_published_is_found_by_name),
      cmocka_unit_test(of_page_and_header_the_laxer_counts),
      cmocka_unit_test(a_rule_is_named_in_full),
      cmocka_unit_test(levels_outside_of_a_bound),
      cmocka_unit_test(who_may_be_outside_of_a_bound),
      cmocka_unit_test(reach_knows_the_bounds_of_rows),
      cmocka_unit_test(levels_have_names),
      cmocka_unit_test(the_release_of_a_mode),
      cmocka_unit_test(notes_tell_what_happened),
  };
  return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
