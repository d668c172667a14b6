/* The solver by itself, on sketches written by hand. */
#include "ddi_solve.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- A driver, word by word -------------------------------------------------- */

enum { MAX = 64 };

struct draft {
  struct ddi_body body;
  struct ddi_value values[MAX];
  uint32_t arguments[MAX];
  struct ddi_action actions[MAX];
  struct ddi_edge edges[MAX];
  struct ddi_block blocks[MAX];
  struct ddi_entry entry;
};

static struct ddi_names *names;
static struct draft drafts[8];
static struct ddi_function functions[8];
static size_t function_count;
static struct draft *now;

static ddi_name name(const char *text) {
  return ddi_names_add(names, text, strlen(text));
}

static void begin_driver(void) {
  names = ddi_names_new();
  assert_non_null(names);
  memset(drafts, 0, sizeof drafts);
  memset(functions, 0, sizeof functions);
  function_count = 0;
}

/* Block 0 is the exit, block 1 the entry. */
static struct ddi_function *function(const char *called) {
  struct ddi_function *f = &functions[function_count];
  now = &drafts[function_count++];
  now->body.values = now->values;
  now->body.arguments = now->arguments;
  now->body.actions = now->actions;
  now->body.edges = now->edges;
  now->body.blocks = now->blocks;
  now->body.entry = 1;
  now->body.block_count = 1;
  f->name = name(called);
  f->body = &now->body;
  f->reach.ops = ~0u;
  f->reach.kinds = ~0u;
  return f;
}

static void system_enters(struct ddi_function *f) {
  struct draft *d = &drafts[f - functions];
  d->entry = (struct ddi_entry){
      .context = {.known = true}, .is_role = true, .is_judged_at_exit = true};
  f->entries = &d->entry;
  f->entry_count = 1;
}

static void block(void) {
  struct ddi_block *b = &now->blocks[now->body.block_count++];
  b->first_action = now->body.action_count;
  b->first_edge = now->body.edge_count;
}

static struct ddi_block *last_block(void) {
  return &now->blocks[now->body.block_count - 1];
}

static void edge(uint32_t to, uint32_t test, bool is_else) {
  now->edges[now->body.edge_count++] =
      (struct ddi_edge){.to = to, .test = test, .is_else = is_else};
  last_block()->edges++;
}

static void go_to(uint32_t to) { edge(to, DDI_NONE, false); }

static void branch(uint32_t test, uint32_t yes, uint32_t no) {
  edge(yes, test, false);
  edge(no, test, true);
}

static uint32_t value(struct ddi_value v) {
  now->values[now->body.value_count] = v;
  return now->body.value_count++;
}

static uint32_t parameter(int number) {
  return value(
      (struct ddi_value){.kind = DDI_VALUE_PARAMETER, .number = number});
}

static uint32_t number(int64_t n) {
  return value((struct ddi_value){.kind = DDI_VALUE_NUMBER, .number = n});
}

static uint32_t member(uint32_t base, const char *of) {
  return value((struct ddi_value){
      .kind = DDI_VALUE_MEMBER, .base = base, .name = name(of)});
}

static uint32_t variable(int n) {
  if (now->body.variables <= (uint32_t)n)
    now->body.variables = (uint32_t)n + 1;
  return value((struct ddi_value){.kind = DDI_VALUE_VARIABLE, .number = n});
}

static uint32_t local(int n) {
  if (now->body.variables <= (uint32_t)n)
    now->body.variables = (uint32_t)n + 1;
  return value((struct ddi_value){.kind = DDI_VALUE_LOCAL, .number = n});
}

static struct ddi_action *action(enum ddi_action_kind kind) {
  struct ddi_action *a = &now->actions[now->body.action_count++];
  last_block()->actions++;
  *a = (struct ddi_action){.kind = (uint8_t)kind,
                           .irql_min = DDI_NO_BOUND,
                           .irql_max = DDI_NO_BOUND,
                           .value = DDI_NONE,
                           .address = DDI_NONE};
  return a;
}

/* Returns the value of the result. */
static uint32_t call(const char *routine, int count, ...) {
  struct ddi_action *a = action(DDI_DO_CALL);
  a->name = name(routine);
  a->first = now->body.argument_count;
  a->count = (uint32_t)count;
  va_list given;
  va_start(given, count);
  for (int i = 0; i < count; i++)
    now->arguments[now->body.argument_count++] = va_arg(given, uint32_t);
  va_end(given);
  return value((struct ddi_value){.kind = DDI_VALUE_RESULT,
                                  .number = (int64_t)(a - now->actions)});
}

static void set(int to, uint32_t from) {
  struct ddi_action *a = action(DDI_DO_SET);
  a->variable = (uint32_t)to;
  a->value = from;
}

static void give_back(uint32_t v) { action(DDI_DO_RETURN)->value = v; }

static bool every_rule(const struct ddi_rule *rule, void *context) {
  (void)rule, (void)context;
  return true;
}

static struct ddi_solution *solution;

static void solve(void) {
  struct ddi_problem problem = {.functions = functions,
                                .count = function_count,
                                .names = names,
                                .is_on = every_rule};
  solution = ddi_solve(&problem);
  assert_non_null(solution);
}

static void end_driver(void) {
  ddi_solution_free(solution);
  ddi_names_free(names);
}

static void assert_clean(void) {
  solve();
  assert_int_equal(solution->count, 0);
  end_driver();
}

static bool is_found(const char *rule, const char *in) {
  for (size_t i = 0; i < solution->count; i++) {
    const struct ddi_candidate *c = &solution->candidates[i];
    if (c->rule && !strcmp(c->rule->name, rule) &&
        functions[c->in].name == name(in))
      return true;
  }
  return false;
}

static void assert_candidate(const char *rule, const char *in) {
  solve();
  assert_true(is_found(rule, in));
  end_driver();
}

/* ---- One function --------------------------------------------------------------- */

static uint32_t resource(void) { return member(parameter(0), "_VCB.Resource"); }

static void acquire(uint32_t r) {
  call("ExAcquireResourceExclusiveLite", 2, r, number(1));
}

static void ok_balanced(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("KeEnterCriticalRegion", 0);
  acquire(resource());
  call("ExReleaseResourceLite", 1, resource());
  call("KeLeaveCriticalRegion", 0);
  go_to(0);
  assert_clean();
}

static void bad_release_outside(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("KeEnterCriticalRegion", 0);
  acquire(resource());
  call("KeLeaveCriticalRegion", 0);
  call("ExReleaseResourceLite", 1, resource());
  go_to(0);
  assert_candidate("wdm.WithinCriticalRegion", "Dispatch");
}

static void bad_region_is_kept(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("KeEnterCriticalRegion", 0);
  go_to(0);
  assert_candidate("wdm.CriticalRegions", "Dispatch");
}

/* if (p1) enter; if (p1) leave; */
static void ok_same_parameter_twice(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  uint32_t p = (block(), parameter(1));
  branch(p, 2, 3);
  block();
  call("KeEnterCriticalRegion", 0);
  go_to(3);
  block();
  branch(p, 4, 5);
  block();
  call("KeLeaveCriticalRegion", 0);
  go_to(5);
  block();
  go_to(0);
  assert_clean();
}

/* entered = 0; if (p1) { enter; entered = 1; } if (entered == 0) leave; */
static void flag_tells(bool is_right) {
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  set(0, number(0));
  branch(parameter(1), 2, 3);
  block();
  call("KeEnterCriticalRegion", 0);
  set(0, number(1));
  go_to(3);
  block();
  branch(variable(0), is_right ? 4 : 5, is_right ? 5 : 4);
  block();
  call("KeLeaveCriticalRegion", 0);
  go_to(5);
  block();
  go_to(0);
}

static void ok_flag_tells(void **state) {
  (void)state;
  flag_tells(true);
  assert_clean();
}

static void bad_flag_tells_the_opposite(void **state) {
  (void)state;
  flag_tells(false);
  assert_candidate("wdm.CriticalRegions", "Dispatch");
}

/* enter; if (!try) goto out; release; out: leave; */
static void ok_result_of_try(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("KeEnterCriticalRegion", 0);
  uint32_t got =
      call("ExAcquireResourceSharedLite", 2, resource(), parameter(1));
  branch(got, 2, 3);
  block();
  call("ExReleaseResourceLite", 1, resource());
  go_to(3);
  block();
  call("KeLeaveCriticalRegion", 0);
  go_to(0);
  assert_clean();
}

static void ok_saved_level_comes_back(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  uint32_t lock = member(parameter(0), "_EXT.Lock");
  uint32_t old = call("KeAcquireSpinLockRaiseToDpc", 1, lock);
  set(0, old);
  call("KeReleaseSpinLock", 2, lock, variable(0));
  go_to(0);
  assert_clean();
}

static void bad_blocks_at_dispatch_level(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  uint32_t lock = member(parameter(0), "_EXT.Lock");
  call("KeAcquireSpinLock", 2, lock, local(0));
  call("ZwClose", 1, parameter(1));
  call("KeReleaseSpinLock", 2, lock, variable(0));
  go_to(0);
  assert_candidate("wdm.IrqlZwPassive", "Dispatch");
}

/* Nothing in the branches matters: they are cut, and one state goes on. */
static void ok_branches_without_events(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  for (uint32_t i = 1; i < 13; i++) {
    block();
    if (i == 1)
      call("KeEnterCriticalRegion", 0);
    branch(parameter((int)i), i + 1, i + 1);
  }
  block();
  call("KeLeaveCriticalRegion", 0);
  go_to(0);
  solve();
  assert_int_equal(solution->count, 0);
  assert_true(solution->states < 10);
  end_driver();
}

/* ---- Several functions -------------------------------------------------------------- */

static void helper(const char *called, const char *does) {
  function(called);
  block();
  if (!strcmp(does, "acquire"))
    acquire(parameter(0));
  else if (!strcmp(does, "release"))
    call("ExReleaseResourceLite", 1, parameter(0));
  else
    call(does, 0);
  go_to(0);
}

static void three_helpers(bool leaves_too_early) {
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("Enter", 0);
  call("Lock", 1, resource());
  call(leaves_too_early ? "Leave" : "Unlock", 1, resource());
  call(leaves_too_early ? "Unlock" : "Leave", 1, resource());
  go_to(0);
  helper("Enter", "KeEnterCriticalRegion");
  helper("Lock", "acquire");
  helper("Unlock", "release");
  helper("Leave", "KeLeaveCriticalRegion");
}

static void ok_helpers_for_their_caller(void **state) {
  (void)state;
  three_helpers(false);
  assert_clean();
}

static void bad_across_three_helpers(void **state) {
  (void)state;
  three_helpers(true);
  solve();
  assert_true(is_found("wdm.WithinCriticalRegion", "Leave"));
  const struct ddi_candidate *c = &solution->candidates[0];
  assert_int_equal(c->call_count, 1);
  assert_int_equal(functions[c->calls[0]].name, name("Dispatch"));
  end_driver();
}

/* A helper that takes the lock and says so: returns 1 with it, 0 without. */
static void helper_that_says_so(bool is_believed) {
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("KeEnterCriticalRegion", 0);
  uint32_t got = call("TryLock", 2, resource(), parameter(1));
  branch(got, is_believed ? 2 : 3, is_believed ? 3 : 2);
  block();
  call("ExReleaseResourceLite", 1, resource());
  go_to(3);
  block();
  call("KeLeaveCriticalRegion", 0);
  go_to(0);
  function("TryLock");
  block();
  uint32_t result =
      call("ExAcquireResourceExclusiveLite", 2, parameter(0), parameter(1));
  branch(result, 2, 3);
  block();
  give_back(number(1));
  go_to(0);
  block();
  give_back(number(0));
  go_to(0);
}

static void ok_helper_says_what_it_holds(void **state) {
  (void)state;
  helper_that_says_so(true);
  assert_clean();
}

static void bad_helper_is_not_believed(void **state) {
  (void)state;
  helper_that_says_so(false);
  assert_candidate("wdm.ExclusiveResourceAccess", "Dispatch");
}

/* down(n) { if (n) { enter; down(n); leave; } } */
static void ok_recursion(void **state) {
  (void)state;
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("Down", 1, parameter(0));
  go_to(0);
  function("Down");
  block();
  branch(member(parameter(0), "_NODE.Left"), 2, 3);
  block();
  call("KeEnterCriticalRegion", 0);
  call("KeLeaveCriticalRegion", 0);
  call("Down", 1, parameter(0));
  go_to(3);
  block();
  go_to(0);
  assert_clean();
}

/* A region is entered, and a helper is called that nobody could follow. */
static void gives_up(void) {
  begin_driver();
  system_enters(function("Dispatch"));
  block();
  call("Enter", 0);
  call("NotFollowed", 0);
  go_to(0);
  helper("Enter", "KeEnterCriticalRegion");
  function("NotFollowed");
  block();
  call("ZwClose", 1, parameter(0));
  drafts[2].body.block_count = 0;
  solve();
}

static bool may_break(const char *rule) {
  for (size_t i = 0; ddi_rules[i]; i++)
    if (!strcmp(ddi_rules[i]->name, rule))
      return solution->may_break[0][i];
  fail_msg("no rule %s", rule);
  return false;
}

static void gives_up_on_what_it_does(void **state) {
  (void)state;
  gives_up();
  assert_int_equal(solution->count > 0 && !solution->candidates[0].rule, 1);
  assert_true(may_break("wdm.CriticalRegions"));
  assert_true(may_break("wdm.IrqlZwPassive"));
  end_driver();
}

static void gives_up_on_nothing_else(void **state) {
  (void)state;
  gives_up();
  assert_false(may_break("wdm.PushLock"));
  assert_false(may_break("wdm.IrqlKeRaiseLower"));
  assert_false(may_break("wdm.IrqlObPassive"));
  end_driver();
}

/* ---- In which order locks are acquired ------------------------------------------ */

static uint32_t other_lock(void) { return member(parameter(0), "_VCB.Mutex"); }

static void take(uint32_t mutex) { call("ExAcquireFastMutex", 1, mutex); }

static void drop(uint32_t mutex) { call("ExReleaseFastMutex", 1, mutex); }

static uint32_t one_lock(void) { return member(parameter(0), "_VCB.List"); }

static struct ddi_function *acquirer(const char *called) {
  struct ddi_function *f = function(called);
  f->is_summarized = true;
  block();
  return f;
}

/* void Read(Vcb) { take(one); take(other); ... } */
static void read_in_order(void) {
  system_enters(acquirer("Read"));
  take(one_lock());
  take(other_lock());
  drop(other_lock());
  drop(one_lock());
  go_to(0);
}

static void assert_orders(size_t count) {
  solve();
  assert_int_equal(solution->order_count, count);
}

static void bad_order_of_a_helper(void **state) {
  (void)state;
  begin_driver();
  read_in_order();
  system_enters(acquirer("Write"));
  take(other_lock());
  call("Helper", 1, one_lock());
  drop(other_lock());
  go_to(0);
  acquirer("Helper");
  take(parameter(0));
  drop(parameter(0));
  go_to(0);
  assert_orders(2);
  const struct ddi_found_order *last = &solution->orders[1];
  assert_int_equal(last->function, 1);
  assert_string_equal(ddi_names_text(solution->places, last->order.held),
                      "_VCB.Mutex");
  assert_string_equal(ddi_names_text(solution->places, last->order.acquired),
                      "_VCB.List");
  const struct ddi_trail *calls = &solution->trails[last->waits];
  assert_int_equal(calls->function, 1);
  assert_int_equal(solution->trails[calls->next].function, 2);
  end_driver();
}

static void ok_order_is_kept(void **state) {
  (void)state;
  begin_driver();
  read_in_order();
  system_enters(acquirer("Write"));
  take(one_lock());
  take(other_lock());
  drop(other_lock());
  drop(one_lock());
  go_to(0);
  assert_orders(0);
  end_driver();
}

static void ok_helper_gives_back_first(void **state) {
  (void)state;
  begin_driver();
  read_in_order();
  system_enters(acquirer("Write"));
  take(other_lock());
  call("Helper", 1, parameter(0));
  drop(other_lock());
  go_to(0);
  acquirer("Helper");
  drop(other_lock());
  take(one_lock());
  drop(one_lock());
  take(other_lock());
  go_to(0);
  assert_orders(0);
  end_driver();
}

/* Whether the helper acquires it its caller says. */
static void order_by_flag(int flag, size_t count) {
  begin_driver();
  read_in_order();
  system_enters(acquirer("Write"));
  take(other_lock());
  call("Helper", 2, parameter(0), number(flag));
  drop(other_lock());
  go_to(0);
  acquirer("Helper");
  branch(parameter(1), 2, 3);
  block();
  take(one_lock());
  drop(one_lock());
  go_to(3);
  block();
  go_to(0);
  assert_orders(count);
  end_driver();
}

static void orders_go_by_what_the_caller_says(void **state) {
  (void)state;
  order_by_flag(0, 0);
  order_by_flag(1, 2);
}

static void ok_beside_who_runs_alone(void **state) {
  (void)state;
  begin_driver();
  read_in_order();
  struct ddi_function *f = acquirer("DriverEntry");
  system_enters(f);
  drafts[1].entry.context.runs_alone = true;
  take(other_lock());
  take(one_lock());
  drop(one_lock());
  drop(other_lock());
  go_to(0);
  assert_orders(0);
  end_driver();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ok_balanced),
      cmocka_unit_test(bad_release_outside),
      cmocka_unit_test(bad_region_is_kept),
      cmocka_unit_test(ok_same_parameter_twice),
      cmocka_unit_test(ok_flag_tells),
      cmocka_unit_test(bad_flag_tells_the_opposite),
      cmocka_unit_test(ok_result_of_try),
      cmocka_unit_test(ok_saved_level_comes_back),
      cmocka_unit_test(bad_blocks_at_dispatch_level),
      cmocka_unit_test(ok_branches_without_events),
      cmocka_unit_test(ok_helpers_for_their_caller),
      cmocka_unit_test(bad_across_three_helpers),
      cmocka_unit_test(ok_helper_says_what_it_holds),
      cmocka_unit_test(bad_helper_is_not_believed),
      cmocka_unit_test(ok_recursion),
      cmocka_unit_test(gives_up_on_what_it_does),
      cmocka_unit_test(gives_up_on_nothing_else),
      cmocka_unit_test(bad_order_of_a_helper),
      cmocka_unit_test(ok_order_is_kept),
      cmocka_unit_test(ok_helper_gives_back_first),
      cmocka_unit_test(orders_go_by_what_the_caller_says),
      cmocka_unit_test(ok_beside_who_runs_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
