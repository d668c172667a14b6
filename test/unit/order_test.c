/* When two orders of locks are a deadlock. */
#include "ddi_order.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { A = 1, B, C, D };

static struct ddi_order order(ddi_name held, ddi_name acquired) {
  return (struct ddi_order){.held = held, .acquired = acquired};
}

static void two_orders_are_a_deadlock(void **state) {
  (void)state;
  struct ddi_order one = order(A, B), other = order(B, A);
  assert_true(ddi_orders_invert(&one, &other));
  assert_true(ddi_orders_invert(&other, &one));
}

static void one_order_is_none(void **state) {
  (void)state;
  struct ddi_order one = order(A, B), same = order(A, B), third = order(B, C);
  struct ddi_order itself = order(A, A);
  assert_false(ddi_orders_invert(&one, &same));
  assert_false(ddi_orders_invert(&one, &third));
  assert_false(ddi_orders_invert(&itself, &itself));
}

static void a_lock_that_both_share_keeps_nobody_out(void **state) {
  (void)state;
  struct ddi_order one = order(A, B), other = order(B, A);
  one.holds_shared = true;
  assert_true(ddi_orders_invert(&one, &other));
  other.acquires_shared = true;
  assert_false(ddi_orders_invert(&one, &other));
  assert_false(ddi_orders_invert(&other, &one));
}

static void a_gate_that_both_have_keeps_them_apart(void **state) {
  (void)state;
  struct ddi_order one = order(A, B), other = order(B, A);
  assert_true(ddi_add_gate(&one, C));
  assert_true(ddi_orders_invert(&one, &other));
  assert_true(ddi_add_gate(&other, D));
  assert_true(ddi_orders_invert(&one, &other));
  assert_true(ddi_add_gate(&other, C));
  assert_false(ddi_orders_invert(&one, &other));
}

static void a_gate_without_a_place_may_be_any(void **state) {
  (void)state;
  struct ddi_order one = order(A, B), other = order(B, A);
  assert_true(ddi_add_gate(&one, DDI_ANY_GATE));
  assert_true(ddi_orders_invert(&one, &other));
  assert_true(ddi_add_gate(&other, C));
  assert_false(ddi_orders_invert(&one, &other));
}

static void gates_are_counted_once(void **state) {
  (void)state;
  struct ddi_order one = order(A, B);
  for (int i = 0; i < 2; i++)
    for (ddi_name gate = C; gate < C + DDI_MAX_GATES; gate++)
      assert_true(ddi_add_gate(&one, gate));
  assert_false(ddi_add_gate(&one, C + DDI_MAX_GATES));
}

static void places_end_alike_or_are_two(void **state) {
  (void)state;
  assert_true(ddi_may_be_one_place("_Q.Lock", "_Q.Lock"));
  assert_true(ddi_may_be_one_place("_Q.Lock", "_E.Q/_Q.Lock"));
  assert_true(ddi_may_be_one_place("_E.Q/_Q.Lock", "_Q.Lock"));
  assert_false(ddi_may_be_one_place("_E.Q/_Q.Lock", "_E.P/_Q.Lock"));
  assert_false(ddi_may_be_one_place("Q.Lock", "_Q.Lock"));
  assert_false(ddi_may_be_one_place("_Q.Lock", "_Q.Lock*"));
}

static void only_who_holds_nothing_has_orders(void **state) {
  (void)state;
  struct ddi_context context = {.known = true};
  assert_true(ddi_has_orders(&context));
  context.may_hold = true;
  assert_false(ddi_has_orders(&context));
  context = (struct ddi_context){.known = true, .runs_alone = true};
  assert_false(ddi_has_orders(&context));
  context = (struct ddi_context){.known = false};
  assert_false(ddi_has_orders(&context));
}

static void what_is_held_for_requests_nobody_waits_for(void **state) {
  (void)state;
  assert_true(ddi_is_waited_for(DDI_ERESOURCE));
  assert_true(ddi_is_waited_for(DDI_SPIN_LOCK));
  assert_false(ddi_is_waited_for(DDI_NO_OBJECT));
  assert_false(ddi_is_waited_for(DDI_STORAGE));
  assert_false(ddi_is_waited_for(DDI_LOCK_HANDLE));
  assert_false(ddi_is_waited_for(DDI_REMOVE_LOCK));
}

static void nothing_runs_beside_driver_entry(void **state) {
  (void)state;
  struct ddi_role role;
  assert_true(ddi_find_role("DRIVER_INITIALIZE", &role));
  assert_true(ddi_role_context(&role).runs_alone);
  assert_true(ddi_find_role("DRIVER_DISPATCH", &role));
  assert_false(ddi_role_context(&role).runs_alone);
}

static void a_rule_wants_orders(void **state) {
  (void)state;
  const struct ddi_rule *rule = NULL;
  const struct ddi_obligation *row = ddi_find_order_rule(&rule);
  assert_non_null(row);
  assert_string_equal(rule->name, "wdm.LockOrder");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_orders_are_a_deadlock),
      cmocka_unit_test(one_order_is_none),
      cmocka_unit_test(a_lock_that_both_share_keeps_nobody_out),
      cmocka_unit_test(a_gate_that_both_have_keeps_them_apart),
      cmocka_unit_test(a_gate_without_a_place_may_be_any),
      cmocka_unit_test(gates_are_counted_once),
      cmocka_unit_test(places_end_alike_or_are_two),
      cmocka_unit_test(only_who_holds_nothing_has_orders),
      cmocka_unit_test(what_is_held_for_requests_nobody_waits_for),
      cmocka_unit_test(nothing_runs_beside_driver_entry),
      cmocka_unit_test(a_rule_wants_orders),
  };
  return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
