/* Names, and the file of sketches: what is read is sound, whatever is given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ddi_sketch.h"
#include <stdlib.h>
#include <string.h>

static ddi_name add(struct ddi_names *names, const char *text) {
  return ddi_names_add(names, text, strlen(text));
}

static void names_are_numbers(void **state) {
  (void)state;
  struct ddi_names *names = ddi_names_new();
  char text[32];
  for (int i = 0; i < 5000; ++i) {
    snprintf(text, sizeof text, "name %d", i);
    assert_int_equal(add(names, text), i + 1);
  }
  assert_int_equal(add(names, "name 77"), 78);
  assert_int_equal(ddi_names_add(names, "name 778", 7), 78);
  assert_int_equal(add(names, ""), 0);
  assert_string_equal(ddi_names_text(names, 5000), "name 4999");
  assert_string_equal(ddi_names_text(names, 0), "");
  assert_string_equal(ddi_names_text(names, 5001), "");
  ddi_names_free(names);
}

static void *copied(const void *from, size_t size) {
  void *into = malloc(size);
  memcpy(into, from, size);
  return into;
}

/* if (p0->A.Lock has bit 2) { r0 = acquire(&p0->A.Lock); } return r0 < -5; */
static struct ddi_body *sample(struct ddi_names *names) {
  const struct ddi_value values[] = {
      {.kind = DDI_VALUE_UNKNOWN},
      {.kind = DDI_VALUE_PARAMETER},
      {.kind = DDI_VALUE_MEMBER, .name = add(names, "A.Lock"), .base = 1},
      {.kind = DDI_VALUE_LOAD, .base = 2},
      {.kind = DDI_VALUE_NUMBER, .number = 2},
      {.kind = DDI_VALUE_AND, .base = 3, .other = 4},
      {.kind = DDI_VALUE_RESULT, .number = 0},
      {.kind = DDI_VALUE_NUMBER, .number = INT64_MIN},
      {.kind = DDI_VALUE_COMPARE, .compare = DDI_LT, .base = 6, .other = 7},
      {.kind = DDI_VALUE_VARIABLE, .number = 1},
      {.kind = DDI_VALUE_TAGGED, .base = 9, .number = 3}};
  const uint32_t arguments[] = {2, 0};
  const struct ddi_action actions[] = {
      {.kind = DDI_DO_CALL, .flags = DDI_IS_SYSTEM, .irql_min = DDI_NO_BOUND,
       .irql_max = 2, .name = add(names, "acquire"),
       .written = add(names, "Acquire"), .count = 2, .variable = DDI_NONE,
       .value = DDI_NONE, .address = DDI_NONE, .file = add(names, "a.c"),
       .line = 70000, .column = 3},
      {.kind = DDI_DO_EVENT, .variable = DDI_NONE, .value = 0, .address = 2,
       .op = DDI_ACQUIRE, .object_kind = DDI_LOCK, .mode = DDI_SHARED},
      {.kind = DDI_DO_SET, .variable = 1, .value = 10, .address = DDI_NONE},
      {.kind = DDI_DO_RETURN, .variable = DDI_NONE, .value = 8,
       .address = DDI_NONE}};
  const struct ddi_edge edges[] = {
      {.to = 1, .test = 5}, {.to = 2, .test = 5, .is_else = 1},
      {.to = 2, .test = DDI_NONE}};
  const struct ddi_block blocks[] = {{.edges = 2},
                                     {.actions = 3, .first_edge = 2, .edges = 1},
                                     {.first_action = 3, .actions = 1}};
  struct ddi_body *body = calloc(1, sizeof *body);
  *body = (struct ddi_body){.values = copied(values, sizeof values),
                            .arguments = copied(arguments, sizeof arguments),
                            .actions = copied(actions, sizeof actions),
                            .edges = copied(edges, sizeof edges),
                            .blocks = copied(blocks, sizeof blocks),
                            .value_count = 11,
                            .argument_count = 2,
                            .action_count = 4,
                            .edge_count = 3,
                            .block_count = 3,
                            .exit = 2,
                            .variables = 2,
                            .parameters = 1};
  return body;
}

/* The bytes of a unit with the sample and a function without a sketch. */
static unsigned char *written(size_t *length) {
  struct ddi_names *names = ddi_names_new();
  add(names, "of no function");
  struct ddi_body *body = sample(names);
  struct ddi_body without = {.why_not = add(names, "strange")};
  struct ddi_named_body functions[] = {{add(names, "f"), body},
                                       {add(names, "g"), &without}};
  struct ddi_unit unit = {functions, 2};
  FILE *file = tmpfile();
  assert_true(ddi_unit_write(&unit, names, file));
  *length = (size_t)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*length);
  assert_int_equal(fread(bytes, 1, *length, file), *length);
  fclose(file);
  ddi_body_free(body);
  ddi_names_free(names);
  return bytes;
}

static void what_is_written_is_read(void **state) {
  (void)state;
  size_t length;
  unsigned char *bytes = written(&length);
  struct ddi_names *names = ddi_names_new();
  const char *error;
  struct ddi_unit *unit = ddi_unit_read(bytes, length, names, NULL, NULL, &error);
  assert_null(error);
  assert_non_null(unit);
  assert_int_equal(unit->count, 2);
  assert_string_equal(ddi_names_text(names, unit->functions[0].function), "f");
  assert_string_equal(
      ddi_names_text(names, unit->functions[1].body->why_not), "strange");
  const struct ddi_body *body = unit->functions[0].body;
  struct ddi_body *same = sample(names);
  assert_int_equal(body->exit, 2);
  assert_int_equal(body->parameters, 1);
  assert_int_equal(body->variables, 2);
  assert_int_equal(body->value_count, same->value_count);
  assert_memory_equal(body->arguments, same->arguments, 2 * sizeof(uint32_t));
  assert_memory_equal(body->blocks, same->blocks, 3 * sizeof *body->blocks);
  for (uint32_t i = 0; i < body->value_count; ++i) {
    assert_int_equal(body->values[i].kind, same->values[i].kind);
    assert_int_equal(body->values[i].compare, same->values[i].compare);
    assert_int_equal(body->values[i].name, same->values[i].name);
    assert_int_equal(body->values[i].base, same->values[i].base);
    assert_int_equal(body->values[i].other, same->values[i].other);
    assert_true(body->values[i].number == same->values[i].number);
  }
  for (uint32_t i = 0; i < body->action_count; ++i) {
    const struct ddi_action *a = &body->actions[i], *b = &same->actions[i];
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->irql_min, b->irql_min);
    assert_int_equal(a->irql_max, b->irql_max);
    assert_int_equal(a->name, b->name);
    assert_int_equal(a->written, b->written);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->variable, b->variable);
    assert_int_equal(a->value, b->value);
    assert_int_equal(a->address, b->address);
    assert_int_equal(a->op, b->op);
    assert_int_equal(a->object_kind, b->object_kind);
    assert_int_equal(a->mode, b->mode);
    assert_int_equal(a->file, b->file);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
  }
  for (uint32_t i = 0; i < body->edge_count; ++i) {
    assert_int_equal(body->edges[i].to, same->edges[i].to);
    assert_int_equal(body->edges[i].test, same->edges[i].test);
    assert_int_equal(body->edges[i].is_else, same->edges[i].is_else);
  }
  ddi_body_free(same);
  ddi_unit_free(unit);
  ddi_names_free(names);
  free(bytes);
}

static bool is_in_a(void *names, ddi_name function, ddi_name file) {
  assert_true(function);
  return !strcmp(ddi_names_text(names, file), "a.c");
}

static void what_is_not_wanted_is_left_out(void **state) {
  (void)state;
  size_t length;
  unsigned char *bytes = written(&length);
  struct ddi_names *names = ddi_names_new();
  const char *error;
  struct ddi_unit *unit =
      ddi_unit_read(bytes, length, names, is_in_a, names, &error);
  assert_null(error);
  assert_int_equal(unit->count, 1);
  assert_string_equal(ddi_names_text(names, unit->functions[0].function), "f");
  ddi_unit_free(unit);
  ddi_names_free(names);
  free(bytes);
}

/* Read, and thrown away again; true if it was taken. */
static bool is_taken(const unsigned char *bytes, size_t length) {
  struct ddi_names *names = ddi_names_new();
  const char *error;
  /* Of its own size, so that a sanitizer sees what is read behind it. */
  unsigned char *exact = malloc(length ? length : 1);
  memcpy(exact, bytes, length);
  struct ddi_unit *unit = ddi_unit_read(exact, length, names, NULL, NULL, &error);
  assert_true(unit ? !error : error && *error);
  ddi_unit_free(unit);
  ddi_names_free(names);
  free(exact);
  return unit != NULL;
}

static void what_is_cut_off_is_refused(void **state) {
  (void)state;
  size_t length;
  unsigned char *bytes = written(&length);
  for (size_t i = 0; i < length; ++i)
    assert_false(is_taken(bytes, i));
  bytes = realloc(bytes, length + 1);
  bytes[length] = 0;
  assert_false(is_taken(bytes, length + 1));
  free(bytes);
}

static void what_is_damaged_does_no_harm(void **state) {
  (void)state;
  size_t length;
  unsigned char *bytes = written(&length);
  unsigned char *damaged = malloc(length);
  uint32_t random = 1;
  for (int round = 0; round < 20000; ++round) {
    memcpy(damaged, bytes, length);
    for (int i = 0; i <= round % 3; ++i) {
      random = random * 1664525u + 1013904223u;
      damaged[(random >> 8) % length] ^= (unsigned char)(1u << (random >> 29));
    }
    is_taken(damaged, length);
  }
  free(damaged);
  free(bytes);
}

static void huge_lengths_are_refused(void **state) {
  (void)state;
  size_t length;
  unsigned char *bytes = written(&length);
  for (size_t i = 0; i + 9 < length; ++i) {
    unsigned char *longer = malloc(length);
    memcpy(longer, bytes, length);
    memcpy(longer + i, "\x9b\x00\x00\x00\xff\xff\xff\xff\xff", 9);
    assert_false(is_taken(longer, length));
    free(longer);
  }
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_are_numbers),
      cmocka_unit_test(what_is_written_is_read),
      cmocka_unit_test(what_is_not_wanted_is_left_out),
      cmocka_unit_test(what_is_cut_off_is_refused),
      cmocka_unit_test(what_is_damaged_does_no_harm),
      cmocka_unit_test(huge_lengths_are_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
