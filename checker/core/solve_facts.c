/* What a way knows: its facts, and the values and signs that they give. */
#include "solve_internal.h"
#include <string.h>

/* ---- Facts ------------------------------------------------------------------ */

static uint32_t count_facts(const struct way *way, uint32_t kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < way->fact_count; i++)
    count += way->facts[i].kind == kind;
  return count;
}

void ddi_put_fact(struct way *way, struct fact fact) {
  uint32_t at = fact_at(way, fact.kind, fact.subject);
  bool is_there = at < way->fact_count && way->facts[at].kind == fact.kind &&
                  way->facts[at].subject == fact.subject;
  bool says_nothing = fact.kind == SIGN ? fact.signs == ANY_SIGN : !fact.value;
  if (is_there && says_nothing) {
    drop_fact(way, at);
    return;
  }
  if (is_there) {
    way->facts[at] = fact;
    return;
  }
  bool is_full = way->fact_count == MAX_FACTS ||
                 (fact.kind == SIGN && count_facts(way, SIGN) == MAX_SIGNS);
  if (says_nothing || is_full)
    return;
  memmove(&way->facts[at + 1], &way->facts[at],
          (way->fact_count - at) * sizeof *way->facts);
  way->facts[at] = fact;
  way->fact_count++;
}

/* ---- Values ----------------------------------------------------------------- */

ddi_term ddi_evaluate(struct solver *s, const struct ddi_body *body,
                      const struct way *way, uint32_t value) {
  if (value == DDI_NONE)
    return 0;
  struct ddi_value parts = body->values[value];
  if (ddi_value_has_base(&parts))
    parts.base = ddi_evaluate(s, body, way, parts.base);
  if (ddi_value_has_other(&parts))
    parts.other = ddi_evaluate(s, body, way, parts.other);
  return combine(s, way, &parts);
}

unsigned ddi_signs_of(struct solver *s, const struct way *way, ddi_term term) {
  int64_t number;
  if (!term)
    return ANY_SIGN;
  if (ddi_term_is_number(s->terms, term, &number))
    return sign_of_number(number);
  const struct fact *fact = find_fact(way, SIGN, term);
  if (fact)
    return fact->signs;
  switch (ddi_term_parts(s->terms, term)->kind) {
  case DDI_VALUE_COMPARE:
    return ZERO | POSITIVE;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_FUNCTION:
  case DDI_VALUE_MEMBER: /* a pointer that is followed is one that is there */
  case DDI_TERM_THREAD:
    return NOT_ZERO;
  default:
    return ANY_SIGN;
  }
}

bool ddi_narrow_signs(struct solver *s, struct way *way, ddi_term term,
                      unsigned signs) {
  if (!term)
    return true;
  unsigned left = ddi_signs_of(s, way, term) & signs;
  int64_t number;
  if (left && !ddi_term_is_number(s->terms, term, &number))
    ddi_put_fact(way,
                 (struct fact){.kind = SIGN, .subject = term, .signs = left});
  return left != 0;
}

static unsigned signs_beside_zero(enum ddi_compare how) {
  switch (how) {
  case DDI_EQ:
    return ZERO;
  case DDI_NE:
    return NOT_ZERO;
  case DDI_LT:
    return NEGATIVE;
  case DDI_GE:
    return ZERO | POSITIVE;
  case DDI_GT:
    return POSITIVE;
  case DDI_LE:
    return NEGATIVE | ZERO;
  }
  return ANY_SIGN;
}

/* The IRQL, which the driver has asked for, against a number. */
static bool learn_level(struct way *way, enum ddi_compare how, int64_t number) {
  const struct ddi_level *now = &way->state.thread.irql;
  int with = at_most(number, DDI_HIGH_LEVEL + 1);
  int low = 0, high = DDI_HIGH_LEVEL;
  switch (how) {
  case DDI_EQ:
    low = high = with;
    break;
  case DDI_NE:
    low = now->low == with ? with + 1 : low;
    high = now->high == with ? with - 1 : high;
    break;
  case DDI_LT:
    high = with - 1;
    break;
  case DDI_GE:
    low = with;
    break;
  case DDI_GT:
    low = with + 1;
    break;
  case DDI_LE:
    high = with;
    break;
  }
  if (low > high || now->low > high || now->high < low)
    return false;
  ddi_learn_level(&way->state, low, high);
  return true;
}

/* Known of the same value: that it equals another number. */
static bool equals_another(struct solver *s, const struct way *way,
                           const struct ddi_value *parts) {
  for (uint32_t i = 0; i < way->fact_count; i++) {
    const struct fact *fact = &way->facts[i];
    if (fact->kind != SIGN || fact->signs & ZERO)
      continue;
    const struct ddi_value *known = ddi_term_parts(s->terms, fact->subject);
    if (known->kind == DDI_VALUE_COMPARE && known->compare == DDI_EQ &&
        known->base == parts->base && known->other != parts->other)
      return true;
  }
  return false;
}

static bool refine_compare(struct solver *s, struct way *way,
                           struct ddi_value parts, bool yes) {
  int64_t number;
  way->asks_owner |= is_thread(s, parts.base) || is_thread(s, parts.other);
  if (!ddi_term_is_number(s->terms, parts.other, &number)) {
    enum ddi_compare how = (enum ddi_compare)parts.compare;
    bool is_negated = how == DDI_NE || how == DDI_GE || how == DDI_LE;
    if (is_negated)
      parts.compare = (uint8_t)ddi_opposite(how);
    return ddi_narrow_signs(s, way, ddi_term_make(s->terms, &parts),
                            yes != is_negated ? NOT_ZERO : ZERO);
  }
  if (!yes)
    parts.compare = (uint8_t)ddi_opposite((enum ddi_compare)parts.compare);
  enum ddi_compare how = (enum ddi_compare)parts.compare;
  const struct ddi_value base = *ddi_term_parts(s->terms, parts.base);
  bool is_truth = number == 0 && (how == DDI_EQ || how == DDI_NE);
  if (is_truth && base.kind == DDI_VALUE_COMPARE)
    return ddi_refine(s, way, parts.base, how == DDI_NE);
  if (parts.base == way->state.thread.irql.value)
    return learn_level(way, how, number);
  if (number == 0)
    return ddi_narrow_signs(s, way, parts.base, signs_beside_zero(how));
  if (how == DDI_EQ) {
    if (equals_another(s, way, &parts) ||
        !ddi_narrow_signs(s, way, parts.base, sign_of_number(number)))
      return false;
  } else if (ddi_signs_of(s, way, parts.base) == ZERO) {
    parts.base = ddi_term_number(s->terms, 0);
    return ddi_term_make(s->terms, &parts) == ddi_term_number(s->terms, 1);
  }
  bool is_negated = how == DDI_NE || how == DDI_GE || how == DDI_LE;
  if (is_negated)
    parts.compare = (uint8_t)ddi_opposite(how);
  return ddi_narrow_signs(s, way, ddi_term_make(s->terms, &parts),
                          is_negated ? ZERO : NOT_ZERO);
}

bool ddi_refine(struct solver *s, struct way *way, ddi_term term, bool yes) {
  if (!term)
    return true;
  const struct ddi_value parts = *ddi_term_parts(s->terms, term);
  if (parts.kind == DDI_VALUE_COMPARE)
    return refine_compare(s, way, parts, yes);
  return ddi_narrow_signs(s, way, term, yes ? NOT_ZERO : ZERO);
}
