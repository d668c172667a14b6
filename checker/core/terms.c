/* Terms: a table in which equal ones are one. */
#include "terms.h"
#include <stdlib.h>
#include <string.h>

struct ddi_terms {
  struct ddi_value *parts; /* by term; the first is that of zero */
  uint32_t count, room;
  ddi_term *slots; /* a hash table; zero: free */
  uint32_t slot_count;
};

struct ddi_terms *ddi_terms_new(void) {
  struct ddi_terms *terms = calloc(1, sizeof *terms);
  if (!terms)
    return NULL;
  terms->room = 1024;
  terms->slot_count = 4096;
  terms->parts = calloc(terms->room, sizeof *terms->parts);
  terms->slots = calloc(terms->slot_count, sizeof *terms->slots);
  terms->count = 1;
  if (terms->parts && terms->slots)
    return terms;
  ddi_terms_free(terms);
  return NULL;
}

void ddi_terms_free(struct ddi_terms *terms) {
  if (!terms)
    return;
  free(terms->parts);
  free(terms->slots);
  free(terms);
}

static uint32_t hash(const struct ddi_value *v) {
  uint64_t h = v->kind * 31u + v->compare;
  h = (h ^ v->name) * 0x9E3779B97F4A7C15u;
  h = (h ^ v->base) * 0x9E3779B97F4A7C15u;
  h = (h ^ v->other) * 0x9E3779B97F4A7C15u;
  h = (h ^ (uint64_t)v->number) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32);
}

static bool is_same(const struct ddi_value *a, const struct ddi_value *b) {
  return a->kind == b->kind && a->compare == b->compare && a->name == b->name &&
         a->base == b->base && a->other == b->other && a->number == b->number;
}

static void insert(struct ddi_terms *terms, ddi_term term) {
  uint32_t at = hash(&terms->parts[term]) & (terms->slot_count - 1);
  while (terms->slots[at])
    at = (at + 1) & (terms->slot_count - 1);
  terms->slots[at] = term;
}

static bool grow_slots(struct ddi_terms *terms) {
  ddi_term *slots = calloc(terms->slot_count * 2u, sizeof *slots);
  if (!slots)
    return false;
  free(terms->slots);
  terms->slots = slots;
  terms->slot_count *= 2;
  for (ddi_term term = 1; term < terms->count; term++)
    insert(terms, term);
  return true;
}

static bool grow(struct ddi_terms *terms) {
  if (terms->count < terms->room)
    return true;
  struct ddi_value *parts =
      realloc(terms->parts, terms->room * 2u * sizeof *parts);
  if (!parts)
    return false;
  terms->parts = parts;
  terms->room *= 2;
  return terms->room * 2 <= terms->slot_count || grow_slots(terms);
}

static ddi_term find_or_add(struct ddi_terms *terms,
                            const struct ddi_value *parts) {
  uint32_t at = hash(parts) & (terms->slot_count - 1);
  while (terms->slots[at]) {
    if (is_same(&terms->parts[terms->slots[at]], parts))
      return terms->slots[at];
    at = (at + 1) & (terms->slot_count - 1);
  }
  if (!grow(terms))
    return 0;
  terms->parts[terms->count] = *parts;
  insert(terms, terms->count);
  return terms->count++;
}

uint32_t ddi_terms_count(const struct ddi_terms *terms) { return terms->count; }

const struct ddi_value *ddi_term_parts(const struct ddi_terms *terms,
                                       ddi_term term) {
  return &terms->parts[term];
}

bool ddi_term_is_number(const struct ddi_terms *terms, ddi_term term,
                        int64_t *number) {
  if (terms->parts[term].kind != DDI_VALUE_NUMBER)
    return false;
  *number = terms->parts[term].number;
  return true;
}

ddi_term ddi_term_number(struct ddi_terms *terms, int64_t number) {
  struct ddi_value parts = {.kind = DDI_VALUE_NUMBER, .number = number};
  return find_or_add(terms, &parts);
}

ddi_term ddi_term_result(struct ddi_terms *terms, uint32_t action) {
  struct ddi_value parts = {.kind = DDI_VALUE_RESULT, .number = action};
  return find_or_add(terms, &parts);
}

ddi_term ddi_term_output(struct ddi_terms *terms, uint32_t action,
                         uint32_t argument) {
  struct ddi_value parts = {
      .kind = DDI_TERM_OUTPUT, .number = action, .base = argument};
  return find_or_add(terms, &parts);
}

static bool compares(enum ddi_compare how, int64_t a, int64_t b) {
  switch (how) {
  case DDI_EQ:
    return a == b;
  case DDI_NE:
    return a != b;
  case DDI_LT:
    return a < b;
  case DDI_GE:
    return a >= b;
  case DDI_GT:
    return a > b;
  case DDI_LE:
    return a <= b;
  }
  return false;
}

/* A comparison or a mask of two numbers is a number. */
static ddi_term fold(struct ddi_terms *terms, const struct ddi_value *parts) {
  int64_t a, b;
  bool are_numbers = ddi_term_is_number(terms, parts->base, &a) &&
                     ddi_term_is_number(terms, parts->other, &b);
  if (parts->kind == DDI_VALUE_AND)
    return are_numbers ? ddi_term_number(terms, a & b)
                       : find_or_add(terms, parts);
  if (are_numbers)
    return ddi_term_number(
        terms, compares((enum ddi_compare)parts->compare, a, b));
  if (parts->base == parts->other)
    return ddi_term_number(
        terms, compares((enum ddi_compare)parts->compare, 0, 0));
  return find_or_add(terms, parts);
}

ddi_term ddi_term_make(struct ddi_terms *terms, const struct ddi_value *parts) {
  switch (parts->kind) {
  case DDI_VALUE_UNKNOWN:
  case DDI_VALUE_VARIABLE:
    return 0;
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
    return parts->base && parts->other ? fold(terms, parts) : 0;
  case DDI_VALUE_ELEMENT:
    return parts->base && parts->other ? find_or_add(terms, parts) : 0;
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_LOAD:
  case DDI_VALUE_TAGGED:
  case DDI_TERM_INNER:
    return parts->base ? find_or_add(terms, parts) : 0;
  default:
    return find_or_add(terms, parts);
  }
}

bool ddi_term_contains(const struct ddi_terms *terms, ddi_term term,
                       ddi_term part) {
  if (term == part)
    return true;
  if (term < part) /* parts are older */
    return false;
  const struct ddi_value *parts = &terms->parts[term];
  return ddi_value_has_base(parts) &&
         (ddi_term_contains(terms, parts->base, part) ||
          (ddi_value_has_other(parts) && ddi_term_contains(terms, parts->other, part)));
}

bool ddi_term_is_of(const struct ddi_terms *terms, ddi_term term,
                    uint32_t action) {
  const struct ddi_value *parts = &terms->parts[term];
  if (parts->kind == DDI_VALUE_RESULT || parts->kind == DDI_TERM_OUTPUT ||
      parts->kind == DDI_TERM_INNER)
    return parts->number == (int64_t)action;
  return ddi_value_has_base(parts) &&
         (ddi_term_is_of(terms, parts->base, action) ||
          (ddi_value_has_other(parts) && ddi_term_is_of(terms, parts->other, action)));
}

bool ddi_term_is_far(const struct ddi_terms *terms, ddi_term term) {
  for (const struct ddi_value *parts = &terms->parts[term]; ddi_value_has_base(parts);
       parts = &terms->parts[parts->base])
    for (const struct ddi_value *before = &terms->parts[parts->base];
         parts->kind == DDI_VALUE_MEMBER && ddi_value_has_base(before);
         before = &terms->parts[before->base])
      if (before->kind == DDI_VALUE_MEMBER && before->name == parts->name)
        return true;
  return false;
}

ddi_term ddi_term_root(const struct ddi_terms *terms, ddi_term term) {
  while (ddi_value_has_base(&terms->parts[term]))
    term = terms->parts[term].base;
  return term;
}

bool ddi_term_is_loaded(const struct ddi_terms *terms, ddi_term term) {
  const struct ddi_value *parts = &terms->parts[term];
  if (parts->kind == DDI_VALUE_LOAD)
    return true;
  return ddi_value_has_base(parts) &&
         (ddi_term_is_loaded(terms, parts->base) ||
          (ddi_value_has_other(parts) && ddi_term_is_loaded(terms, parts->other)));
}

bool ddi_term_is_symbolic(const struct ddi_terms *terms, ddi_term term) {
  const struct ddi_value *parts = &terms->parts[term];
  switch (parts->kind) {
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_TAGGED:
    return ddi_term_is_symbolic(terms, parts->base);
  case DDI_VALUE_ELEMENT:
    return ddi_term_is_symbolic(terms, parts->base) ||
           terms->parts[parts->other].kind != DDI_VALUE_NUMBER;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_FUNCTION:
  case DDI_VALUE_NUMBER:
    return false;
  default:
    return true;
  }
}

ddi_term ddi_term_storage(const struct ddi_terms *terms, ddi_term address) {
  while (true) {
    const struct ddi_value *parts = &terms->parts[address];
    if (parts->kind != DDI_VALUE_MEMBER && parts->kind != DDI_VALUE_ELEMENT &&
        parts->kind != DDI_VALUE_TAGGED)
      return address;
    address = parts->base;
  }
}

ddi_term ddi_term_rewrite(struct ddi_terms *terms, ddi_term term,
                          ddi_term_map leaf, void *context) {
  if (!term)
    return 0;
  ddi_term other = leaf(context, term);
  if (other != DDI_NONE)
    return other;
  struct ddi_value parts = terms->parts[term];
  if (!ddi_value_has_base(&parts))
    return term;
  parts.base = ddi_term_rewrite(terms, parts.base, leaf, context);
  if (ddi_value_has_other(&parts))
    parts.other = ddi_term_rewrite(terms, parts.other, leaf, context);
  return ddi_term_make(terms, &parts);
}
