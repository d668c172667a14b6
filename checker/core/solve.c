/* All paths of all functions, by summaries. */
#include "ddi_solve.h"
#include "flow.h"
#include "terms.h"
#include <stdlib.h>
#include <string.h>

/* ---- What a path knows ---------------------------------------------------- */

enum fact_kind {
  IS,      /* variable subject holds value */
  HOLDS,   /* at the address subject lies value */
  ENTERED, /* parameter subject was value */
  GAVE,    /* the call subject returned value */
  SIGN,    /* the term subject is one of signs */
  LEVEL,   /* the term subject is a level, from value to signs */
  RETURNS  /* the function will return value */
};

enum { NEGATIVE = 1, ZERO = 2, POSITIVE = 4, NOT_ZERO = 5, ANY_SIGN = 7 };

/* In place of an entry: by anybody, to tell what the function changes, and to judge
   it alone. */
#define DDI_FOR_CALLERS (DDI_NONE - 1)
#define DDI_ALONE (DDI_NONE - 2)

/* In place of a way's focus: what the function changes is noted; or nothing is
   judged, because the caller's way is about an object that has no part in it. */
#define ITS_CHANGES DDI_NONE
#define NOTHING (DDI_NONE - 1)

struct fact {
  uint32_t kind, subject;
  ddi_term value;
  uint32_t signs;
};

enum {
  MAX_FACTS = 48,
  MAX_SIGNS = 8,
  MAX_COUNT = 4, /* of acquisitions */
  MAX_DEPTH = 8, /* of regions */
  MAX_WAYS_AT_BLOCK = 48,
  MAX_WAYS_OUT = 32,
  MAX_STEPS_OF_SUMMARY = 3000,
  MAX_STEPS_OF_FUNCTION = 20000,
  MAX_SUMMARIES_OF_FUNCTION = 512,
  MAX_NAMES = 96,
  /* Then they are told apart by less. */
  MANY_SUMMARIES = 24,
  TOO_MANY_SUMMARIES = 128
};

struct way {
  uint32_t fact_count, change_count;
  uint32_t asks_owner; /* the current thread was compared with something */
  ddi_term focus; /* the object that the way is about; zero: the thread alone */
  uint32_t kind;  /* of the object */
  struct fact facts[MAX_FACTS]; /* ordered */
  struct ddi_change changes[DDI_MAX_CHANGES]; /* in the order in which they happen */
  struct ddi_state state;
  uint32_t trails[DDI_MAX_CHANGES]; /* where; equal ways may differ in it */
};

/* A way of which equal ones are one pointer. */
struct packed {
  struct packed *next; /* in its slot */
  uint32_t hash, length;
  uint32_t trails[DDI_MAX_CHANGES];
  unsigned char bytes[];
};

/* ---- What is being solved ------------------------------------------------- */

struct caller {
  uint32_t summary, block, action;
  const struct packed *way; /* at the call */
};

/* An object that something happens to; a way is about it from the start on. */
struct name {
  ddi_term term;
  uint32_t kind;
  bool has_started;
};

struct broken {
  const struct ddi_rule *rule; /* null: gave up */
  const char *why;
  uint32_t action;
};

struct callee {
  uint32_t summary, action;
};

#define LIST(type)                                                             \
  struct {                                                                     \
    type *at;                                                                  \
    uint32_t count, room;                                                      \
  }

struct summary {
  uint32_t function, entry; /* DDI_NONE: entered by a call */
  const struct packed *start;
  LIST(const struct packed *) exits; /* their facts are about the result alone */
  LIST(struct caller) callers;
  LIST(struct callee) callees;
  LIST(struct broken) broken;
  LIST(struct ddi_demand) demands;
  LIST(struct name) names;
  uint16_t *ways; /* by block */
  uint32_t steps;
  bool gave_up;
  bool is_asked; /* for callers, whoever they are */
  bool lets_apcs_in; /* somewhere in it, where they were disabled */
};

struct item {
  uint32_t summary, block, action;
  const struct packed *way;
};

/* Something happens in the summary to an object of this name. */
struct sight {
  uint32_t summary;
  struct name name;
};

/* Ways of one property state meet at a block: what they agree on goes on. */
struct meeting {
  uint32_t summary, block;
  const struct packed *state; /* without facts */
  const struct packed *way;
};

struct name_info {
  const struct ddi_routine *row;
  const struct ddi_published *published;
  uint32_t function; /* or DDI_NONE */
  struct ddi_reach through; /* a call by a pointer of the type of that name */
  bool is_known;
};

/* The objects that a function, or one that it calls, may do something with: a set
   of members and variables by their hashes, and of parameters that point to one. */
struct touch {
  uint64_t names;
  uint32_t parameters;
};

/* A function cut to what matters to ways about something. */
struct view {
  struct view *next;
  uint64_t names;       /* a set of what is touched, as in struct touch */
  bool by_parameter;    /* what parameters point to, too */
  bool has_regions, has_all;
  struct ddi_flow *flow;
};

struct solver {
  const struct ddi_problem *problem;
  struct ddi_terms *terms;
  struct name_info *infos; /* by name */
  uint32_t name_count;
  struct view **views;     /* by function */
  bool *returns;           /* by function: not always by an exception, or never */
  uint64_t *written;       /* by function: a set of members, by their hash */
  struct touch *touched;   /* by function */
  struct ddi_reach *reaches; /* by function: what it may change for its callers */
  uint32_t *summary_counts;
  uint32_t *step_counts; /* by function */
  uint32_t *same_name; /* by function: another of its name, or DDI_NONE */
  /* By function: its summary for callers, and that of it alone, or DDI_NONE. */
  uint32_t *asked, *alone;
  LIST(struct summary) summaries;
  LIST(struct item) work;
  LIST(struct sight) sights;
  LIST(struct ddi_trail) trails; /* the first is none */
  struct packed **slots;
  uint32_t slot_count, packed_count;
  uint32_t *key_slots; /* summaries by function and start */
  uint32_t key_slot_count;
  struct meeting *meetings;
  uint32_t meeting_count, meeting_room;
  size_t steps;
  struct way *scratch;
  /* Of which rules ask for the IRQL, and for regions, too. */
  uint32_t kinds_with_level, kinds_with_region;
  uint32_t *marks, mark, mark_room; /* by term: seen in this round */
  ddi_term *values;                 /* by value, as of now */
  uint32_t value_room;
  bool is_dead;    /* the path goes through a null pointer */
  bool has_failed; /* no memory */
};

static bool make_room(void **at, uint32_t count, uint32_t *room, size_t size) {
  if (count < *room)
    return true;
  uint32_t more = *room ? *room * 2 : 8;
  void *grown = realloc(*at, more * size);
  if (!grown)
    return false;
  *at = grown;
  *room = more;
  return true;
}

#define PUSH(solver, list, ...)                                                \
  do {                                                                         \
    if (make_room((void **)&(list).at, (list).count, &(list).room,             \
                  sizeof *(list).at))                                          \
      (list).at[(list).count++] = __VA_ARGS__;                                 \
    else                                                                       \
      (solver)->has_failed = true;                                             \
  } while (0)

static const struct ddi_function *function_of(const struct solver *s,
                                              const struct summary *of) {
  return &s->problem->functions[of->function];
}

/* ---- Equal ways are one ---------------------------------------------------- */

static uint32_t hash_bytes(const void *bytes, size_t length) {
  const unsigned char *at = bytes;
  uint64_t h = 0xcbf29ce484222325u;
  for (; length >= 8; length -= 8, at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
  }
  for (; length > 0; length--)
    h = (h ^ *at++) * 0x100000001b3u;
  return (uint32_t)(h ^ h >> 32);
}

static size_t facts_size(const struct way *way) {
  return way->fact_count * sizeof *way->facts;
}

static size_t changes_size(const struct way *way) {
  return way->change_count * sizeof *way->changes;
}

static size_t state_size(const struct ddi_state *state) {
  return offsetof(struct ddi_state, objects) +
         state->count * sizeof *state->objects;
}

static void grow_slots(struct solver *s) {
  uint32_t count = s->slot_count * 2;
  struct packed **slots = calloc(count, sizeof *slots);
  if (!slots)
    return;
  for (uint32_t i = 0; i < s->slot_count; i++)
    for (struct packed *p = s->slots[i], *next; p; p = next) {
      next = p->next;
      p->next = slots[p->hash & (count - 1)];
      slots[p->hash & (count - 1)] = p;
    }
  free(s->slots);
  s->slots = slots;
  s->slot_count = count;
}

enum { COUNTS = 5 * sizeof(uint32_t) };

static bool is_packed(const struct packed *p, const struct way *way) {
  size_t counts = COUNTS, facts = facts_size(way),
         changes = changes_size(way), state = state_size(&way->state);
  const unsigned char *at = p->bytes;
  return p->length == counts + facts + changes + state &&
         !memcmp(at, &way->fact_count, counts) &&
         !memcmp(at + counts, way->facts, facts) &&
         !memcmp(at + counts + facts, way->changes, changes) &&
         !memcmp(at + counts + facts + changes, &way->state, state);
}

static void fill_packed(struct packed *p, const struct way *way) {
  size_t counts = COUNTS, facts = facts_size(way),
         changes = changes_size(way), state = state_size(&way->state);
  unsigned char *at = p->bytes;
  memcpy(at, &way->fact_count, counts);
  memcpy(at + counts, way->facts, facts);
  memcpy(at + counts + facts, way->changes, changes);
  memcpy(at + counts + facts + changes, &way->state, state);
  memcpy(p->trails, way->trails, sizeof p->trails);
}

/* Equal ways of two functions change the same at different places. */
static bool is_of_function(const struct solver *s, const struct packed *p,
                           const struct way *way) {
  return !way->change_count || s->trails.at[p->trails[0]].function ==
                                   s->trails.at[way->trails[0]].function;
}

static const struct packed *pack(struct solver *s, const struct way *way) {
  uint32_t hash = hash_bytes(way->facts, facts_size(way)) * 31 +
                  hash_bytes(way->changes, changes_size(way)) * 17 +
                  hash_bytes(&way->state, state_size(&way->state)) +
                  way->fact_count + way->asks_owner * 7 + (way->focus * 16 + way->kind) * 13;
  struct packed **slot = &s->slots[hash & (s->slot_count - 1)];
  for (struct packed *p = *slot; p; p = p->next)
    if (p->hash == hash && is_packed(p, way) && is_of_function(s, p, way))
      return p;
  size_t length = COUNTS + facts_size(way) +
                  changes_size(way) + state_size(&way->state);
  struct packed *p = malloc(sizeof *p + length);
  if (!p) {
    s->has_failed = true;
    return NULL;
  }
  p->hash = hash;
  p->length = (uint32_t)length;
  fill_packed(p, way);
  p->next = *slot;
  *slot = p;
  if (++s->packed_count > s->slot_count)
    grow_slots(s);
  return p;
}

static void unpack(const struct packed *p, struct way *way) {
  const unsigned char *at = p->bytes;
  memcpy(&way->fact_count, at, COUNTS);
  at += COUNTS;
  memcpy(way->facts, at, facts_size(way));
  at += facts_size(way);
  memcpy(way->changes, at, changes_size(way));
  at += changes_size(way);
  size_t state = (size_t)(p->bytes + p->length - at);
  memcpy(&way->state, at, state);
  memset((unsigned char *)&way->state + state, 0, sizeof way->state - state);
  memcpy(way->trails, p->trails, sizeof way->trails);
}

static void copy_way(struct way *to, const struct way *from) {
  to->fact_count = from->fact_count;
  to->change_count = from->change_count;
  to->asks_owner = from->asks_owner;
  to->focus = from->focus;
  to->kind = from->kind;
  memcpy(to->facts, from->facts, facts_size(from));
  memcpy(to->changes, from->changes, changes_size(from));
  memcpy(to->trails, from->trails, sizeof to->trails);
  to->state = from->state;
}

/* ---- Facts ------------------------------------------------------------------ */

static uint32_t fact_at(const struct way *way, uint32_t kind, uint32_t subject) {
  uint32_t i = 0;
  while (i < way->fact_count &&
         (way->facts[i].kind < kind || (way->facts[i].kind == kind &&
                                        way->facts[i].subject < subject)))
    i++;
  return i;
}

static const struct fact *find_fact(const struct way *way, uint32_t kind,
                                    uint32_t subject) {
  uint32_t i = fact_at(way, kind, subject);
  bool is_there = i < way->fact_count && way->facts[i].kind == kind &&
                  way->facts[i].subject == subject;
  return is_there ? &way->facts[i] : NULL;
}

static void drop_fact(struct way *way, uint32_t at) {
  way->fact_count--;
  memmove(&way->facts[at], &way->facts[at + 1],
          (way->fact_count - at) * sizeof *way->facts);
}

static uint32_t count_facts(const struct way *way, uint32_t kind) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < way->fact_count; i++)
    count += way->facts[i].kind == kind;
  return count;
}

/* Without room nothing is known of it. */
static void put_fact(struct way *way, struct fact fact) {
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

static void know(struct way *way, uint32_t kind, uint32_t subject,
                 ddi_term value) {
  put_fact(way, (struct fact){.kind = kind, .subject = subject, .value = value});
}

/* ---- Values ----------------------------------------------------------------- */

/* An address that lies in nothing. */
static bool is_null(struct solver *s, ddi_term address) {
  int64_t number;
  return address &&
         ddi_term_is_number(s->terms, ddi_term_storage(s->terms, address),
                            &number) &&
         number == 0;
}

/* What the parts make, of which base and other are terms already. */
static ddi_term combine(struct solver *s, const struct way *way,
                        const struct ddi_value *parts) {
  const struct fact *fact = NULL;
  switch (parts->kind) {
  case DDI_VALUE_VARIABLE:
    fact = find_fact(way, IS, (uint32_t)parts->number);
    return fact ? fact->value : 0;
  case DDI_VALUE_PARAMETER:
    fact = find_fact(way, ENTERED, (uint32_t)parts->number);
    break;
  case DDI_VALUE_RESULT:
    fact = find_fact(way, GAVE, (uint32_t)parts->number);
    break;
  case DDI_VALUE_LOAD:
    s->is_dead |= is_null(s, parts->base);
    fact = find_fact(way, HOLDS, parts->base);
    break;
  default:
    break;
  }
  return fact ? fact->value : ddi_term_make(s->terms, parts);
}

static ddi_term evaluate(struct solver *s, const struct ddi_body *body,
                         const struct way *way, uint32_t value) {
  if (value == DDI_NONE)
    return 0;
  struct ddi_value parts = body->values[value];
  if (ddi_value_has_base(&parts))
    parts.base = evaluate(s, body, way, parts.base);
  if (ddi_value_has_other(&parts))
    parts.other = evaluate(s, body, way, parts.other);
  return combine(s, way, &parts);
}

static unsigned sign_of_number(int64_t number) {
  return number < 0 ? NEGATIVE : number == 0 ? ZERO : POSITIVE;
}

static unsigned signs_of(struct solver *s, const struct way *way,
                         ddi_term term) {
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

/* 1 if it is surely not zero, 0 if it surely is, -1 otherwise. */
static int truth_of(struct solver *s, const struct way *way, ddi_term term) {
  unsigned signs = signs_of(s, way, term);
  return signs == ZERO ? 0 : signs & ZERO ? -1 : 1;
}

/* False: then no path goes this way. */
static bool narrow_signs(struct solver *s, struct way *way, ddi_term term,
                         unsigned signs) {
  if (!term)
    return true;
  unsigned left = signs_of(s, way, term) & signs;
  int64_t number;
  if (left && !ddi_term_is_number(s->terms, term, &number))
    put_fact(way, (struct fact){.kind = SIGN, .subject = term, .signs = left});
  return left != 0;
}

static enum ddi_compare opposite(enum ddi_compare how) {
  switch (how) {
  case DDI_EQ:
    return DDI_NE;
  case DDI_NE:
    return DDI_EQ;
  case DDI_LT:
    return DDI_GE;
  case DDI_GE:
    return DDI_LT;
  case DDI_GT:
    return DDI_LE;
  case DDI_LE:
    return DDI_GT;
  }
  return how;
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

static int at_most(int64_t number, int most) {
  return number < -1 ? -1 : number > most ? most : (int)number;
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

static bool is_thread(struct solver *s, ddi_term term) {
  return ddi_term_parts(s->terms, term)->kind == DDI_TERM_THREAD;
}

static bool refine(struct solver *s, struct way *way, ddi_term term, bool yes);

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
      parts.compare = (uint8_t)opposite(how);
    return narrow_signs(s, way, ddi_term_make(s->terms, &parts),
                        yes != is_negated ? NOT_ZERO : ZERO);
  }
  if (!yes)
    parts.compare = (uint8_t)opposite((enum ddi_compare)parts.compare);
  enum ddi_compare how = (enum ddi_compare)parts.compare;
  const struct ddi_value base = *ddi_term_parts(s->terms, parts.base);
  bool is_truth = number == 0 && (how == DDI_EQ || how == DDI_NE);
  if (is_truth && base.kind == DDI_VALUE_COMPARE)
    return refine(s, way, parts.base, how == DDI_NE);
  if (parts.base == way->state.thread.irql.value)
    return learn_level(way, how, number);
  if (number == 0)
    return narrow_signs(s, way, parts.base, signs_beside_zero(how));
  if (how == DDI_EQ) {
    if (equals_another(s, way, &parts) ||
        !narrow_signs(s, way, parts.base, sign_of_number(number)))
      return false;
  } else if (signs_of(s, way, parts.base) == ZERO) {
    parts.base = ddi_term_number(s->terms, 0);
    return ddi_term_make(s->terms, &parts) == ddi_term_number(s->terms, 1);
  }
  bool is_negated = how == DDI_NE || how == DDI_GE || how == DDI_LE;
  if (is_negated)
    parts.compare = (uint8_t)opposite(how);
  return narrow_signs(s, way, ddi_term_make(s->terms, &parts),
                      is_negated ? ZERO : NOT_ZERO);
}

/* Learns that the term is, or is not, zero.  False: no path goes this way. */
static bool refine(struct solver *s, struct way *way, ddi_term term, bool yes) {
  if (!term)
    return true;
  const struct ddi_value parts = *ddi_term_parts(s->terms, term);
  if (parts.kind == DDI_VALUE_COMPARE)
    return refine_compare(s, way, parts, yes);
  return narrow_signs(s, way, term, yes ? NOT_ZERO : ZERO);
}

/* ---- Where a path goes on --------------------------------------------------- */

static void say_broken(struct solver *s, uint32_t summary,
                       const struct ddi_rule *rule, const char *why,
                       uint32_t action) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->broken.count; i++)
    if (of->broken.at[i].rule == rule && of->broken.at[i].action == action)
      return;
  struct broken broken = {rule, why, action};
  PUSH(s, of->broken, broken);
}

static void go_on_unknowing(struct solver *s, const struct caller *caller);

/* What was not followed is not proved; its callers go on knowing less. */
static void give_up(struct solver *s, uint32_t summary, const char *why,
                    uint32_t action) {
  say_broken(s, summary, NULL, why, action);
  if (s->summaries.at[summary].gave_up)
    return;
  s->summaries.at[summary].gave_up = true;
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    go_on_unknowing(s, &caller);
  }
}

static void push_item(struct solver *s, uint32_t summary, uint32_t block,
                      uint32_t action, const struct way *way) {
  if (s->is_dead)
    return;
  const struct packed *packed = pack(s, way);
  struct item item = {summary, block, action, packed};
  if (packed)
    PUSH(s, s->work, item);
}

static uint32_t hash_meeting(const struct meeting *m) {
  uint64_t h = m->summary * 0x9E3779B97F4A7C15u;
  h = (h ^ m->block) * 0x9E3779B97F4A7C15u;
  h = (h ^ m->state->hash) * 0x9E3779B97F4A7C15u;
  return (uint32_t)(h >> 32);
}

/* The one that is there, or room for it. */
static struct meeting *find_meeting(struct solver *s, const struct meeting *m) {
  uint32_t at = hash_meeting(m) & (s->meeting_room - 1);
  for (; s->meetings[at].state; at = (at + 1) & (s->meeting_room - 1))
    if (s->meetings[at].state == m->state && s->meetings[at].block == m->block &&
        s->meetings[at].summary == m->summary)
      break;
  return &s->meetings[at];
}

static void grow_meetings(struct solver *s) {
  struct meeting *old = s->meetings;
  uint32_t room = s->meeting_room;
  s->meetings = calloc(room * 2u, sizeof *s->meetings);
  if (!s->meetings) {
    s->meetings = old;
    s->has_failed = true;
    return;
  }
  s->meeting_room = room * 2;
  for (uint32_t i = 0; i < room; i++)
    if (old[i].state)
      *find_meeting(s, &old[i]) = old[i];
  free(old);
}

static bool names_object(struct solver *s, const struct way *way,
                         ddi_term term) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (ddi_term_contains(s->terms, (ddi_term)way->state.objects[i].id.path,
                          term))
      return true;
  return false;
}

/* One of two values: a new one, of which its sign is known. */
static void join_values(struct solver *s, struct way *into,
                        const struct way *other, uint32_t block, uint32_t at,
                        const struct fact *theirs) {
  struct fact *ours = &into->facts[at];
  unsigned signs = signs_of(s, into, ours->value) |
                   signs_of(s, other, theirs->value);
  struct ddi_value parts = {.kind = DDI_TERM_JOIN,
                            .number = block,
                            .base = ours->kind * 0x10000 + ours->subject + 1};
  ddi_term joined = ddi_term_make(s->terms, &parts);
  bool is_free = ours->kind == IS && !names_object(s, into, joined);
  if (!is_free) {
    drop_fact(into, at);
    return;
  }
  ours->value = joined;
  put_fact(into, (struct fact){.kind = SIGN, .subject = joined, .signs = signs});
}

/* What both know. */
static void join(struct solver *s, struct way *into, const struct way *other,
                 uint32_t block) {
  struct way *before = &s->scratch[8];
  copy_way(before, into);
  for (uint32_t i = 0; i < before->fact_count; i++) {
    const struct fact *ours = &before->facts[i];
    const struct fact *theirs = find_fact(other, ours->kind, ours->subject);
    uint32_t at = fact_at(into, ours->kind, ours->subject);
    bool is_there = at < into->fact_count && into->facts[at].kind == ours->kind &&
                    into->facts[at].subject == ours->subject;
    if (!is_there)
      continue;
    if (ours->kind == LEVEL) {
      if (!theirs || theirs->value != ours->value ||
          theirs->signs != ours->signs)
        drop_fact(into, at);
    } else if (ours->kind == SIGN) {
      bool is_joined =
          ddi_term_parts(s->terms, ours->subject)->kind == DDI_TERM_JOIN;
      if (!is_joined)
        put_fact(into,
                 (struct fact){.kind = SIGN,
                               .subject = ours->subject,
                               .signs = ours->signs |
                                        signs_of(s, other, ours->subject)});
    } else if (!theirs) {
      drop_fact(into, at);
    } else if (theirs->value != ours->value) {
      join_values(s, into, other, block, at, theirs);
    }
  }
}

static void mark(struct solver *s, ddi_term term) {
  if (!term || s->marks[term] == s->mark)
    return;
  s->marks[term] = s->mark;
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (ddi_value_has_base(parts))
    mark(s, parts->base);
  if (ddi_value_has_other(parts))
    mark(s, parts->other);
}

static bool make_marks(struct solver *s) {
  uint32_t count = ddi_terms_count(s->terms);
  if (count <= s->mark_room)
    return true;
  uint32_t room = count * 2;
  uint32_t *marks = realloc(s->marks, room * sizeof *marks);
  if (!marks)
    return false;
  memset(marks + s->mark_room, 0, (room - s->mark_room) * sizeof *marks);
  s->marks = marks;
  s->mark_room = room;
  return true;
}

static bool is_value_of(const struct fact *fact) {
  return fact->kind != SIGN && fact->kind != LEVEL && fact->kind != HOLDS;
}

/* Marks the terms that something looks at from the block on, with all their parts. */
static void mark_asked(struct solver *s, const struct ddi_flow *flow,
                       const struct way *way, uint32_t block) {
  const bool was_dead = s->is_dead;
  const struct ddi_body *body = flow->body;
  if (body->value_count > s->value_room) {
    ddi_term *values = realloc(s->values, body->value_count * sizeof *values);
    s->has_failed |= !values;
    if (!values)
      return;
    s->values = values;
    s->value_room = body->value_count;
  }
  for (uint32_t v = 0; v < body->value_count; v++) {
    if (!ddi_flow_is_asked(flow, block, v))
      continue;
    struct ddi_value parts = body->values[v];
    if (ddi_value_has_base(&parts))
      parts.base = s->values[parts.base];
    if (ddi_value_has_other(&parts))
      parts.other = s->values[parts.other];
    s->values[v] = combine(s, way, &parts);
  }
  s->is_dead = was_dead;
  s->has_failed |= !make_marks(s);
  if (s->has_failed)
    return;
  s->mark++;
  for (uint32_t v = 0; v < body->value_count; v++)
    if (ddi_flow_is_asked(flow, block, v))
      mark(s, s->values[v]);
  for (uint32_t i = 0; i < way->fact_count; i++)
    if (is_value_of(&way->facts[i]))
      mark(s, way->facts[i].value);
}

/* Whether something that will be looked at has the term in it: after mark_asked(). */
static bool is_asked(const struct solver *s, ddi_term term) {
  return term < s->mark_room && s->marks[term] == s->mark;
}

static bool has_asked(const struct ddi_flow *flow, uint32_t block,
                      enum ddi_value_kind kind, int64_t number) {
  for (uint32_t v = 0; v < flow->body->value_count; v++)
    if (flow->body->values[v].kind == kind &&
        flow->body->values[v].number == number &&
        ddi_flow_is_asked(flow, block, v))
      return true;
  return false;
}

/* An object of which no more is known than of one that is not listed. */
static bool says_nothing(const struct ddi_state *state,
                         const struct ddi_object *object) {
  bool is_free = state->thread.others_free >> object->kind & 1;
  bool is_doubtful = state->thread.others_doubtful >> object->kind & 1;
  return object->count == 0 && object->life == DDI_LIFE_UNKNOWN &&
         !object->paged && !object->owner.path &&
         object->doubtful == is_doubtful &&
         object->hold == (is_free ? DDI_HOLD_FREE : DDI_HOLD_UNKNOWN);
}

/* Only this function has a name for it. */
static bool is_private(struct solver *s, ddi_term name) {
  switch (ddi_term_parts(s->terms, ddi_term_root(s->terms, name))->kind) {
  case DDI_VALUE_RESULT:
  case DDI_VALUE_LOCAL:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_INNER:
  case DDI_TERM_JOIN:
    return true;
  default:
    return false;
  }
}

/* For what is held, and what it was called is another one now. */
static ddi_term nameless(struct solver *s, uint32_t action) {
  struct ddi_value parts = {
      .kind = DDI_TERM_JOIN, .number = action, .base = DDI_NONE};
  return ddi_term_make(s->terms, &parts);
}

static bool may_be_held(const struct ddi_object *object) {
  return object->count > 0 || object->hold == DDI_HOLD_SHARED ||
         object->hold == DDI_HOLD_EXCLUSIVE ||
         object->hold == DDI_HOLD_TRANSFERRED;
}

/* Of an object of which nothing but this is known the thread's bits tell as much. */
static bool tells_hold_alone(const struct ddi_object *object) {
  return object->count == 0 && object->life == DDI_LIFE_UNKNOWN &&
         !object->paged && !object->owner.path &&
         (object->hold == DDI_HOLD_FREE || object->hold == DDI_HOLD_UNKNOWN);
}

static void fold_focus(struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  for (uint32_t i = 0; i < way->state.count; i++) {
    const struct ddi_object *object = &way->state.objects[i];
    if (object->id.path != way->focus || object->kind != way->kind ||
        !tells_hold_alone(object))
      continue;
    uint16_t kind = (uint16_t)(1u << way->kind);
    thread->others_free &= (uint16_t)~kind;
    thread->others_doubtful &= (uint16_t)~kind;
    if (object->hold == DDI_HOLD_FREE)
      thread->others_free |= kind;
    if (object->doubtful)
      thread->others_doubtful |= kind;
    ddi_forget(&way->state, i);
    return;
  }
}

/* False if the way is over: its object is not held, and has no name any more. */
static bool forget_objects(struct solver *s, struct way *way) {
  bool goes_on = true;
  for (uint32_t i = 0; i < way->state.count;) {
    const struct ddi_object *object = &way->state.objects[i];
    bool is_gone = !may_be_held(object) &&
                   is_private(s, (ddi_term)object->id.path) &&
                   !is_asked(s, (ddi_term)object->id.path) &&
                   !(object->storage.path &&
                     is_asked(s, (ddi_term)object->storage.path));
    goes_on &= !is_gone || object->id.path != way->focus;
    if (is_gone || says_nothing(&way->state, object))
      ddi_forget(&way->state, i);
    else
      i++;
  }
  return goes_on;
}

/* What a function leaves where a parameter points to. */
static bool is_output(struct solver *s, const struct fact *fact) {
  int64_t number;
  return fact->kind == HOLDS &&
         ddi_term_parts(s->terms, fact->subject)->kind == DDI_VALUE_PARAMETER &&
         ddi_term_is_number(s->terms, fact->value, &number);
}

static bool is_of_core(const struct ddi_saved *saved) {
  return saved->keeper >= UINTPTR_MAX - 1;
}

static bool is_saved_before(const struct ddi_thread *thread, int at) {
  for (int i = 0; i < at; i++)
    if (thread->saved[i].value == thread->saved[at].value &&
        thread->saved[i].keeper == thread->saved[at].keeper)
      return true;
  return false;
}

static void drop_saved(struct ddi_thread *thread, int at) {
  thread->saved_count--;
  memmove(&thread->saved[at], &thread->saved[at + 1],
          (size_t)(thread->saved_count - at) * sizeof *thread->saved);
  memset(&thread->saved[thread->saved_count], 0, sizeof *thread->saved);
}

/* Of the levels that nobody can give back by a name one is enough; none, if there
   may be others anyway. */
static void drop_saved_twice(struct solver *s, struct ddi_thread *thread) {
  ddi_term anything = nameless(s, DDI_NONE);
  for (int i = 0; i < thread->saved_count;) {
    bool is_useless =
        is_saved_before(thread, i) ||
        (thread->saved_unknown && thread->saved[i].value == anything);
    if (is_useless && !is_of_core(&thread->saved[i]))
      drop_saved(thread, i);
    else
      i++;
  }
}

static bool can_be_named(struct solver *s, uintptr_t value) {
  return value && (!is_private(s, (ddi_term)value) ||
                   is_asked(s, ddi_term_root(s->terms, (ddi_term)value)));
}

static void forget_saved_names(struct solver *s, struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  for (int i = 0; i < thread->saved_count; i++) {
    struct ddi_saved *saved = &thread->saved[i];
    bool is_nameless = !is_of_core(saved) && (saved->value || saved->keeper) &&
                       !can_be_named(s, saved->value) &&
                       !can_be_named(s, saved->keeper);
    if (!is_nameless)
      continue;
    saved->value = nameless(s, DDI_NONE);
    saved->keeper = 0;
  }
  drop_saved_twice(s, thread);
}

static bool has_focus(const struct way *way) {
  return way->focus && way->focus < NOTHING;
}

static bool lists_focus(const struct way *way) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].id.path == way->focus &&
        way->state.objects[i].kind == way->kind)
      return true;
  return false;
}

/* The ways about the thread tell what is wrong with its level. */
static void forget_level(struct ddi_thread *thread) {
  thread->irql = thread->entry_irql = ddi_any_level();
  thread->irql_if_asked = 0;
  memset(thread->saved, 0, sizeof thread->saved);
  thread->saved_count = 0;
  thread->saved_unknown = 1;
  thread->must_wait = thread->told_paged = 0;
}

static void forget_regions(struct ddi_thread *thread) {
  const struct ddi_depth any = {.high = DDI_MANY};
  thread->critical = thread->guarded = any;
  thread->believed = thread->wary = 0;
}

/* What cannot be seen any more in a way is the same in all of them. */
static void forget_in_thread(struct solver *s, struct way *way) {
  struct ddi_thread *thread = &way->state.thread;
  uint16_t others = has_focus(way) && !lists_focus(way)
                        ? (uint16_t)(1u << way->kind)
                        : 0;
  thread->others_doubtful &= others;
  if (way->focus)
    thread->others_free &= others;
  else if (thread->others_free)
    thread->others_free = 0xffff;
  bool has_level = !way->focus || way->focus == ITS_CHANGES ||
                   (has_focus(way) && s->kinds_with_level >> way->kind & 1);
  if (!has_level)
    forget_level(thread);
  bool has_region =
      !has_focus(way) || s->kinds_with_region >> way->kind & 1;
  if (!has_region)
    forget_regions(thread);
  if (thread->irql_if_asked <= thread->irql.high)
    thread->irql.cause = 0;
}

/* Forgets what nobody will ask for, so that ways meet again.  False if the way is
   over. */
static bool prune(struct solver *s, const struct ddi_flow *flow,
                  struct way *way, uint32_t block) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_wanted = true;
    if (fact->kind == IS)
      is_wanted = ddi_flow_is_live(flow, block, fact->subject);
    else if (fact->kind == GAVE)
      is_wanted = has_asked(flow, block, DDI_VALUE_RESULT, fact->subject);
    else if (fact->kind == ENTERED)
      is_wanted = has_asked(flow, block, DDI_VALUE_PARAMETER, fact->subject);
    if (is_wanted)
      i++;
    else
      drop_fact(way, i);
  }
  mark_asked(s, flow, way, block);
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_held = fact->kind == HOLDS &&
                   (is_output(s, fact) || is_asked(s, fact->value));
    if (is_value_of(fact) || is_held || is_asked(s, fact->subject))
      i++;
    else
      drop_fact(way, i);
  }
  bool goes_on = forget_objects(s, way);
  fold_focus(way);
  forget_in_thread(s, way);
  forget_saved_names(s, way);
  struct ddi_level *irql = &way->state.thread.irql;
  if (irql->value && !is_asked(s, (ddi_term)irql->value))
    irql->value = 0;
  return goes_on;
}

/* Whether the fact says which variable holds the object, or what it lies in. */
static bool is_about_focus(struct solver *s, const struct way *way,
                           const struct fact *fact) {
  int64_t number;
  return (fact->kind == IS || fact->kind == HOLDS || fact->kind == GAVE) &&
         has_focus(way) &&
         !ddi_term_is_number(s->terms, fact->value, &number) &&
         ddi_value_has_base(ddi_term_parts(s->terms, fact->value)) &&
         ddi_term_contains(s->terms, way->focus, fact->value);
}

/* The way without what it knows of values but for those that are the object. */
static const struct packed *pack_state(struct solver *s, const struct way *way) {
  struct way *state = &s->scratch[8];
  copy_way(state, way);
  state->fact_count = 0;
  for (uint32_t i = 0; i < way->fact_count; i++)
    if (is_about_focus(s, way, &way->facts[i]))
      state->facts[state->fact_count++] = way->facts[i];
  return pack(s, state);
}

static bool has_objects(const struct way *way) {
  return way->state.count > 0;
}

static const struct ddi_flow *flow_for(struct solver *s, uint32_t function,
                                       const struct way *way);

static void arrive(struct solver *s, uint32_t summary, uint32_t block,
                   struct way *way) {
  const struct ddi_flow *flow =
      flow_for(s, s->summaries.at[summary].function, way);
  if (!flow)
    return;
  block = flow->target[block];
  if (block == DDI_DEAD_END)
    return;
  if (!prune(s, flow, way, block))
    return;
  struct meeting here = {summary, block, pack_state(s, way), NULL};
  if (!here.state)
    return;
  struct meeting *known = find_meeting(s, &here);
  if (known->state) {
    struct way *joined = &s->scratch[9];
    unpack(known->way, joined);
    join(s, joined, way, block);
    here.way = pack(s, joined);
    if (here.way == known->way || !here.way)
      return;
    *known = here;
  } else {
    here.way = pack(s, way);
    if (!here.way)
      return;
    *known = here;
    if (++s->meeting_count * 2 > s->meeting_room)
      grow_meetings(s);
    uint32_t objects = s->summaries.at[summary].names.count + 1;
    if (++s->summaries.at[summary].ways[block] > MAX_WAYS_AT_BLOCK * objects) {
      give_up(s, summary, "too many states", DDI_NONE);
      return;
    }
  }
  s->steps++;
  s->step_counts[s->summaries.at[summary].function]++;
  uint32_t objects = s->summaries.at[summary].names.count + 1;
  if (++s->summaries.at[summary].steps > MAX_STEPS_OF_SUMMARY * objects) {
    give_up(s, summary, "too many steps", DDI_NONE);
    return;
  }
  struct item item = {summary, block, flow->body->blocks[block].first_action,
                      here.way};
  PUSH(s, s->work, item);
}

/* ---- Events ------------------------------------------------------------------ */

/* What the actions of one path at one place need. */
struct site {
  struct solver *s;
  uint32_t summary, block, action;
  const struct ddi_function *function;
  const struct ddi_body *body;
  const struct ddi_action *at; /* null: at the end */
};

static ddi_term argument(const struct site *site, const struct way *way,
                         enum ddi_arg arg) {
  uint32_t index = (uint32_t)arg - 1;
  if (!arg || arg == DDI_RESULT || index >= site->at->count)
    return 0;
  return evaluate(site->s, site->body, way,
                  site->body->arguments[site->at->first + index]);
}

static struct ddi_id id_of(struct solver *s, ddi_term term) {
  struct ddi_id id;
  memset(&id, 0, sizeof id);
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (term && parts->kind == DDI_VALUE_TAGGED) {
    id.tag = (uint8_t)parts->number;
    term = parts->base;
    parts = ddi_term_parts(s->terms, term);
  }
  if (!term || parts->kind == DDI_VALUE_NUMBER)
    return id;
  id.path = id.exact = term;
  id.shape = parts->kind == DDI_VALUE_MEMBER ? parts->name : 0;
  id.symbolic = ddi_term_is_symbolic(s->terms, term);
  return id;
}

static struct ddi_id storage_of(struct solver *s, ddi_term term) {
  return id_of(s, term ? ddi_term_storage(s->terms, term) : 0);
}

/* ---- One object at a time ----------------------------------------------------- */

/*
 * A way is about one object, and ways about the others go beside it: with N locks
 * there are N times as many ways, not two to the power of N.  An object's ways start
 * where the outermost function that has a name for it is entered, as soon as a way
 * about the thread alone has come to where something happens to it.
 */

static bool is_in_focus(struct solver *s, const struct way *way,
                        enum ddi_kind kind, const struct ddi_id *id) {
  if (!has_focus(way) || !id->path)
    return false;
  if (kind == DDI_STORAGE)
    return id->path == ddi_term_storage(s->terms, way->focus);
  return id->path == way->focus && kind == way->kind;
}

static struct name *find_name(struct solver *s, uint32_t summary,
                              const struct name *name) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->names.count; i++)
    if (of->names.at[i].term == name->term && of->names.at[i].kind == name->kind)
      return &of->names.at[i];
  return NULL;
}

static void see(struct solver *s, uint32_t summary, struct name name) {
  if (find_name(s, summary, &name))
    return;
  if (s->summaries.at[summary].names.count == MAX_NAMES) {
    give_up(s, summary, "too many objects", DDI_NONE);
    return;
  }
  PUSH(s, s->summaries.at[summary].names, name);
  struct sight sight = {summary, name};
  PUSH(s, s->sights, sight);
}

/* Of memory only what it was allocated as can matter. */
static void see_by_thread(const struct site *site, const struct way *way,
                          enum ddi_kind kind, const struct ddi_id *id) {
  ddi_term name = (ddi_term)id->path;
  bool is_loaded = name && ddi_value_has_base(ddi_term_parts(site->s->terms, name));
  if (!way->focus && name && !(kind == DDI_STORAGE && is_loaded))
    see(site->s, site->summary, (struct name){name, kind, false});
}

static bool may_be_on_stack(struct solver *s, ddi_term term) {
  uint8_t kind =
      ddi_term_parts(s->terms, ddi_term_storage(s->terms, term))->kind;
  return kind == DDI_VALUE_LOCAL || kind == DDI_TERM_INNER ||
         kind == DDI_VALUE_PARAMETER || kind == DDI_TERM_OUTER;
}

/* ---- What a function changes for its callers ----------------------------------- */

static bool is_of_any_caller(const struct site *site) {
  return site->s->summaries.at[site->summary].entry == DDI_FOR_CALLERS;
}

static uint32_t add_trail(struct solver *s, uint32_t function, uint32_t action,
                          uint32_t next) {
  for (uint32_t i = s->trails.count; i-- > 1 && i + 64 > s->trails.count;)
    if (s->trails.at[i].function == function &&
        s->trails.at[i].action == action && s->trails.at[i].next == next)
      return i;
  struct ddi_trail trail = {function, action, next};
  PUSH(s, s->trails, trail);
  return s->trails.count - 1;
}

static bool is_opposite(const struct ddi_change *before, const struct ddi_change *now) {
  switch (now->op) {
  case DDI_LEAVE_CRITICAL:
    return before->op == DDI_ENTER_CRITICAL;
  case DDI_LEAVE_GUARDED:
    return before->op == DDI_ENTER_GUARDED;
  case DDI_RELEASE:
    return before->op == DDI_ACQUIRE && before->kind == now->kind &&
           before->object == now->object;
  case DDI_LOWER:
    return before->op == DDI_RAISE &&
           ((now->value && before->value == now->value) ||
            (now->keeper && before->keeper == now->keeper) ||
            (!before->value && !before->keeper));
  default:
    return false;
  }
}

static void drop_change(struct way *way, uint32_t at) {
  way->change_count--;
  memmove(&way->changes[at], &way->changes[at + 1],
          (way->change_count - at) * sizeof *way->changes);
  memmove(&way->trails[at], &way->trails[at + 1],
          (way->change_count - at) * sizeof *way->trails);
}

/* Too many to be told: the caller will not know. */
static void overflow(struct way *way) {
  memset(way->changes, 0, sizeof way->changes);
  way->change_count = 1; /* of no operation */
}

static bool has_overflown(const struct way *way) {
  return way->change_count == 1 && !way->changes[0].op;
}

static void note_change(struct way *way, const struct ddi_change *change,
                        uint32_t trail) {
  if (has_overflown(way))
    return;
  for (uint32_t i = way->change_count; i-- > 0;)
    if (is_opposite(&way->changes[i], change)) {
      drop_change(way, i);
      return;
    }
  if (way->change_count == DDI_MAX_CHANGES) {
    overflow(way);
    return;
  }
  way->trails[way->change_count] = trail;
  way->changes[way->change_count++] = *change;
}

static void note_event(const struct site *site, struct way *way,
                       const struct ddi_event *event) {
  const unsigned lasting =
      DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
      DDI_LEAVE_GUARDED | DDI_RAISE | DDI_LOWER | DDI_ACQUIRE | DDI_RELEASE |
      DDI_RELEASE_FOR | DDI_CONVERT | DDI_TRANSFER | DDI_INIT | DDI_REINIT |
      DDI_DELETE | DDI_ALLOCATE | DDI_FREE | DDI_ZERO | DDI_SIGNAL_WAIT |
      DDI_WAIT;
  if (!(event->op & lasting) || !is_of_any_caller(site))
    return;
  struct ddi_change change;
  memset(&change, 0, sizeof change);
  change.op = event->op;
  change.kind = (uint8_t)event->kind;
  change.mode = (uint8_t)event->mode;
  change.family = (uint8_t)event->family;
  change.object = (ddi_term)event->object.path;
  change.owner = (ddi_term)event->owner.path;
  change.value = (ddi_term)event->value;
  change.keeper = (ddi_term)event->keeper;
  change.level = event->level;
  change.facts = event->facts & ~site->s->problem->driver;
  note_change(way, &change,
              add_trail(site->s, site->s->summaries.at[site->summary].function,
                        site->action, 0));
}

static bool changes_level(const struct way *way) {
  for (uint32_t i = 0; i < way->change_count; i++)
    if (!way->changes[i].op || way->changes[i].op & (DDI_RAISE | DDI_LOWER))
      return true;
  return false;
}

static void tell_callers(struct solver *s, uint32_t summary,
                         const struct ddi_demand *demand);

static bool is_same_demand(const struct ddi_demand *a, const struct ddi_demand *b) {
  return a->op == b->op && a->call == b->call &&
         a->bound.low == b->bound.low && a->bound.high == b->bound.high &&
         a->level.low == b->level.low && a->level.high == b->level.high &&
         a->facts == b->facts && !memcmp(a->signs, b->signs, sizeof a->signs);
}

static void add_demand(struct solver *s, uint32_t summary,
                       const struct ddi_demand *demand) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->demands.count; i++)
    if (is_same_demand(&of->demands.at[i], demand))
      return;
  if (of->demands.count == DDI_MAX_DEMANDS)
    return;
  PUSH(s, of->demands, *demand);
  tell_callers(s, summary, demand);
}

static void note_demand(const struct site *site, const struct way *way,
                        const struct ddi_event *event, ddi_name call) {
  bool is_bounded =
      event->bound.low > DDI_PASSIVE_LEVEL || event->bound.high < DDI_HIGH_LEVEL;
  if (!is_of_any_caller(site) || changes_level(way) || !is_bounded)
    return;
  struct ddi_demand demand;
  memset(&demand, 0, sizeof demand);
  demand.bound = event->bound;
  demand.level.low = way->state.thread.irql.low;
  demand.level.high = way->state.thread.irql.high;
  demand.op = event->op;
  demand.call = call;
  demand.written = site->at ? site->at->written : 0;
  demand.facts = event->facts & ~site->s->problem->driver;
  demand.trail =
      add_trail(site->s, site->s->summaries.at[site->summary].function,
                site->action, 0);
  for (uint32_t i = 0; i < DDI_MAX_DEMAND_ARGUMENTS; i++) {
    struct ddi_value parameter = {.kind = DDI_VALUE_PARAMETER, .number = i};
    demand.signs[i] = (uint8_t)signs_of(
        site->s, way, ddi_term_make(site->s->terms, &parameter));
  }
  add_demand(site->s, site->summary, &demand);
}

static bool is_on(const struct solver *s, const struct ddi_rule *rule) {
  return s->problem->is_on(rule, s->problem->context);
}

static void note_apcs_at(struct solver *s, const struct caller *caller);

static void saturate_depth(struct ddi_depth *depth) {
  if (depth->low > MAX_DEPTH)
    depth->low = MAX_DEPTH;
  if (depth->high > MAX_DEPTH && depth->high < DDI_MANY)
    depth->high = MAX_DEPTH;
  if (depth->net > MAX_DEPTH)
    depth->net = MAX_DEPTH;
  if (depth->net < -MAX_DEPTH)
    depth->net = -MAX_DEPTH;
  if (depth->net_unknown)
    depth->net = 0;
}

/* So that a loop that acquires has an end. */
static void saturate(struct ddi_state *state) {
  saturate_depth(&state->thread.critical);
  saturate_depth(&state->thread.guarded);
  for (uint32_t i = 0; i < state->count; i++)
    if (state->objects[i].count > MAX_COUNT)
      state->objects[i].count = MAX_COUNT;
}

/* What its caller holds meanwhile it cannot see. */
static void note_apcs(struct solver *s, uint32_t summary) {
  struct summary *of = &s->summaries.at[summary];
  if (of->lets_apcs_in)
    return;
  of->lets_apcs_in = true;
  for (uint32_t i = 0; i < of->callers.count; i++) {
    struct caller caller = of->callers.at[i];
    note_apcs_at(s, &caller);
    of = &s->summaries.at[summary];
  }
}

static void note_apcs_at(struct solver *s, const struct caller *caller) {
  struct way *way = &s->scratch[11];
  unpack(caller->way, way);
  bool holds = false;
  for (uint32_t i = 0; i < way->state.count; i++)
    holds |= may_be_held(&way->state.objects[i]);
  if (holds)
    say_broken(s, caller->summary, NULL, "APCs come back while it holds a lock",
               caller->action);
  if (!has_focus(way))
    note_apcs(s, caller->summary);
}

/* Facts that nobody knows but who looks at the object. */
static const ddi_fact_set OF_OBJECT =
    DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE |
    DDI_TRANSFERRED | DDI_OTHER_THREAD | DDI_OWNER_DIFFERS | DDI_OWNER_ENDS |
    DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED | DDI_DELETED | DDI_PAGED |
    DDI_POOL_BY_TAG | DDI_POOL_BY_PRIORITY;

static const ddi_fact_set OF_LEVEL =
    DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW | DDI_ABOVE_APC_LEVEL |
    DDI_SPECIAL_APCS_DISABLED | DDI_RAISES_DOWN | DDI_LOWERS_UP |
    DDI_NOT_RAISED | DDI_OTHER_LEVEL | DDI_IRQL_RAISED | DDI_IRQL_LOWERED |
    DDI_MUST_WAIT | DDI_ENTRY_VARIES;

static const ddi_fact_set OF_REGION =
    DDI_APCS_ENABLED | DDI_ENABLES_APCS | DDI_OUTSIDE_CRITICAL |
    DDI_OUTSIDE_GUARDED | DDI_MORE_CRITICAL | DDI_LESS_CRITICAL |
    DDI_MORE_GUARDED | DDI_LESS_GUARDED;

static void find_kinds(struct solver *s) {
  s->kinds_with_level = 1u << DDI_STORAGE; /* paged, or not */
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    for (const struct ddi_obligation *row = (*rule)->obligations; row->at; row++) {
      ddi_fact_set facts = row->never | row->unless;
      if (row->kind && (facts & OF_OBJECT) && (facts & OF_LEVEL))
        s->kinds_with_level |= 1u << row->kind;
      if (row->kind && (facts & OF_OBJECT) && (facts & OF_REGION))
        s->kinds_with_region |= 1u << row->kind;
    }
}

/* Nothing but what happens to the object can be told of the event. */
static bool is_of_object(const struct ddi_event *event) {
  return event->kind && event->object.path &&
         !(event->op & (DDI_FREE | DDI_SCOPE_END | DDI_CALL));
}

/* Ways about the thread judge what the event breaks whatever the object is, ways
   about the object the rest, as if no IRQL kept APCs away. */
static unsigned check(struct solver *s, struct way *way,
                      const struct ddi_event *event,
                      struct ddi_violation found[DDI_MAX_VIOLATIONS]) {
  struct ddi_thread *thread = &way->state.thread;
  const struct ddi_level irql = thread->irql;
  const uint16_t others_free = thread->others_free;
  bool by_object = has_focus(way) && !(s->kinds_with_level >> way->kind & 1);
  if (by_object)
    thread->irql = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_PASSIVE_LEVEL);
  if (!way->focus)
    thread->others_free = 0;
  unsigned count = ddi_check(&way->state, event, s->problem->strictness, found);
  thread->irql = irql;
  thread->others_free = others_free;
  unsigned kept = 0;
  for (unsigned i = 0; i < count; i++)
    if (is_on(s, found[i].rule) &&
        (!by_object || found[i].obligation->never & OF_OBJECT))
      found[kept++] = found[i];
  return kept;
}

static void judge(const struct site *site, struct way *way,
                  const struct ddi_event *event) {
  struct solver *s = site->s;
  if (event->kind && event->op != DDI_ALLOCATE && event->op != DDI_SCOPE_END)
    see_by_thread(site, way, event->kind, &event->object);
  bool leaves = event->op & (DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED);
  bool is_followed = !has_focus(way) && way->focus != ITS_CHANGES;
  if (is_followed && leaves &&
      ddi_facts(&way->state, event, NULL) & DDI_ENABLES_APCS)
    note_apcs(s, site->summary);
  bool is_foreign = is_of_object(event) &&
                    !is_in_focus(s, way, event->kind, &event->object);
  if (is_foreign && has_focus(way))
    return;
  struct ddi_violation found[DDI_MAX_VIOLATIONS];
  unsigned count = way->focus < NOTHING ? check(s, way, event, found) : 0;
  for (unsigned i = 0; i < count; i++)
    say_broken(s, site->summary, found[i].rule, NULL,
               site->at ? site->action : DDI_NONE);
  if (!is_foreign)
    ddi_step(&way->state, event);
  saturate(&way->state);
  note_event(site, way, event);
  for (unsigned i = 0; i < count; i++)
    ddi_forgive(&way->state, &found[i]);
}

static struct ddi_level level_of(const struct site *site, const struct way *way,
                                 ddi_term term) {
  int64_t number;
  if (ddi_term_is_number(site->s->terms, term, &number)) {
    int level = at_most(number < 0 ? 0 : number, DDI_HIGH_LEVEL);
    return ddi_level_between(level, level);
  }
  const struct fact *known = term ? find_fact(way, LEVEL, term) : NULL;
  return known ? ddi_level_between((int)known->value - 1, (int)known->signs)
               : ddi_any_level();
}

/* What lies where the routine puts the old level. */
static ddi_term old_level(const struct site *site, const struct way *way,
                          enum ddi_arg old) {
  struct ddi_terms *terms = site->s->terms;
  if (old == DDI_RESULT)
    return ddi_term_result(terms, site->action);
  ddi_term address = argument(site, way, old);
  if (ddi_term_parts(terms, address)->kind == DDI_VALUE_LOCAL)
    return ddi_term_output(terms, site->action, old);
  struct ddi_value load = {.kind = DDI_VALUE_LOAD, .base = address};
  return address ? ddi_term_make(terms, &load) : 0;
}

static bool is_a_number(const struct site *site, ddi_term term) {
  int64_t number;
  return ddi_term_is_number(site->s->terms, term, &number);
}

static void read_level(const struct site *site, const struct way *way,
                       const struct ddi_effect *effect,
                       struct ddi_event *event) {
  if (effect->level) {
    ddi_term term = argument(site, way, effect->level);
    event->level = level_of(site, way, term);
    if (effect->op == DDI_LOWER && is_a_number(site, term))
      event->facts |= DDI_LITERAL_LEVEL;
    else if (effect->op == DDI_LOWER)
      event->value = term;
  } else if (effect->op == DDI_RAISE) {
    int low = effect->to, high = effect->up_to ? effect->up_to : effect->to;
    event->level = ddi_level_between(
        low, high == DDI_DIRQL ? DDI_HIGH_LEVEL - 1 : high);
  } else {
    event->level = ddi_any_level();
  }
  if (effect->old)
    event->value = old_level(site, way, effect->old);
  if (effect->object)
    event->keeper = id_of(site->s, argument(site, way, effect->object)).path;
  event->level.cause = 1;
}

static bool may_be_other_thread(const struct site *site, ddi_term id) {
  switch (ddi_term_parts(site->s->terms, id)->kind) {
  case DDI_TERM_THREAD:
  case DDI_VALUE_LOAD:
    return false;
  default:
    return true;
  }
}

/* A lock is known by what was done with it. */
static enum ddi_kind kind_of_lock(const struct way *way, uintptr_t path,
                                  enum ddi_kind otherwise) {
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].id.path == path &&
        way->state.objects[i].kind != DDI_STORAGE)
      return (enum ddi_kind)way->state.objects[i].kind;
  for (uint32_t i = 0; i < way->change_count; i++)
    if (way->changes[i].object == path && way->changes[i].kind != DDI_STORAGE)
      return (enum ddi_kind)way->changes[i].kind;
  return otherwise;
}

static struct ddi_event event_of(const struct site *site, const struct way *way,
                                 const struct ddi_routine *row,
                                 const struct ddi_effect *effect) {
  struct solver *s = site->s;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.call = row->name;
  event.op = effect->op;
  event.kind = effect->kind;
  event.mode = effect->mode;
  event.family = row->family;
  event.facts = s->problem->driver;
  if (effect->kind == DDI_LOCK)
    event.kind =
        kind_of_lock(way, id_of(s, argument(site, way, effect->object)).path,
                     DDI_LOCK);
  if (effect->op & (DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT))
    read_level(site, way, effect, &event);
  if (effect->object && effect->kind) {
    ddi_term address = argument(site, way, effect->object);
    s->is_dead |= effect->op != DDI_FREE && is_null(s, address);
    event.storage = storage_of(s, address);
    event.object =
        effect->kind == DDI_STORAGE ? event.storage : id_of(s, address);
    event.object.symbolic |= !event.object.path;
    if (may_be_on_stack(s, address))
      event.facts |= DDI_ON_STACK;
    bool is_unset = effect->kind == DDI_PUSH_LOCK &&
                    effect->op == DDI_ACQUIRE &&
                    ddi_term_parts(s->terms, event.storage.path)->kind ==
                        DDI_VALUE_LOCAL;
    if (is_unset)
      event.facts |= DDI_UNINITIALIZED;
  }
  bool waits = row->wait ? truth_of(s, way, argument(site, way, row->wait)) != 0
                         : effect->op == DDI_ACQUIRE && row->when == DDI_ALWAYS;
  if (waits)
    event.facts |= DDI_WAITS;
  if (effect->owner) {
    ddi_term owner = argument(site, way, effect->owner);
    event.owner = id_of(s, owner);
    event.owner_storage = storage_of(s, owner);
    if (may_be_on_stack(s, owner))
      event.facts |= DDI_OWNER_ON_STACK;
    if (event.owner.path && event.owner.tag != 3)
      event.facts |= DDI_OWNER_UNTAGGED;
    if (is_thread(s, owner))
      event.facts |= DDI_THIS_THREAD;
    if (effect->op == DDI_RELEASE_FOR && may_be_other_thread(site, owner))
      event.facts |= DDI_OTHER_THREAD;
  }
  int64_t flags;
  ddi_term given = argument(site, way, row->flags);
  if (row->flags && (!ddi_term_is_number(s->terms, given, &flags) ||
                     ((uint64_t)flags & ~(uint64_t)row->flags_known)))
    event.facts |= DDI_UNKNOWN_FLAGS;
  return event;
}

/* An event on an object that has no name here. */
static bool is_lost(const struct ddi_event *event) {
  bool needs_object = event->kind && event->kind != DDI_STORAGE &&
                      (event->op & (DDI_ANY_USE | DDI_INIT | DDI_REINIT |
                                    DDI_DELETE));
  return needs_object && !event->object.path;
}

/* What an old level was is known as long as its value is. */
static void remember_level(struct way *way, const struct ddi_event *event,
                           const struct ddi_level *before) {
  if (event->op == DDI_RAISE && event->value)
    put_fact(way, (struct fact){.kind = LEVEL,
                                .subject = (uint32_t)event->value,
                                .value = (ddi_term)before->low + 1,
                                .signs = (uint32_t)before->high});
}

static void happen(const struct site *site, struct way *way,
                   const struct ddi_event *event) {
  const struct ddi_level before = way->state.thread.irql;
  remember_level(way, event, &before);
  if (is_lost(event) && is_of_any_caller(site))
    overflow(way);
  else if (is_lost(event) && !way->focus)
    say_broken(site->s, site->summary, NULL, "an object that it cannot name",
               site->action);
  judge(site, way, event);
}

/* ---- What a call gives back is new each time ---------------------------------- */

static bool rests_on(const struct site *site, uintptr_t term) {
  return term && ddi_term_is_of(site->s->terms, (ddi_term)term, site->action);
}

static void lose_name(const struct site *site, struct way *way, uint32_t index) {
  struct ddi_object *object = &way->state.objects[index];
  ddi_term name = nameless(site->s, site->action);
  if (object->id.path == way->focus)
    way->focus = name;
  object->id.path = object->id.exact = object->storage.path = name;
}

static void forget_gift(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_of = (fact->kind == GAVE && fact->subject == site->action) ||
                 (fact->kind != LEVEL && rests_on(site, fact->value)) ||
                 ((fact->kind == SIGN || fact->kind == HOLDS ||
                   fact->kind == LEVEL) &&
                  rests_on(site, fact->subject));
    if (is_of)
      drop_fact(way, i);
    else
      i++;
  }
  struct ddi_state *state = &way->state;
  if (rests_on(site, state->thread.irql.value))
    state->thread.irql.value = 0;
  for (int i = 0; i < state->thread.saved_count; i++)
    if (rests_on(site, state->thread.saved[i].value))
      state->thread.saved[i].value = nameless(site->s, DDI_NONE);
  for (uint32_t i = 0; i < state->count;) {
    const struct ddi_object *object = &state->objects[i];
    if (!rests_on(site, object->id.path)) {
      i++;
      continue;
    }
    bool is_kept = object->count > 0 || object->hold == DDI_HOLD_TRANSFERRED;
    if (is_kept && has_focus(way)) {
      lose_name(site, way, i++);
      continue;
    }
    if (is_kept)
      give_up(site->s, site->summary, "a lock that is kept in a loop",
              site->action);
    ddi_forget(state, i);
  }
}

/* ---- Routines of the tables ----------------------------------------------------- */

static void allocate(const struct site *site, struct way *way,
                     const struct ddi_routine *row) {
  struct solver *s = site->s;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.call = row->name;
  event.op = DDI_ALLOCATE;
  event.kind = DDI_STORAGE;
  event.family = row->family;
  event.object = storage_of(s, ddi_term_result(s->terms, site->action));
  int64_t pool = 0;
  bool is_known =
      ddi_term_is_number(s->terms, argument(site, way, row->pool), &pool);
  if (is_known && ((uint64_t)pool & row->paged_mask) == row->paged_value)
    event.facts |= DDI_PAGED;
  if (row->zeroed && (!row->unless_zeroed || !is_known ||
                      !((uint64_t)pool & row->unless_zeroed)))
    event.facts |= DDI_ZEROED;
  judge(site, way, &event);
}

/* A variable whose address was given away holds something else now. */
static void read_outputs(const struct site *site, struct way *way) {
  struct ddi_terms *terms = site->s->terms;
  for (uint32_t i = 0; i < site->at->count; i++) {
    const struct ddi_value *value =
        &site->body->values[site->body->arguments[site->at->first + i]];
    if (value->kind == DDI_VALUE_LOCAL)
      know(way, IS, (uint32_t)value->number,
           ddi_term_output(terms, site->action, i + 1));
  }
}

static void go_on(const struct site *site, struct way *way) {
  read_outputs(site, way);
  push_item(site->s, site->summary, site->block, site->action + 1, way);
}

static void happen_all(const struct site *site, struct way *way,
                       const struct ddi_routine *row, bool is_done) {
  struct solver *s = site->s;
  /* Such a lock may count its owner's acquisitions. */
  struct ddi_reach reach = ddi_routine_reach(row, NULL);
  if (way->asks_owner && (reach.ops & DDI_ACQUIRE)) {
    ddi_havoc(&way->state, &reach);
    if (is_of_any_caller(site))
      overflow(way);
    return;
  }
  for (int i = 0; i < DDI_MAX_EFFECTS && row->effects[i].op; i++) {
    const struct ddi_effect *effect = &row->effects[i];
    bool is_asked =
        !effect->only_if ||
        truth_of(s, way, argument(site, way, effect->only_if)) == 1;
    bool happens = effect->op == DDI_WAIT ||
                   (is_done && is_asked &&
                    (!(site->at->flags & DDI_IS_OTHER_OBJECT) || !effect->kind));
    if (!happens)
      continue;
    if (effect->op == DDI_ALLOCATE) {
      allocate(site, way, row);
      continue;
    }
    struct ddi_event event = event_of(site, way, row, effect);
    happen(site, way, &event);
  }
}

/* Splits the way on whether the routine does what it is called for. */
static void call_routine(const struct site *site, struct way *way,
                         const struct ddi_routine *row) {
  struct solver *s = site->s;
  ddi_term result = ddi_term_result(s->terms, site->action);
  if (row->succeeds)
    know(way, GAVE, site->action, ddi_term_number(s->terms, 0));
  bool is_always =
      row->when == DDI_ALWAYS || (site->at->flags & DDI_IS_OTHER_OBJECT);
  if (is_always) {
    happen_all(site, way, row, true);
    go_on(site, way);
    return;
  }
  enum ddi_arg sure_arg = row->wait ? row->wait : row->timeout;
  ddi_term sure = argument(site, way, sure_arg);
  int asked = sure_arg ? truth_of(s, way, sure) : -1;
  bool is_sure = asked == (row->wait ? 1 : 0) && sure_arg;
  bool is_plain_zero = sure_arg && is_a_number(site, sure) && asked == 0;
  bool can_fail = !is_sure && (!(site->at->flags & DDI_IS_DISCARDED) ||
                               is_plain_zero);
  struct way *other = &s->scratch[1];
  copy_way(other, way);
  bool on_true = row->when == DDI_IF_TRUE;
  narrow_signs(s, way, result, on_true ? NOT_ZERO : ZERO);
  happen_all(site, way, row, true);
  go_on(site, way);
  if (!can_fail)
    return;
  narrow_signs(s, other, result, on_true ? ZERO : NOT_ZERO);
  if (row->wait && !narrow_signs(s, other, sure, ZERO))
    return;
  happen_all(site, other, row, false);
  go_on(site, other);
}

static void ask(const struct site *site, struct way *way,
                const struct ddi_routine *row) {
  struct solver *s = site->s;
  ddi_term result = ddi_term_result(s->terms, site->action);
  struct ddi_event event = event_of(site, way, row, &row->effects[0]);
  if (event.op)
    happen(site, way, &event);
  if (row->query == DDI_CURRENT_THREAD) {
    struct ddi_value thread = {.kind = DDI_TERM_THREAD};
    know(way, GAVE, site->action, ddi_term_make(s->terms, &thread));
    go_on(site, way);
    return;
  }
  if (row->query == DDI_CURRENT_IRQL) {
    ddi_ask_level(&way->state, result, 1);
    go_on(site, way);
    return;
  }
  bool is_seen =
      !event.object.path || is_in_focus(s, way, event.kind, &event.object);
  see_by_thread(site, way, event.kind, &event.object);
  int known = is_seen ? ddi_answer(&way->state, row->query, &event) : -1;
  struct way *branch = &s->scratch[1];
  for (int answer = 0; answer <= 1; answer++) {
    if (known == !answer)
      continue;
    copy_way(branch, way);
    narrow_signs(s, branch, result, answer ? NOT_ZERO : ZERO);
    if (known < 0 && is_seen)
      ddi_learn(&branch->state, row->query, &event, answer);
    go_on(site, branch);
  }
}

/* ---- What is demanded at a call ------------------------------------------------- */

static bool applies(const struct site *site, const struct way *way,
                    const struct ddi_routine *row,
                    const struct ddi_bound *bound) {
  struct solver *s = site->s;
  ddi_term term = argument(site, way, bound->arg);
  switch (bound->when) {
  case DDI_NO_CASE:
    return false;
  case DDI_IN_ANY_CASE:
    return true;
  case DDI_IF_NONZERO:
    return truth_of(s, way, term) != 0;
  case DDI_IF_WAITING:
    return true;
  case DDI_IF_PAGED_POOL: {
    int64_t pool = 0;
    if (ddi_term_is_number(s->terms, argument(site, way, row->pool), &pool))
      return ((uint64_t)pool & row->paged_mask) == row->paged_value;
    if (row->pool)
      return false;
    struct ddi_id block = storage_of(s, term);
    see_by_thread(site, way, DDI_STORAGE, &block);
    for (uint32_t i = 0; i < way->state.count; i++)
      if (way->state.objects[i].kind == DDI_STORAGE &&
          way->state.objects[i].id.path == block.path)
        return way->state.objects[i].paged;
    return false;
  }
  }
  return true;
}

static struct ddi_level bound_of(const struct site *site, const struct way *way,
                                 const struct name_info *called,
                                 const struct ddi_published *published) {
  struct ddi_level bound = ddi_any_level();
  bool is_strict = site->s->problem->strictness & DDI_STRICT;
  if (published)
    bound = ddi_published_bound(published, is_strict);
  if (!published && !called->row) {
    if (site->at->irql_min != DDI_NO_BOUND)
      bound.low = site->at->irql_min;
    if (site->at->irql_max != DDI_NO_BOUND)
      bound.high = site->at->irql_max;
  }
  for (int i = 0; called->row && i < DDI_MAX_BOUNDS; i++)
    if (applies(site, way, called->row, &called->row->bounds[i]))
      bound = ddi_level_between(called->row->bounds[i].min,
                                called->row->bounds[i].max);
  return bound;
}

static const struct name_info *info_of(struct solver *s, ddi_name name) {
  static const struct name_info nothing = {.function = DDI_NONE};
  if (name >= s->name_count)
    return &nothing;
  struct name_info *info = &s->infos[name];
  if (info->is_known)
    return info;
  /* A header's inline function is static: its name has a file behind it. */
  char plain[128];
  const char *text = ddi_names_text(s->problem->names, name);
  size_t length = strcspn(text, "@");
  if (text[length] && length < sizeof plain) {
    memcpy(plain, text, length);
    plain[length] = 0;
    text = plain;
  }
  info->row = ddi_find_routine(text);
  info->published = ddi_find_published(text);
  info->is_known = true;
  return info;
}

/* The function of that name that a function calls: of its own unit, if there are
   several. */
static uint32_t callee_named(struct solver *s, const struct ddi_function *caller,
                             ddi_name name) {
  uint32_t first = info_of(s, name)->function;
  for (uint32_t i = first; i != DDI_NONE; i = s->same_name[i])
    if (s->problem->functions[i].unit == caller->unit)
      return i;
  return first;
}

static void run_paged(const struct site *site, struct way *way, bool goes_on) {
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_RUN_PAGED;
  event.facts = site->s->problem->driver | (goes_on ? DDI_GOES_ON : 0);
  event.bound = ddi_level_between(DDI_PASSIVE_LEVEL, DDI_APC_LEVEL);
  if (!goes_on)
    note_demand(site, way, &event, site->at ? site->at->name : 0);
  judge(site, way, &event);
}

static void judge_call(const struct site *site, struct way *way,
                       const struct name_info *called) {
  struct solver *s = site->s;
  const struct ddi_published *published = called->published;
  const struct ddi_published *of_macro = info_of(s, site->at->written)->published;
  if (of_macro && ddi_has_bound(of_macro))
    published = of_macro;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_CALL;
  event.call = published    ? published->name
               : called->row ? called->row->name
                             : ddi_names_text(s->problem->names, site->at->name);
  event.written = ddi_names_text(s->problem->names, site->at->written);
  event.bound = bound_of(site, way, called, published);
  event.facts = s->problem->driver;
  if (published && published->special_apcs)
    event.facts |= DDI_NEEDS_SPECIAL_APCS;
  for (int i = 0; called->row && i < DDI_MAX_EFFECTS; i++) {
    const struct ddi_effect *effect = &called->row->effects[i];
    event.facts |= effect->op == DDI_WAIT ? DDI_IS_WAIT : 0;
    if (effect->op != DDI_FREE)
      continue;
    event.kind = DDI_STORAGE;
    event.object = storage_of(s, argument(site, way, effect->object));
  }
  note_demand(site, way, &event, site->at->name);
  judge(site, way, &event);
  uint32_t callee = callee_named(s, site->function, site->at->name);
  bool is_paged = callee != DDI_NONE &&
                  s->problem->functions[callee].may_be_paged;
  if (is_paged)
    run_paged(site, way, false);
}

/* ---- Into a function and back ------------------------------------------------------ */

/* Between the words of a caller and those of what it calls. */
struct passage {
  struct solver *s;
  uint32_t action; /* the call */
  uint32_t callee; /* DDI_NONE: several */
  uint32_t count;
  ddi_term arguments[16];
  ddi_term contents[16]; /* of a variable whose address is an argument */
  ddi_term outer[DDI_MAX_OBJECTS * 4 + DDI_MAX_SAVED * 2];
  uint32_t outer_count;
  ddi_term result; /* the callee's, which is the caller's RESULT */
  struct ddi_thread hidden; /* of which the saved levels are the caller's alone */
};

static void open_passage(const struct site *site, const struct way *way,
                         struct passage *p) {
  memset(p, 0, sizeof *p);
  p->s = site->s;
  p->action = site->action;
  p->callee = site->at->flags & DDI_IS_INDIRECT
                  ? DDI_NONE
                  : callee_named(site->s, site->function, site->at->name);
  p->count = site->at->count < 16 ? site->at->count : 16;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t value = site->body->arguments[site->at->first + i];
    p->arguments[i] = evaluate(site->s, site->body, way, value);
    const struct ddi_value *parts = &site->body->values[value];
    const struct fact *held =
        parts->kind == DDI_VALUE_LOCAL
            ? find_fact(way, IS, (uint32_t)parts->number)
            : NULL;
    p->contents[i] = held ? held->value : 0;
  }
}

static ddi_term make(struct passage *p, uint32_t kind, ddi_term base,
                     int64_t number) {
  struct ddi_value parts = {
      .kind = (uint8_t)kind, .base = base, .number = number};
  return ddi_term_make(p->s->terms, &parts);
}

/* A caller's term in the callee's words. */
static ddi_term leaf_down(void *context, ddi_term term) {
  struct passage *p = context;
  int64_t number;
  if (ddi_term_is_number(p->s->terms, term, &number))
    return term;
  for (uint32_t i = 0; i < p->count; i++)
    if (p->arguments[i] == term)
      return make(p, DDI_VALUE_PARAMETER, 0, i);
  for (uint32_t i = 0; i < p->count; i++)
    if (p->contents[i] == term)
      return make(p, DDI_VALUE_LOAD, make(p, DDI_VALUE_PARAMETER, 0, i), 0);
  switch (ddi_term_parts(p->s->terms, term)->kind) {
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_FUNCTION:
  case DDI_TERM_THREAD:
    return term;
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_LOAD:
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
  case DDI_VALUE_TAGGED:
    return DDI_NONE;
  default:
    return 0;
  }
}

static ddi_term down(struct passage *p, ddi_term term) {
  return ddi_term_rewrite(p->s->terms, term, leaf_down, p);
}

/* ... or else a number for what has no name there. */
static ddi_term down_or_outer(struct passage *p, ddi_term term) {
  ddi_term there = down(p, term);
  if (there || !term)
    return there;
  uint32_t i = 0;
  while (i < p->outer_count && p->outer[i] != term)
    i++;
  if (i == p->outer_count)
    p->outer[p->outer_count++] = term;
  return make(p, DDI_TERM_OUTER, 0, i);
}

/* So that a recursion has an end. */
static bool is_nested(struct solver *s, ddi_term term) {
  return ddi_term_parts(s->terms, term)->kind == DDI_TERM_INNER;
}

/* A callee's term in the caller's words. */
static ddi_term leaf_up(void *context, ddi_term term) {
  struct passage *p = context;
  const struct ddi_value parts = *ddi_term_parts(p->s->terms, term);
  switch (parts.kind) {
  case DDI_VALUE_PARAMETER:
    return parts.number < (int64_t)p->count ? p->arguments[parts.number] : 0;
  case DDI_TERM_OUTER:
    return parts.number < (int64_t)p->outer_count ? p->outer[parts.number] : 0;
  case DDI_VALUE_LOAD: {
    const struct ddi_value *base = ddi_term_parts(p->s->terms, parts.base);
    bool is_parameter = base->kind == DDI_VALUE_PARAMETER &&
                        base->number < (int64_t)p->count;
    if (is_parameter && ddi_term_parts(p->s->terms, p->arguments[base->number])
                                ->kind == DDI_VALUE_LOCAL)
      return ddi_term_output(p->s->terms, p->action,
                             (uint32_t)base->number + 1);
    return DDI_NONE;
  }
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_RESULT:
  case DDI_TERM_OUTPUT:
  case DDI_TERM_JOIN:
    return term == p->result ? ddi_term_result(p->s->terms, p->action)
                             : make(p, DDI_TERM_INNER, term, p->action);
  case DDI_TERM_INNER:
    return term == p->result ? ddi_term_result(p->s->terms, p->action)
           : is_nested(p->s, parts.base)
               ? 0
               : make(p, DDI_TERM_INNER, term, p->action);
  default:
    return DDI_NONE;
  }
}

static ddi_term up(struct passage *p, ddi_term term) {
  return ddi_term_rewrite(p->s->terms, term, leaf_up, p);
}

typedef ddi_term (*rename_term)(struct passage *p, ddi_term term);

static void rename_id(struct passage *p, struct ddi_id *id, rename_term to) {
  if (!id->path)
    return;
  ddi_term term = to(p, (ddi_term)id->path);
  int64_t number;
  bool has_name = term && !ddi_term_is_number(p->s->terms, term, &number);
  id->path = id->exact = has_name ? term : 0;
}

static bool goes_before(const struct ddi_object *a, const struct ddi_object *b) {
  return a->kind != b->kind ? a->kind < b->kind : a->id.path < b->id.path;
}

static bool insert_object(struct ddi_state *state,
                          const struct ddi_object *object) {
  if (state->count == DDI_MAX_OBJECTS)
    return false;
  uint32_t at = 0;
  while (at < state->count && goes_before(&state->objects[at], object))
    at++;
  bool is_there = at < state->count && state->objects[at].kind == object->kind &&
                  state->objects[at].id.path == object->id.path;
  if (is_there)
    return !may_be_held(object) && !may_be_held(&state->objects[at]);
  memmove(&state->objects[at + 1], &state->objects[at],
          (state->count - at) * sizeof *object);
  state->objects[at] = *object;
  state->count++;
  return true;
}

static void rename_saved(struct passage *p, struct ddi_saved *saved,
                         rename_term to) {
  saved->level.value = 0;
  if (is_of_core(saved))
    return;
  bool had_name = saved->value || saved->keeper;
  saved->value = to(p, (ddi_term)saved->value);
  saved->keeper = to(p, (ddi_term)saved->keeper);
  if (had_name && !saved->value && !saved->keeper)
    saved->value = nameless(p->s, p->action);
}

static void rename_thread(struct passage *p, struct ddi_thread *thread,
                          rename_term to) {
  thread->irql.value = to(p, (ddi_term)thread->irql.value);
  for (int i = 0; i < thread->saved_count; i++)
    rename_saved(p, &thread->saved[i], to);
  drop_saved_twice(p->s, thread);
  thread->entry_irql.value = 0;
}

static void rename_object(struct passage *p, struct ddi_object *object,
                          rename_term to) {
  rename_id(p, &object->id, to);
  object->storage = storage_of(p->s, (ddi_term)object->id.path);
  rename_id(p, &object->owner, to);
  rename_id(p, &object->owner_storage, to);
}

static uint64_t hash_of_name(ddi_name name) {
  return UINT64_C(1) << (name * 0x9E3779B1u >> 26);
}

/* What an object goes by; zero: by anything. */
static uint64_t hash_of_object(struct solver *s, ddi_term term) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  while (parts->kind == DDI_VALUE_LOAD || parts->kind == DDI_VALUE_ELEMENT ||
         parts->kind == DDI_VALUE_TAGGED)
    parts = ddi_term_parts(s->terms, parts->base);
  bool has_name =
      parts->kind == DDI_VALUE_MEMBER || parts->kind == DDI_VALUE_GLOBAL;
  return has_name ? hash_of_name(parts->name) : 0;
}

static bool is_argument(const struct passage *p, const struct ddi_object *object) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->arguments[i] == object->id.path)
      return true;
  return false;
}

static bool is_touched(struct passage *p, ddi_term term) {
  const struct touch *touched = &p->s->touched[p->callee];
  uint64_t hash = hash_of_object(p->s, term);
  struct ddi_object object = {.id = {.path = term}};
  return !hash || (touched->names & hash) ||
         (touched->parameters && is_argument(p, &object));
}

/* What the callee cannot touch stays with the caller. */
static bool stays_behind(struct passage *p, const struct ddi_object *object) {
  if (object->kind == DDI_STORAGE || p->callee == DDI_NONE)
    return false;
  const struct ddi_reach *reach = &p->s->problem->functions[p->callee].reach;
  bool frees = may_be_held(object) && (reach->ops & DDI_FREE) &&
               ddi_term_is_symbolic(p->s->terms, (ddi_term)object->id.path) &&
               down(p, (ddi_term)object->storage.path) &&
               is_touched(p, (ddi_term)object->storage.path);
  bool is_of_kind =
      (reach->kinds >> object->kind & 1) || (reach->kinds >> DDI_LOCK & 1);
  if (!is_of_kind)
    return !frees;
  if (!down(p, (ddi_term)object->id.path))
    return !frees;
  const struct touch *touched = &p->s->touched[p->callee];
  uint64_t hash = hash_of_object(p->s, (ddi_term)object->id.path);
  bool is_touched = !hash || (touched->names & hash) ||
                    (touched->parameters && is_argument(p, object));
  return !is_touched && !frees;
}

/* Whether the object of the way is one for the callee, too. */
static bool goes_along(struct passage *p, const struct way *way) {
  if (!has_focus(way))
    return false;
  for (uint32_t i = 0; i < way->state.count; i++)
    if (way->state.objects[i].kind != DDI_STORAGE &&
        !stays_behind(p, &way->state.objects[i]))
      return true;
  ddi_term storage = ddi_term_storage(p->s->terms, way->focus);
  bool is_new = !has_objects(way);
  if (is_new && !down(p, way->focus) && !down(p, storage))
    return false;
  return p->callee == DDI_NONE || is_touched(p, way->focus) ||
         is_touched(p, storage);
}

/* For a callee a region is a region, however deep: so a recursion has an end. */
static void hide_depth(struct ddi_depth *depth) {
  int16_t deep = depth->low > 1 ? (int16_t)(depth->low - 1) : 0;
  depth->low = (int16_t)(depth->low - deep);
  if (depth->high < DDI_MANY)
    depth->high = (int16_t)(depth->high - deep);
  depth->net = depth->net > 1 ? 1 : depth->net < -1 ? -1 : depth->net;
}

static void show_depth(const struct ddi_depth *before, struct ddi_depth *after) {
  struct ddi_depth entered = *before;
  hide_depth(&entered);
  if (before->net_unknown || after->net_unknown)
    return;
  int deep = before->low - entered.low;
  int kept = before->low + after->net - entered.net;
  after->low = (int16_t)(after->low + deep);
  if (after->low > kept)
    after->low = (int16_t)(kept > 0 ? kept : 0);
  if (after->high < DDI_MANY)
    after->high = (int16_t)(after->high + deep);
  after->net = (int16_t)(after->net + before->net - entered.net);
  saturate_depth(after);
}

static bool has_name_below(struct passage *p, const struct ddi_saved *saved) {
  return is_of_core(saved) || down(p, (ddi_term)saved->keeper) ||
         down(p, (ddi_term)saved->value);
}

/* A level that the callee has no name for comes back in the caller: there, one that
   nobody can name stands for all of them. */
static void hide_saved(struct passage *p, struct ddi_thread *thread,
                       struct ddi_thread *hidden) {
  memset(hidden, 0, sizeof *hidden);
  for (int i = 0; i < thread->saved_count;) {
    if (has_name_below(p, &thread->saved[i])) {
      i++;
      continue;
    }
    hidden->saved[hidden->saved_count++] = thread->saved[i];
    drop_saved(thread, i);
  }
  if (!hidden->saved_count || thread->saved_unknown)
    return;
  memmove(&thread->saved[1], &thread->saved[0],
          (size_t)thread->saved_count * sizeof *thread->saved);
  thread->saved_count++;
  thread->saved[0] = (struct ddi_saved){.level = ddi_any_level(),
                                        .value = nameless(p->s, DDI_NONE)};
}

static void show_saved(struct passage *p, bool was_unknown,
                       struct ddi_thread *thread) {
  const struct ddi_thread *hidden = &p->hidden;
  int count = hidden->saved_count;
  if (count && !was_unknown) {
    bool is_there = thread->saved_count &&
                    thread->saved[0].value == nameless(p->s, DDI_NONE);
    if (is_there)
      drop_saved(thread, 0);
    else
      count--;
  }
  int room = DDI_MAX_SAVED - thread->saved_count;
  int first = count > room ? count - room : 0;
  thread->saved_unknown |= first > 0;
  count -= first;
  memmove(&thread->saved[count], &thread->saved[0],
          (size_t)thread->saved_count * sizeof *thread->saved);
  memcpy(&thread->saved[0], &hidden->saved[first],
         (size_t)count * sizeof *thread->saved);
  thread->saved_count = (int8_t)(thread->saved_count + count);
}

/* What a callee neither changes nor looks at is the same for it whatever it is, and
   stays with the caller. */
static void hide_thread(const struct ddi_reach *reach,
                        struct ddi_thread *thread) {
  thread->entry_irql = thread->saved_count ? ddi_any_level() : thread->irql;
  thread->entry_irql.cause = 0;
  thread->entry_irql.value = 0;
  if (!(reach->ops & DDI_LEAVE_CRITICAL))
    thread->wary = 0;
  const uint32_t of_regions =
      DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
      DDI_LEAVE_GUARDED | DDI_ANY_USE | DDI_REQUIRE_REGION;
  const uint32_t of_level =
      DDI_RAISE | DDI_LOWER | DDI_SIGNAL_WAIT | DDI_WAIT | DDI_USE;
  const struct ddi_depth any = {.high = DDI_MANY};
  if (!(reach->ops & of_regions)) {
    thread->critical = any;
    if (thread->guarded.low == 0)
      thread->guarded = any;
    thread->believed = thread->wary = 0;
  }
  if (!(reach->ops & of_level)) {
    memset(thread->saved, 0, sizeof thread->saved);
    thread->saved_count = thread->saved_unknown = 0;
    thread->irql.cause = 0;
    thread->irql.value = 0;
    memset(&thread->entry_irql, 0, sizeof thread->entry_irql);
  }
}

static void show_thread(const struct ddi_reach *reach,
                        const struct ddi_thread *before,
                        struct ddi_thread *after) {
  struct ddi_thread hidden = *before;
  hide_thread(reach, &hidden);
  if (memcmp(&hidden.critical, &before->critical, sizeof hidden.critical))
    after->critical = before->critical;
  if (memcmp(&hidden.guarded, &before->guarded, sizeof hidden.guarded))
    after->guarded = before->guarded;
  if (hidden.believed != before->believed)
    after->believed = before->believed;
  if (hidden.wary != before->wary)
    after->wary = before->wary;
  after->entry_irql = before->entry_irql;
  if (hidden.saved_count != before->saved_count ||
      hidden.saved_unknown != before->saved_unknown) {
    memcpy(after->saved, before->saved, sizeof after->saved);
    after->saved_count = before->saved_count;
    after->saved_unknown = before->saved_unknown;
  }
  if (hidden.irql.cause != before->irql.cause)
    after->irql.cause = before->irql.cause;
  if (hidden.irql.value != before->irql.value)
    after->irql.value = before->irql.value;
}

static const struct ddi_reach *reach_of(const struct passage *p) {
  static const struct ddi_reach everything = {~0u, ~0u, 0, 0};
  return p->callee == DDI_NONE ? &everything
                               : &p->s->problem->functions[p->callee].reach;
}

/* The state that a callee is entered in. */
static void enter_state(struct passage *p, const struct way *from,
                        struct way *into) {
  into->fact_count = into->change_count = into->asks_owner = 0;
  bool goes = goes_along(p, from);
  memset(into->trails, 0, sizeof into->trails);
  into->state = from->state;
  into->state.count = 0;
  memset(into->state.objects, 0, sizeof into->state.objects);
  hide_saved(p, &into->state.thread, &p->hidden);
  hide_depth(&into->state.thread.critical);
  hide_depth(&into->state.thread.guarded);
  hide_thread(reach_of(p), &into->state.thread);
  rename_thread(p, &into->state.thread, down_or_outer);
  for (uint32_t i = 0; goes && i < from->state.count; i++) {
    struct ddi_object object = from->state.objects[i];
    rename_object(p, &object, down_or_outer);
    if (object.id.path)
      insert_object(&into->state, &object);
  }
  into->focus = goes         ? down_or_outer(p, from->focus)
                : from->focus ? NOTHING
                              : 0;
  into->kind = goes ? from->kind : 0;
}

static void enter_unknowing(struct way *way, ddi_term focus) {
  way->fact_count = way->change_count = way->asks_owner = 0;
  memset(way->trails, 0, sizeof way->trails);
  const struct ddi_context nowhere = {.is_callback = true};
  ddi_enter_function(&way->state, &nowhere);
  way->focus = focus;
  way->kind = 0;
}

/* What the caller knows of values that the callee asks for. */
static void enter_facts(struct passage *p, const struct ddi_flow *flow,
                        const struct way *from, struct way *into,
                        uint32_t summaries) {
  int64_t number;
  bool only_numbers = summaries >= MANY_SUMMARIES;
  int64_t most = summaries >= TOO_MANY_SUMMARIES ? 1 : INT64_MAX;
  for (uint32_t i = 0; i < p->count; i++)
    if (ddi_term_is_number(p->s->terms, p->arguments[i], &number) &&
        number <= most)
      know(into, ENTERED, i, p->arguments[i]);
  for (uint32_t i = 0; i < p->count && !only_numbers; i++) {
    unsigned signs = signs_of(p->s, from, p->arguments[i]);
    if (p->arguments[i] && signs != ANY_SIGN &&
        !ddi_term_is_number(p->s->terms, p->arguments[i], &number))
      narrow_signs(p->s, into, make(p, DDI_VALUE_PARAMETER, 0, i), signs);
  }
  for (uint32_t i = 0; i < from->fact_count && !only_numbers; i++) {
    const struct fact *fact = &from->facts[i];
    if (fact->kind != SIGN)
      continue;
    ddi_term there = down(p, fact->subject);
    if (there)
      narrow_signs(p->s, into, there, fact->signs);
  }
  prune(p->s, flow, into, flow->target[flow->body->entry]);
}

static uint32_t key_hash(uint32_t function, uint32_t entry,
                         const struct packed *start) {
  return (start->hash * 31 + function) * 31 + entry;
}

static void insert_key(struct solver *s, uint32_t index) {
  const struct summary *of = &s->summaries.at[index];
  uint32_t at = key_hash(of->function, of->entry, of->start) &
                (s->key_slot_count - 1);
  while (s->key_slots[at] != DDI_NONE)
    at = (at + 1) & (s->key_slot_count - 1);
  s->key_slots[at] = index;
}

static bool grow_keys(struct solver *s) {
  uint32_t count = s->key_slot_count * 2;
  uint32_t *slots = malloc(count * sizeof *slots);
  if (!slots)
    return false;
  memset(slots, 0xff, count * sizeof *slots);
  free(s->key_slots);
  s->key_slots = slots;
  s->key_slot_count = count;
  for (uint32_t i = 0; i < s->summaries.count; i++)
    insert_key(s, i);
  return true;
}

/* DDI_NONE if there is none yet. */
static uint32_t find_summary(const struct solver *s, uint32_t function,
                             uint32_t entry, const struct packed *start) {
  uint32_t at = key_hash(function, entry, start) & (s->key_slot_count - 1);
  for (; s->key_slots[at] != DDI_NONE; at = (at + 1) & (s->key_slot_count - 1)) {
    const struct summary *of = &s->summaries.at[s->key_slots[at]];
    if (of->function == function && of->entry == entry && of->start == start)
      return s->key_slots[at];
  }
  return DDI_NONE;
}

/* DDI_NONE if it cannot be followed. */
static uint32_t add_summary(struct solver *s, uint32_t function, uint32_t entry,
                            const struct way *start) {
  const struct packed *packed = pack(s, start);
  if (!packed)
    return DDI_NONE;
  uint32_t found = find_summary(s, function, entry, packed);
  if (found != DDI_NONE)
    return found;
  bool is_full =
      entry >= DDI_FOR_CALLERS &&
      (s->summary_counts[function] == MAX_SUMMARIES_OF_FUNCTION ||
       s->step_counts[function] > MAX_STEPS_OF_FUNCTION);
  if (is_full)
    return DDI_NONE;
  if (s->summaries.count * 2 >= s->key_slot_count && !grow_keys(s))
    return DDI_NONE;
  struct summary summary = {
      .function = function, .entry = entry, .start = packed};
  const struct ddi_body *body = s->problem->functions[function].body;
  summary.ways = calloc(body->block_count + 1u, sizeof *summary.ways);
  if (!summary.ways)
    return DDI_NONE;
  uint32_t index = s->summaries.count;
  PUSH(s, s->summaries, summary);
  if (s->summaries.count == index)
    return DDI_NONE;
  insert_key(s, index);
  s->summary_counts[function]++;
  struct way *way = &s->scratch[3];
  copy_way(way, start);
  arrive(s, index, body->entry, way);
  return index;
}

/* The member that a load reads last, or null. */
static const struct ddi_value *loaded_member(struct solver *s, ddi_term load) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, load);
  if (parts->kind != DDI_VALUE_LOAD)
    return NULL;
  const struct ddi_value *address = ddi_term_parts(s->terms, parts->base);
  return address->kind == DDI_VALUE_MEMBER ? address : NULL;
}

static bool may_be_written(struct solver *s, ddi_term term, uint64_t written) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, term);
  if (parts->kind == DDI_VALUE_COMPARE || parts->kind == DDI_VALUE_AND)
    return may_be_written(s, parts->base, written) ||
           may_be_written(s, parts->other, written);
  const struct ddi_value *member = loaded_member(s, term);
  return member && (written & hash_of_name(member->name));
}

/* Forgets what a call may have written: members of these names. */
static void forget_written(struct solver *s, struct way *way,
                           uint64_t written) {
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    const struct ddi_value *at = ddi_term_parts(s->terms, fact->subject);
    bool is_gone =
        (fact->kind == SIGN && may_be_written(s, fact->subject, written)) ||
        (fact->kind == HOLDS && at->kind == DDI_VALUE_MEMBER &&
         (written & hash_of_name(at->name)));
    if (is_gone)
      drop_fact(way, i);
    else
      i++;
  }
}

/* Behind a call that annotations describe, where its body has been followed. */
static uint32_t behind_effects(const struct site *site) {
  uint32_t next = site->action + 1;
  const struct ddi_block *block = &site->body->blocks[site->block];
  while (next < block->first_action + block->actions &&
         site->body->actions[next].kind == DDI_DO_EVENT &&
         !(site->body->actions[next].flags & DDI_IS_DEMAND))
    next++;
  return next;
}

/* What the analyzer sees of each other. */
static bool is_of_unit_of(const struct ddi_function *a,
                          const struct ddi_function *b) {
  return !a->unit || !b->unit || a->unit == b->unit;
}

static void step_change(const struct ddi_change *change,
                        struct ddi_state *state) {
  if (change->object)
    return;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = change->op;
  event.kind = change->kind;
  event.mode = change->mode;
  event.family = change->family;
  event.facts = change->facts;
  event.object.path = event.object.exact = change->object;
  event.value = change->value;
  event.keeper = change->keeper;
  event.level = change->level;
  ddi_step(state, &event);
  saturate(state);
}

/* What a callee changed for its caller, the caller changes for its own. */
static void bring_changes(struct passage *p, const struct site *site,
                          const struct way *there, struct way *way) {
  uint32_t function = p->s->summaries.at[site->summary].function;
  for (uint32_t i = 0; i < there->change_count; i++) {
    struct ddi_change change = there->changes[i];
    if (!change.op) {
      overflow(way);
      return;
    }
    change.object = up(p, change.object);
    change.owner = up(p, change.owner);
    change.value = up(p, change.value);
    change.keeper = up(p, change.keeper);
    step_change(&change, &way->state);
    note_change(way, &change,
                add_trail(p->s, function, site->action, there->trails[i]));
  }
}

/* What a callee has written to a variable of its caller's. */
static void bring_outputs(struct passage *p, const struct site *site,
                          const struct way *there, struct way *way) {
  for (uint32_t i = 0; i < there->fact_count; i++) {
    const struct fact *fact = &there->facts[i];
    if (!is_output(p->s, fact))
      continue;
    int64_t index = ddi_term_parts(p->s->terms, fact->subject)->number;
    const struct ddi_value *argument =
        index < site->at->count
            ? &site->body->values[site->body->arguments[site->at->first + index]]
            : NULL;
    if (argument && argument->kind == DDI_VALUE_LOCAL)
      know(way, IS, (uint32_t)argument->number, fact->value);
  }
}

static struct site site_of(struct solver *s, const struct caller *caller) {
  const struct ddi_function *function =
      function_of(s, &s->summaries.at[caller->summary]);
  return (struct site){s,
                       caller->summary,
                       caller->block,
                       caller->action,
                       function,
                       function->body,
                       &function->body->actions[caller->action]};
}

/* What the callee has found out when it asked for the level decides nothing here. */
static void forget_answer(const struct ddi_level *before,
                          struct ddi_level *after) {
  bool is_narrower = after->cause == before->cause &&
                     after->low >= before->low && after->high <= before->high;
  if (!is_narrower)
    return;
  after->low = before->low;
  after->high = before->high;
}

/* What the caller's way is about behind the call; false if the callee's way out is
   none of it. */
static bool focus_behind(struct passage *p, const struct site *site,
                         const struct way *way, const struct way *entered,
                         const struct way *there, ddi_term *focus) {
  struct solver *s = p->s;
  *focus = way->focus;
  if (has_focus(entered)) {
    if (there->focus != entered->focus)
      *focus = nameless(s, site->action);
    return true;
  }
  if (way->focus || !there->focus)
    return true;
  *focus = up(p, there->focus);
  if (!*focus && has_objects(there))
    *focus = nameless(s, site->action);
  return *focus && (rests_on(site, *focus) || *focus == nameless(s, site->action));
}

/* False if the way out is none of the caller's way. */
static bool bring_state(struct passage *p, const struct site *site,
                        const struct way *entered, const struct way *there,
                        struct way *way) {
  struct solver *s = p->s;
  ddi_term focus = 0;
  if (!focus_behind(p, site, way, entered, there, &focus))
    return false;
  bool goes = has_focus(entered);
  struct ddi_state after = there->state;
  after.count = 0;
  memset(after.objects, 0, sizeof after.objects);
  rename_thread(p, &after.thread, up);
  show_saved(p, way->state.thread.saved_unknown, &after.thread);
  show_depth(&way->state.thread.critical, &after.thread.critical);
  show_depth(&way->state.thread.guarded, &after.thread.guarded);
  show_thread(reach_of(p), &way->state.thread, &after.thread);
  forget_answer(&way->state.thread.irql, &after.thread.irql);
  for (uint32_t i = 0; !goes && i < way->state.count; i++)
    insert_object(&after, &way->state.objects[i]);
  for (uint32_t i = 0; i < there->state.count; i++) {
    struct ddi_object object = there->state.objects[i];
    bool is_focus = object.id.path == there->focus;
    rename_object(p, &object, up);
    if (is_focus) {
      object.id.path = object.id.exact = focus;
      object.storage = storage_of(s, focus);
    }
    if (object.id.path)
      insert_object(&after, &object);
  }
  way->state = after;
  way->focus = focus;
  way->kind = way->focus && !way->kind ? there->kind : way->kind;
  return true;
}

/* By a pointer, of which the type alone is known: what it calls is not. */
static bool is_by_type(struct solver *s, const struct ddi_action *call) {
  return call->flags & DDI_IS_INDIRECT &&
         info_of(s, call->name)->function == DDI_NONE;
}

/* The caller goes on where the callee left. */
static void come_back(struct solver *s, const struct caller *caller,
                      const struct packed *exit) {
  struct site site = site_of(s, caller);
  struct way *way = &s->scratch[4], *there = &s->scratch[5];
  unpack(caller->way, way);
  unpack(exit, there);
  if (is_by_type(s, site.at)) {
    if (there->change_count)
      go_on_unknowing(s, caller);
    return;
  }
  struct passage p;
  open_passage(&site, way, &p);
  struct way *again = &s->scratch[6];
  enter_state(&p, way, again); /* gives the outer terms their numbers */
  const struct fact *result = find_fact(there, RETURNS, 0);
  p.result = result ? result->value : 0;
  if (is_of_any_caller(&site))
    bring_changes(&p, &site, there, way);
  else if (!bring_state(&p, &site, again, there, way))
    return;
  uint64_t written = 0;
  if (!(site.at->flags & DDI_IS_INDIRECT))
    written = s->written[callee_named(s, site.function, site.at->name)];
  forget_written(s, way, written);
  if (result) {
    const struct fact *sign = find_fact(there, SIGN, result->value);
    ddi_term value = up(&p, result->value);
    if (!value)
      value = ddi_term_result(s->terms, caller->action);
    if (value != ddi_term_result(s->terms, caller->action))
      know(way, GAVE, caller->action, value);
    if (sign && !narrow_signs(s, way, value, sign->signs))
      return;
  }
  read_outputs(&site, way);
  bring_outputs(&p, &site, there, way);
  push_item(s, caller->summary, caller->block, behind_effects(&site), way);
}

/* Of what a way is not about nothing is known anyway. */
static void forget(struct way *way, const struct ddi_reach *reach) {
  const uint16_t others_free = way->state.thread.others_free;
  ddi_havoc(&way->state, reach);
  if (!way->focus)
    way->state.thread.others_free = others_free;
}

/* Behind a call that was not followed to its end. */
static void go_on_unknowing(struct solver *s, const struct caller *caller) {
  struct site site = site_of(s, caller);
  struct way *way = calloc(1, sizeof *way);
  if (!way) {
    s->has_failed = true;
    return;
  }
  unpack(caller->way, way);
  struct ddi_reach reach = info_of(s, site.at->name)->through;
  if (!is_by_type(s, site.at))
    reach = s->problem->functions[callee_named(s, site.function, site.at->name)].reach;
  forget(way, &reach);
  if (is_of_any_caller(&site))
    overflow(way);
  way->fact_count = 0;
  read_outputs(&site, way);
  push_item(s, caller->summary, caller->block, behind_effects(&site), way);
  free(way);
}

static unsigned signs_for_caller(struct passage *p, const struct way *way,
                                 uint32_t argument) {
  return argument < p->count ? signs_of(p->s, way, p->arguments[argument])
                             : ANY_SIGN;
}

/* What a callee demands its caller demands, unless it knows better. */
static void pass_demand(struct solver *s, const struct caller *caller,
                        const struct ddi_demand *demand) {
  struct site site = site_of(s, caller);
  if (is_by_type(s, site.at))
    return;
  struct way *way = &s->scratch[7];
  unpack(caller->way, way);
  const struct ddi_level *now = &way->state.thread.irql;
  if (changes_level(way) || now->low > demand->level.high ||
      now->high < demand->level.low)
    return;
  struct passage p;
  open_passage(&site, way, &p);
  struct ddi_demand passed = *demand;
  memset(passed.signs, ANY_SIGN, sizeof passed.signs);
  for (uint32_t i = 0; i < DDI_MAX_DEMAND_ARGUMENTS; i++) {
    unsigned signs = signs_for_caller(&p, way, i) & demand->signs[i];
    if (!signs)
      return;
    const struct ddi_value *argument = ddi_term_parts(
        s->terms, i < p.count ? p.arguments[i] : 0);
    if (argument->kind == DDI_VALUE_PARAMETER &&
        argument->number < DDI_MAX_DEMAND_ARGUMENTS)
      passed.signs[argument->number] &= (uint8_t)signs;
  }
  if (now->low > passed.level.low)
    passed.level.low = now->low;
  if (now->high < passed.level.high)
    passed.level.high = now->high;
  passed.trail = add_trail(s, s->summaries.at[caller->summary].function,
                           caller->action, demand->trail);
  add_demand(s, caller->summary, &passed);
}

static void tell_callers(struct solver *s, uint32_t summary,
                         const struct ddi_demand *demand) {
  const struct ddi_demand copy = *demand;
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    pass_demand(s, &caller, &copy);
  }
}

static bool is_followed(const struct ddi_function *function) {
  return function->body && function->body->block_count > 0;
}

/* Whether a call of the function can matter at the levels that the way may be at. */
static bool can_matter(const struct site *site,
                       const struct ddi_function *function,
                       const struct way *way) {
  if (is_of_any_caller(site))
    return function->reach.ops || function->reach.levels;
  const struct ddi_level *now = &way->state.thread.irql;
  uint32_t both = 1u << now->low | 1u << now->high;
  bool are_special_apcs_off =
      now->low >= DDI_APC_LEVEL || way->state.thread.guarded.low > 0;
  if (way->focus)
    return function->reach.ops;
  return function->reach.ops || (function->reach.levels & both) == both ||
         (function->reach.levels && are_special_apcs_off);
}

/* From the start of the summary on. */
static void start_about(struct solver *s, uint32_t summary,
                        const struct name *name) {
  struct name *known = find_name(s, summary, name);
  if (!known || known->has_started)
    return;
  known->has_started = true;
  const struct summary *of = &s->summaries.at[summary];
  struct way *way = &s->scratch[10];
  unpack(of->start, way);
  way->focus = name->term;
  way->kind = name->kind;
  if (!of->gave_up)
    arrive(s, summary, function_of(s, of)->body->entry, way);
}

/* The object has a name where the function is called, or is its own. */
static void pass_name(struct solver *s, uint32_t summary,
                      const struct name *name, const struct caller *caller) {
  struct site site = site_of(s, caller);
  struct way *way = &s->scratch[10], *into = &s->scratch[11];
  unpack(caller->way, way);
  if (way->focus)
    return;
  const bool was_dead = s->is_dead;
  struct passage p;
  open_passage(&site, way, &p);
  enter_state(&p, way, into);
  s->is_dead = was_dead;
  ddi_term above = up(&p, name->term);
  if (is_null(s, above))
    return;
  bool is_own = !above || rests_on(&site, above) ||
                ddi_term_is_far(s->terms, above);
  if (is_own)
    start_about(s, summary, name);
  else
    see(s, caller->summary, (struct name){above, name->kind, false});
}

static void pass_sight(struct solver *s, const struct sight *sight) {
  const struct summary *of = &s->summaries.at[sight->summary];
  if (of->entry < DDI_FOR_CALLERS || is_private(s, sight->name.term)) {
    start_about(s, sight->summary, &sight->name);
    return;
  }
  for (uint32_t i = 0; i < s->summaries.at[sight->summary].callers.count; i++) {
    struct caller caller = s->summaries.at[sight->summary].callers.at[i];
    pass_name(s, sight->summary, &sight->name, &caller);
  }
}

/* False if the call is not looked into. */
static bool enter(const struct site *site, const struct way *way,
                  uint32_t callee) {
  struct solver *s = site->s;
  const struct ddi_function *function = &s->problem->functions[callee];
  if (!is_followed(function)) {
    if (function->body && can_matter(site, function, way))
      give_up(s, site->summary, "a call of a function that has no control flow",
              site->action);
    return false;
  }
  if (!can_matter(site, function, way))
    return false;
  struct passage p;
  open_passage(site, way, &p);
  struct way *start = &s->scratch[2];
  if (is_of_any_caller(site))
    enter_unknowing(start, ITS_CHANGES);
  else
    enter_state(&p, way, start);
  const struct ddi_flow *flow = flow_for(s, callee, start);
  if (!flow)
    return false;
  enter_facts(&p, flow, way, start,
              s->summary_counts[callee]);
  const struct packed *at_call = pack(s, way);
  uint32_t kind = is_of_any_caller(site) ? DDI_FOR_CALLERS : DDI_NONE;
  uint32_t index = add_summary(s, callee, kind, start);
  struct caller caller = {site->summary, site->block, site->action, at_call};
  if (index == DDI_NONE && at_call) {
    if (is_of_unit_of(function, site->function))
      give_up(s, site->summary, "too many ways to enter a function",
              site->action);
    else
      go_on_unknowing(s, &caller);
  }
  if (index == DDI_NONE || !at_call)
    return true;
  struct callee link = {index, site->action};
  PUSH(s, s->summaries.at[site->summary].callees, link);
  struct summary *of = &s->summaries.at[index];
  for (uint32_t i = 0; i < of->callers.count; i++)
    if (of->callers.at[i].summary == caller.summary &&
        of->callers.at[i].action == caller.action &&
        of->callers.at[i].way == at_call)
      return true;
  PUSH(s, of->callers, caller);
  if (of->lets_apcs_in)
    note_apcs_at(s, &caller);
  for (uint32_t i = 0; i < s->summaries.at[index].names.count; i++) {
    struct name name = s->summaries.at[index].names.at[i];
    pass_name(s, index, &name, &caller);
  }
  of = &s->summaries.at[index];
  if (of->gave_up)
    go_on_unknowing(s, &caller);
  for (uint32_t i = 0; i < s->summaries.at[index].exits.count; i++)
    come_back(s, &caller, s->summaries.at[index].exits.at[i]);
  for (uint32_t i = 0; i < s->summaries.at[index].demands.count; i++) {
    struct ddi_demand demand = s->summaries.at[index].demands.at[i];
    pass_demand(s, &caller, &demand);
  }
  return true;
}

/* Memory that somebody else has got hold of. */
static void give_away(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < site->at->count; i++) {
    ddi_term term = evaluate(site->s, site->body, way,
                             site->body->arguments[site->at->first + i]);
    struct ddi_id memory = storage_of(site->s, term);
    if (memory.path)
      ddi_escape(&way->state, memory.path);
  }
}

/* What a routine of the system may have written lies where its arguments point. */
static void forget_pointees(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  for (uint32_t i = 0; i < site->at->count; i++) {
    ddi_term term = evaluate(s, site->body, way,
                             site->body->arguments[site->at->first + i]);
    int64_t number;
    if (!term || ddi_term_is_number(s->terms, term, &number))
      continue;
    for (uint32_t f = 0; f < way->fact_count;) {
      const struct fact *fact = &way->facts[f];
      bool is_of_memory =
          fact->kind == HOLDS ||
          (fact->kind == SIGN && ddi_term_is_loaded(s->terms, fact->subject));
      if (is_of_memory && ddi_term_contains(s->terms, fact->subject, term))
        drop_fact(way, f);
      else
        f++;
    }
  }
}

/* What annotations say counts as it does for the analyzer: where it does not look
   into the function.  Which locks are free they do not say. */
static void forget_annotated(struct way *way, const struct ddi_reach *reach) {
  const struct ddi_thread before = way->state.thread;
  forget(way, reach);
  const uint16_t free = way->state.thread.others_free;
  const uint16_t doubtful = way->state.thread.others_doubtful;
  way->state.thread = before;
  way->state.thread.others_free = free;
  way->state.thread.others_doubtful = doubtful;
}

static bool is_looked_into(const struct site *site, uint32_t callee) {
  const struct ddi_function *function = &site->s->problem->functions[callee];
  return is_of_unit_of(function, site->function) && !function->is_large;
}

static void call_function(const struct site *site, struct way *way,
                          uint32_t callee) {
  bool is_annotated = callee != DDI_NONE && site->at->flags & DDI_HAS_EFFECTS &&
                      !is_looked_into(site, callee);
  bool is_entered =
      callee != DDI_NONE && !is_annotated && enter(site, way, callee);
  if (is_entered)
    return;
  if (is_annotated)
    forget_annotated(way, &site->s->reaches[callee]);
  if (callee == DDI_NONE || !site->s->problem->functions[callee].body)
    forget_pointees(site, way);
  else
    forget_written(site->s, way, site->s->written[callee]);
  if (!(site->at->flags & DDI_IS_SYSTEM) && !is_entered)
    give_away(site, way);
  go_on(site, way);
}

/* What each of them changes for its callers is known before anything else: then the
   call does at most that, and is no way into them. */
static void call_by_type(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  const struct ddi_reach *reach = &info_of(s, site->at->name)->through;
  if (!is_of_any_caller(site)) {
    forget(way, reach);
    return;
  }
  for (uint32_t i = 0; i < s->problem->count; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (function->signature != site->at->name || !site->at->name)
      continue;
    if (is_followed(function))
      enter(site, way, i);
    else if (function->reach.ops)
      overflow(way);
  }
}

static void call_through_pointer(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  uint32_t of_base =
      callee_named(s, site->function, site->at->name); /* a virtual method */
  if (of_base != DDI_NONE)
    enter(site, way, of_base);
  else
    call_by_type(site, way);
  /* It may mean nothing given. */
  forget_pointees(site, way);
  give_away(site, way);
  go_on(site, way);
}

/* ---- One action ------------------------------------------------------------------- */

/* Whether the way goes on behind the action by itself. */
static bool call(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  forget_gift(site, way);
  if (site->at->flags & DDI_IS_INDIRECT) {
    call_through_pointer(site, way);
    return false;
  }
  const struct name_info *called = info_of(s, site->at->name);
  judge_call(site, way, called);
  const struct ddi_routine *row = called->row;
  if (row && site->at->count < ddi_routine_arity(row))
    row = NULL;
  if (row && (row->raises || row->stops))
    return false;
  if (row && row->observed) {
    struct ddi_event event = event_of(site, way, row, &row->effects[0]);
    happen(site, way, &event);
    row = NULL;
  }
  if (row && row->query)
    ask(site, way, row);
  else if (row && row->effects[0].op)
    call_routine(site, way, row);
  else
    call_function(site, way,
                  row ? DDI_NONE
                      : callee_named(s, site->function, site->at->name));
  return false;
}

static void set_variable(const struct site *site, struct way *way) {
  ddi_term value = evaluate(site->s, site->body, way, site->at->value);
  bool is_far = value && ddi_term_is_far(site->s->terms, value);
  if (!value || is_far) {
    forget_gift(site, way);
    value = ddi_term_output(site->s->terms, site->action, 0);
  }
  know(way, IS, site->at->variable, value);
}

static void store(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  ddi_term address = evaluate(s, site->body, way, site->at->address);
  ddi_term value = evaluate(s, site->body, way, site->at->value);
  const struct ddi_value *parts = ddi_term_parts(s->terms, address);
  if (parts->kind == DDI_VALUE_MEMBER)
    forget_written(s, way, hash_of_name(parts->name));
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_of_memory =
        fact->kind == HOLDS ||
        (fact->kind == SIGN && ddi_term_is_loaded(s->terms, fact->subject));
    bool is_gone = address && is_of_memory &&
                   ddi_term_contains(s->terms, fact->subject, address);
    if (is_gone)
      drop_fact(way, i);
    else
      i++;
  }
  if (!value) {
    forget_gift(site, way);
    value = ddi_term_output(s->terms, site->action, 0);
  }
  if (address)
    know(way, HOLDS, address, value);
}

static void declare(const struct site *site, struct way *way) {
  struct ddi_value local = {.kind = DDI_VALUE_LOCAL,
                            .number = site->at->variable};
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_ALLOCATE;
  event.kind = DDI_STORAGE;
  event.object = storage_of(site->s, ddi_term_make(site->s->terms, &local));
  judge(site, way, &event);
}

/* What an annotation says, as the engine does it. */
static void annotated(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  const struct ddi_action *at = site->at;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = at->op;
  event.mode = at->mode;
  event.facts = s->problem->driver;
  ddi_term address = evaluate(s, site->body, way, at->address);
  ddi_term value = evaluate(s, site->body, way, at->value);
  if (at->op & (DDI_RAISE | DDI_LOWER)) {
    event.keeper = id_of(s, address).path;
    event.value = is_a_number(site, value) ? 0 : value;
    event.level = ddi_level_between(
        at->irql_min == DDI_NO_BOUND ? DDI_PASSIVE_LEVEL : at->irql_min,
        at->irql_max == DDI_NO_BOUND ? DDI_HIGH_LEVEL : at->irql_max);
    event.level.cause = 1;
  } else if (at->object_kind) {
    event.kind = at->object_kind;
    event.object = id_of(s, address);
    event.storage = storage_of(s, address);
    event.kind = kind_of_lock(way, event.object.path, at->object_kind);
  }
  struct way *without = &s->scratch[1];
  if (at->flags & DDI_IS_MAYBE) {
    copy_way(without, way);
    push_item(s, site->summary, site->block, site->action + 1, without);
  }
  if (!event.kind || event.object.path) /* else the analyzer has no name either */
    happen(site, way, &event);
}

/* False: the way goes on elsewhere, or not at all. */
static bool act(const struct site *site, struct way *way) {
  switch (site->at->kind) {
  case DDI_DO_CALL:
    return call(site, way);
  case DDI_DO_SET:
    set_variable(site, way);
    return true;
  case DDI_DO_STORE:
    store(site, way);
    return true;
  case DDI_DO_RETURN: {
    ddi_term value = evaluate(site->s, site->body, way, site->at->value);
    know(way, RETURNS, 0, value);
    return true;
  }
  case DDI_DO_DECLARE:
    declare(site, way);
    return true;
  case DDI_DO_EVENT:
    annotated(site, way);
    return true;
  }
  return true;
}

/* ---- The end of a function ---------------------------------------------------------- */

static void end_locals(const struct site *site, struct way *way) {
  for (uint32_t i = 0; i < way->state.count; i++) {
    const struct ddi_object *object = &way->state.objects[i];
    bool is_local = object->kind != DDI_STORAGE && object->storage.path &&
                    ddi_term_parts(site->s->terms, (ddi_term)object->storage.path)
                            ->kind == DDI_VALUE_LOCAL;
    if (!is_local)
      continue;
    struct ddi_event event;
    memset(&event, 0, sizeof event);
    event.op = DDI_SCOPE_END;
    event.kind = DDI_STORAGE;
    event.object = object->storage;
    judge(site, way, &event);
  }
}

static void judge_exit(const struct site *site, const struct ddi_state *state) {
  struct way *copy = &site->s->scratch[1];
  copy->fact_count = copy->change_count = copy->asks_owner = copy->focus = copy->kind = 0;
  copy->state = *state;
  struct ddi_event event;
  memset(&event, 0, sizeof event);
  event.op = DDI_EXIT;
  event.facts = site->s->problem->driver;
  judge(site, copy, &event);
}

static bool keeps_something(const struct ddi_state *state) {
  const struct ddi_thread *thread = &state->thread;
  bool keeps = thread->critical.net || thread->guarded.net ||
               thread->saved_count > 0;
  for (uint32_t i = 0; i < state->count; i++)
    keeps |= state->objects[i].count > 0;
  return keeps;
}

/* Where annotations say that something changes the engine knows what. */
static void judge_promises(const struct site *site,
                           const struct ddi_state *state) {
  struct solver *s = site->s;
  if (site->function->promises_change) {
    if (keeps_something(state))
      say_broken(s, site->summary, NULL, "it keeps something", DDI_NONE);
    return;
  }
  for (int declares_same = 0; declares_same <= 1; declares_same++) {
    struct way *copy = &s->scratch[1];
    copy->fact_count = copy->change_count = copy->asks_owner = copy->focus = copy->kind = 0;
    copy->state = *state;
    copy->state.thread.critical.net_unknown = 1;
    struct ddi_event event;
    memset(&event, 0, sizeof event);
    event.op = DDI_KEEP_CONTRACT;
    event.bound = ddi_any_level();
    event.facts = s->problem->driver | (declares_same ? DDI_DECLARES_SAME : 0);
    judge(site, copy, &event);
  }
}

static void leave_entry(const struct site *site, struct way *way) {
  struct solver *s = site->s;
  const struct summary *of = &s->summaries.at[site->summary];
  const struct ddi_function *function = site->function;
  const struct ddi_entry *entry = &function->entries[of->entry];
  if (function->has_promises)
    judge_promises(site, &way->state);
  if (entry->is_judged_at_exit) {
    judge_exit(site, &way->state);
  } else if (entry->keeps_level) {
    struct ddi_state *judged = &s->scratch[2].state;
    *judged = way->state;
    judged->thread.critical.net_unknown = judged->thread.guarded.net_unknown = 1;
    for (uint32_t i = 0; i < judged->count; i++)
      judged->objects[i].count = 0;
    judge_exit(site, judged);
  }
}

/* Of other numbers than a truth the sign is enough. */
static void return_sign(struct solver *s, struct way *way) {
  const struct fact *result = find_fact(way, RETURNS, 0);
  int64_t number;
  if (!result || !ddi_term_is_number(s->terms, result->value, &number) ||
      number == 0 || number == 1)
    return;
  ddi_term some = ddi_term_output(s->terms, DDI_NONE, 0);
  know(way, RETURNS, 0, some);
  put_fact(way, (struct fact){.kind = SIGN,
                              .subject = some,
                              .signs = sign_of_number(number)});
}

/* What a caller does not see goes. */
static void keep_outcome(struct solver *s, struct way *way) {
  return_sign(s, way);
  const struct fact *result = find_fact(way, RETURNS, 0);
  ddi_term returned = result ? result->value : 0;
  for (uint32_t i = 0; i < way->fact_count;) {
    const struct fact *fact = &way->facts[i];
    bool is_seen = fact->kind == RETURNS || is_output(s, fact) ||
                   (fact->kind == SIGN && returned && fact->subject == returned);
    if (is_seen)
      i++;
    else
      drop_fact(way, i);
  }
}

static void add_exit(struct solver *s, uint32_t summary, struct way *way) {
  struct summary *of = &s->summaries.at[summary];
  bool is_compared = of->entry >= DDI_ALONE ||
                     !function_of(s, of)->entries[of->entry].context.known;
  if (!is_compared)
    return;
  keep_outcome(s, way);
  const struct packed *packed = pack(s, way);
  for (uint32_t i = 0; i < of->exits.count; i++)
    if (of->exits.at[i] == packed)
      return;
  if (of->exits.count == MAX_WAYS_OUT * (of->names.count + 1)) {
    give_up(s, summary, "too many ways out", DDI_NONE);
    return;
  }
  PUSH(s, of->exits, packed);
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    come_back(s, &caller, packed);
  }
}

static void finish(struct solver *s, uint32_t summary, struct way *way) {
  const struct summary *of = &s->summaries.at[summary];
  const struct ddi_function *function = function_of(s, of);
  struct site site = {s,        summary,        function->body->exit, DDI_NONE,
                      function, function->body, NULL};
  end_locals(&site, way);
  if (of->entry < DDI_ALONE)
    leave_entry(&site, way);
  add_exit(s, summary, way);
}

/* ---- Blocks --------------------------------------------------------------------------- */

static void follow_edges(struct solver *s, uint32_t summary, uint32_t block,
                         const struct way *way) {
  const struct ddi_flow *flow =
      flow_for(s, s->summaries.at[summary].function, way);
  if (!flow)
    return;
  const struct ddi_body *body = flow->body;
  const struct ddi_block *b = &body->blocks[block];
  bool branches = ddi_flow_branches(flow, block);
  struct way *next = &s->scratch[1];
  for (uint32_t i = 0; i < b->edges; i++) {
    const struct ddi_edge *edge = &body->edges[b->first_edge + i];
    uint32_t to = flow->target[edge->to];
    if (to == DDI_DEAD_END)
      continue;
    copy_way(next, way);
    ddi_term test = branches && edge->test != DDI_NONE
                        ? evaluate(s, body, next, edge->test)
                        : 0;
    if (s->is_dead || !refine(s, next, test, !edge->is_else))
      continue;
    arrive(s, summary, to, next);
    if (!branches)
      return;
  }
}

/* Pageable code goes on behind a call. */
static void go_on_paged(const struct site *site, struct way *way) {
  if (site->function->is_paged &&
      way->state.thread.irql.low > DDI_APC_LEVEL)
    run_paged(site, way, true);
}

static void run(struct solver *s, const struct item *item) {
  const struct summary *of = &s->summaries.at[item->summary];
  if (of->gave_up)
    return;
  const struct ddi_function *function = function_of(s, of);
  const struct ddi_block *block = &function->body->blocks[item->block];
  uint32_t end = block->first_action + block->actions;
  struct way *way = &s->scratch[0];
  unpack(item->way, way);
  const struct ddi_flow *flow = flow_for(s, of->function, way);
  if (!flow)
    return;
  if (item->action > block->first_action &&
      function->body->actions[item->action - 1].kind == DDI_DO_CALL) {
    struct site behind = {s,        item->summary,  item->block,
                          item->action - 1,
                          function, function->body,
                          &function->body->actions[item->action - 1]};
    go_on_paged(&behind, way);
  }
  for (uint32_t i = item->action; i < end; i++) {
    if (!flow->action_matters[i])
      continue;
    struct site site = {s,        item->summary,  item->block, i,
                        function, function->body, &function->body->actions[i]};
    s->is_dead = false;
    if (!act(&site, way) || s->is_dead)
      return;
  }
  s->is_dead = false;
  if (item->block == function->body->exit)
    finish(s, item->summary, way);
  else
    follow_edges(s, item->summary, item->block, way);
}

/* ---- What is relevant -------------------------------------------------------------------- */

static void touch(struct solver *s, const struct ddi_body *body, uint32_t value,
                  struct touch *into, int depth);
static void touch_by_call(struct solver *s, const struct ddi_body *body,
                          const struct ddi_action *call, struct touch *into);

struct relevance {
  struct solver *s;
  const struct ddi_function *function;
  const struct view *view;
};

static bool is_bounded(struct ddi_level bound) {
  return bound.low > DDI_PASSIVE_LEVEL || bound.high < DDI_HIGH_LEVEL;
}

static bool call_matters(struct solver *s, const struct ddi_action *call) {
  if (s->problem->driver || call->flags & DDI_HAS_EFFECTS ||
      call->irql_min != DDI_NO_BOUND || call->irql_max != DDI_NO_BOUND)
    return true;
  if (call->flags & DDI_IS_INDIRECT) {
    const struct ddi_reach *reach = &info_of(s, call->name)->through;
    return reach->ops || reach->levels;
  }
  const struct name_info *called = info_of(s, call->name);
  const struct ddi_published *of_macro = info_of(s, call->written)->published;
  const struct ddi_published *rows[] = {called->published, of_macro};
  for (int i = 0; i < 2; i++)
    if (rows[i] && (rows[i]->special_apcs || rows[i]->rules ||
                    is_bounded(ddi_published_bound(rows[i], false))))
      return true;
  if (called->row)
    return true;
  if (called->function == DDI_NONE)
    return false;
  const struct ddi_function *function =
      &s->problem->functions[called->function];
  return function->reach.ops || function->reach.levels ||
         function->may_be_paged;
}

static bool matters(void *context, uint32_t action) {
  struct relevance *r = context;
  const struct ddi_action *at = &r->function->body->actions[action];
  switch (at->kind) {
  case DDI_DO_CALL:
    return call_matters(r->s, at);
  case DDI_DO_RETURN:
    return r->function->reach.ops && at->value != DDI_NONE;
  case DDI_DO_DECLARE:
  case DDI_DO_EVENT:
    return true;
  default:
    return false;
  }
}

static bool is_viewed(const struct view *view, const struct touch *touched) {
  return (touched->names & view->names) ||
         (touched->parameters && view->by_parameter);
}

static uint32_t ops_of_call(struct solver *s, const struct ddi_action *call) {
  if (call->flags & DDI_IS_INDIRECT)
    return info_of(s, call->name)->through.ops;
  const struct name_info *called = info_of(s, call->name);
  if (called->row)
    return ddi_routine_reach(called->row, NULL).ops;
  return called->function == DDI_NONE
             ? 0
             : s->problem->functions[called->function].reach.ops;
}

static bool returns(struct solver *s, const struct ddi_action *call) {
  const struct name_info *called = info_of(s, call->name);
  if (call->flags & DDI_IS_INDIRECT)
    return true;
  if (called->row)
    return !called->row->raises && !called->row->stops;
  return called->function == DDI_NONE || s->returns[called->function];
}

/* What a way about an object, or about nothing, has to look at. */
static bool matters_in_view(void *context, uint32_t action) {
  struct relevance *r = context;
  const struct ddi_body *body = r->function->body;
  const struct ddi_action *at = &body->actions[action];
  const uint32_t of_regions = DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL |
                              DDI_ENTER_GUARDED | DDI_LEAVE_GUARDED;
  struct touch touched = {0, 0};
  if (!matters(context, action))
    return false;
  if (at->kind == DDI_DO_EVENT) {
    if (at->address != DDI_NONE)
      touch(r->s, body, at->address, &touched, 0);
    return is_viewed(r->view, &touched) ||
           (r->view->has_regions && (at->op & of_regions));
  }
  if (at->kind != DDI_DO_CALL)
    return true;
  touch_by_call(r->s, body, at, &touched);
  return is_viewed(r->view, &touched) || !returns(r->s, at) ||
         (r->view->has_regions && (ops_of_call(r->s, at) & of_regions));
}

static struct view key_of_view(struct solver *s, const struct way *way) {
  struct view key = {.has_all = !way->focus || way->focus == ITS_CHANGES,
                     .has_regions = true};
  if (key.has_all || way->focus == NOTHING)
    return key;
  ddi_term storage = ddi_term_storage(s->terms, way->focus);
  uint64_t own = hash_of_object(s, way->focus);
  uint64_t around = hash_of_object(s, storage);
  key.names = own ? own | around : ~UINT64_C(0);
  key.by_parameter = !own || !around;
  key.has_regions = s->kinds_with_region >> way->kind & 1;
  key.has_all = (s->kinds_with_level >> way->kind & 1) ||
                ddi_term_parts(s->terms, storage)->kind == DDI_VALUE_LOCAL;
  return key;
}

static const struct ddi_flow *flow_for(struct solver *s, uint32_t function,
                                       const struct way *way) {
  struct view key = key_of_view(s, way);
  for (struct view *view = s->views[function]; view; view = view->next)
    if (view->names == key.names && view->by_parameter == key.by_parameter &&
        view->has_regions == key.has_regions && view->has_all == key.has_all)
      return view->flow;
  struct relevance context = {s, &s->problem->functions[function], &key};
  struct view *view = malloc(sizeof *view);
  if (view) {
    *view = key;
    view->flow = ddi_flow_new(context.function->body,
                              key.has_all ? matters : matters_in_view, &context);
    view->next = s->views[function];
    s->views[function] = view;
  }
  s->has_failed |= !view || !view->flow;
  return view ? view->flow : NULL;
}

/* Whether some path through the function comes to its end. */
static bool comes_to_end(struct solver *s, const struct ddi_body *body) {
  uint32_t *queue = calloc(body->block_count * 2u + 1u, sizeof *queue);
  if (!queue)
    return true;
  uint32_t *seen = queue + body->block_count, count = 1;
  queue[0] = body->entry;
  seen[body->entry] = 1;
  for (uint32_t i = 0; i < count; i++) {
    const struct ddi_block *block = &body->blocks[queue[i]];
    bool ends = false;
    for (uint32_t a = 0; a < block->actions; a++) {
      const struct ddi_action *at = &body->actions[block->first_action + a];
      ends |= at->kind == DDI_DO_CALL && !returns(s, at);
    }
    for (uint32_t e = 0; !ends && e < block->edges; e++) {
      uint32_t to = body->edges[block->first_edge + e].to;
      if (!seen[to])
        queue[count++] = to;
      seen[to] = 1;
    }
  }
  bool is_reached = seen[body->exit];
  free(queue);
  return is_reached;
}

static void find_returning(struct solver *s) {
  memset(s->returns, true, s->problem->count);
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < s->problem->count; f++) {
      if (!s->returns[f] || !is_followed(&s->problem->functions[f]))
        continue;
      s->returns[f] = comes_to_end(s, s->problem->functions[f].body);
      has_changed |= !s->returns[f];
    }
  }
}

/* The members that each function may write, by itself or through others. */
static void find_written(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < problem->count; f++) {
      const struct ddi_body *body = problem->functions[f].body;
      uint64_t written = s->written[f];
      for (uint32_t i = 0; body && i < body->action_count; i++) {
        const struct ddi_action *at = &body->actions[i];
        const struct ddi_value *to =
            at->kind == DDI_DO_STORE ? &body->values[at->address] : NULL;
        if (to && to->kind == DDI_VALUE_MEMBER)
          written |= hash_of_name(to->name);
        if (at->kind != DDI_DO_CALL || at->flags & DDI_IS_INDIRECT)
          continue;
        uint32_t callee = info_of(s, at->name)->function;
        if (callee != DDI_NONE)
          written |= s->written[callee];
      }
      has_changed |= written != s->written[f];
      s->written[f] = written;
    }
  }
}

/* Whether a call may have written to the variable. */
static bool is_given_away(const struct ddi_body *body, int64_t variable) {
  for (uint32_t i = 0; i < body->argument_count; i++) {
    const struct ddi_value *value = &body->values[body->arguments[i]];
    if (value->kind == DDI_VALUE_LOCAL && value->number == variable)
      return true;
  }
  return false;
}

/* By its name, or as a parameter; all if that cannot be told. */
static void touch(struct solver *s, const struct ddi_body *body, uint32_t value,
                  struct touch *into, int depth) {
  const struct ddi_value *v = &body->values[value];
  switch (depth > 8 ? DDI_VALUE_UNKNOWN : v->kind) {
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_GLOBAL:
    into->names |= hash_of_name(v->name);
    return;
  case DDI_VALUE_LOAD:
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_TAGGED:
    touch(s, body, v->base, into, depth + 1);
    return;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_NUMBER:
    return;
  case DDI_VALUE_PARAMETER:
    if (v->number < 32)
      into->parameters |= 1u << v->number;
    else
      into->names = ~UINT64_C(0);
    return;
  case DDI_VALUE_VARIABLE:
    if (is_given_away(body, v->number))
      into->names = ~UINT64_C(0);
    for (uint32_t i = 0; i < body->action_count; i++)
      if (body->actions[i].kind == DDI_DO_SET &&
          body->actions[i].variable == v->number &&
          body->actions[i].value != value)
        touch(s, body, body->actions[i].value, into, depth + 1);
    return;
  default:
    into->names = ~UINT64_C(0);
  }
}

static void touch_by_call(struct solver *s, const struct ddi_body *body,
                          const struct ddi_action *call, struct touch *into) {
  if (call->flags & DDI_IS_INDIRECT) {
    if (call_matters(s, call))
      into->names = ~UINT64_C(0);
    return;
  }
  const struct name_info *called = info_of(s, call->name);
  for (int i = 0; called->row && i < DDI_MAX_EFFECTS; i++) {
    uint32_t index = (uint32_t)called->row->effects[i].object - 1;
    if (called->row->effects[i].object && index < call->count)
      touch(s, body, body->arguments[call->first + index], into, 0);
  }
  if (called->row || called->function == DDI_NONE)
    return;
  const struct touch *of = &s->touched[called->function];
  into->names |= of->names;
  for (uint32_t i = 0; i < 32; i++) {
    if (!(of->parameters >> i & 1))
      continue;
    if (i < call->count)
      touch(s, body, body->arguments[call->first + i], into, 0);
    else
      into->names = ~UINT64_C(0);
  }
}

static void find_touched(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t f = 0; f < problem->count; f++) {
      const struct ddi_body *body = problem->functions[f].body;
      struct touch now = s->touched[f];
      for (uint32_t i = 0; body && i < body->action_count; i++) {
        const struct ddi_action *at = &body->actions[i];
        if (at->kind == DDI_DO_CALL)
          touch_by_call(s, body, at, &now);
        else if (at->kind == DDI_DO_EVENT && at->address != DDI_NONE)
          touch(s, body, at->address, &now, 0);
      }
      has_changed |= now.names != s->touched[f].names ||
                     now.parameters != s->touched[f].parameters;
      s->touched[f] = now;
    }
  }
}

/* ---- From the entries on ----------------------------------------------------------------- */

static void start_entry(struct solver *s, uint32_t index, uint32_t entry) {
  const struct ddi_function *function = &s->problem->functions[index];
  struct way *way = &s->scratch[0];
  way->fact_count = way->change_count = way->asks_owner = 0;
  memset(way->trails, 0, sizeof way->trails);
  ddi_enter_function(&way->state, &function->entries[entry].context);
  way->focus = way->kind = 0;
  uint32_t summary = add_summary(s, index, entry, way);
  if (summary == DDI_NONE)
    return;
  if (!function->entries[entry].is_role || !function->may_be_paged)
    return;
  struct site site = {s,        summary,        function->body->entry, DDI_NONE,
                      function, function->body, NULL};
  copy_way(&s->scratch[1], way);
  run_paged(&site, &s->scratch[1], false);
}

static void run_all(struct solver *s) {
  while ((s->work.count || s->sights.count) && !s->has_failed) {
    if (s->sights.count) {
      struct sight sight = s->sights.at[--s->sights.count];
      pass_sight(s, &sight);
      continue;
    }
    struct item item = s->work.at[--s->work.count];
    run(s, &item);
  }
}

/* Entered by who knows whom. */
static uint32_t start_unknowing(struct solver *s, uint32_t index, uint32_t entry,
                                ddi_term focus) {
  struct way *way = &s->scratch[0];
  enter_unknowing(way, focus);
  return add_summary(s, index, entry, way);
}

/* What the function changes, and what it demands. */
static void start_for_callers(struct solver *s, uint32_t index) {
  uint32_t summary =
      start_unknowing(s, index, DDI_FOR_CALLERS, ITS_CHANGES);
  if (summary != DDI_NONE)
    s->summaries.at[summary].is_asked = true;
  s->asked[index] = summary;
}

/* What a call may do that may be one of the function. */
static struct ddi_reach reach_for_callers(struct solver *s, uint32_t function) {
  const struct ddi_function *of = &s->problem->functions[function];
  const struct summary *known =
      s->asked[function] == DDI_NONE ? NULL : &s->summaries.at[s->asked[function]];
  if (!known || known->gave_up)
    return of->reach;
  struct ddi_reach reach = {0};
  struct way *way = &s->scratch[0];
  for (uint32_t i = 0; i < known->exits.count; i++) {
    unpack(known->exits.at[i], way);
    if (has_overflown(way))
      return of->reach;
    for (uint32_t c = 0; c < way->change_count; c++) {
      reach.ops |= way->changes[c].op;
      reach.kinds |= 1u << way->changes[c].kind;
    }
  }
  return reach;
}

/* For calls of each function, and for those by a pointer of its type. */
static void find_reaches(struct solver *s) {
  for (uint32_t i = 0; i < s->name_count; i++)
    s->infos[i].through = (struct ddi_reach){0};
  for (uint32_t i = 0; i < s->problem->count; i++) {
    const struct ddi_reach one = s->reaches[i] = reach_for_callers(s, i);
    ddi_name type = s->problem->functions[i].signature;
    if (!type || type >= s->name_count)
      continue;
    struct ddi_reach *all = &s->infos[type].through;
    all->ops |= one.ops;
    all->kinds |= one.kinds;
    all->levels |= one.levels;
  }
}

static void free_views(struct solver *s) {
  for (uint32_t i = 0; s->views && i < s->problem->count; i++) {
    for (struct view *view = s->views[i], *next; view; view = next) {
      next = view->next;
      ddi_flow_free(view->flow);
      free(view);
    }
    s->views[i] = NULL;
  }
}

/* First what each function changes, whoever calls it: calls by pointers do that. */
static void solve_all(struct solver *s) {
  for (uint32_t i = 0; i < s->problem->count && !s->has_failed; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (!is_followed(function) || !function->is_summarized)
      continue;
    start_for_callers(s, i);
    run_all(s);
  }
  find_reaches(s);
  memset(s->touched, 0, s->problem->count * sizeof *s->touched);
  find_touched(s);
  free_views(s); /* they had more calls */
  for (uint32_t i = 0; i < s->problem->count && !s->has_failed; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    if (!is_followed(function))
      continue;
    for (uint32_t e = 0; e < function->entry_count; e++) {
      start_entry(s, i, e);
      run_all(s);
    }
    if (!function->is_summarized)
      continue;
    s->alone[i] = start_unknowing(s, i, DDI_ALONE, 0);
    run_all(s);
  }
}

/* Ways out of one kind of result that keep different things. */
static unsigned result_of(struct solver *s, const struct way *way) {
  const struct fact *result = find_fact(way, RETURNS, 0);
  return result ? signs_of(s, way, result->value) : ANY_SIGN;
}

static bool gave_back(const struct ddi_state *state,
                      const struct ddi_object *held) {
  for (uint32_t i = 0; i < state->count; i++)
    if (state->objects[i].kind == held->kind &&
        state->objects[i].id.path == held->id.path)
      return state->objects[i].hold == DDI_HOLD_FREE;
  return state->thread.others_free >> held->kind & 1;
}

static bool differ(const struct ddi_state *keeps,
                   const struct ddi_state *other) {
  const struct ddi_thread *a = &keeps->thread, *b = &other->thread;
  if ((a->critical.net > 0 && b->critical.net == 0) ||
      (a->guarded.net > 0 && b->guarded.net == 0) ||
      (a->saved_count > 0 && b->saved_count == 0))
    return true;
  for (uint32_t i = 0; i < keeps->count; i++)
    if (keeps->objects[i].count > 0 && gave_back(other, &keeps->objects[i]))
      return true;
  return false;
}

static void compare_exits(struct solver *s, uint32_t summary) {
  struct summary *of = &s->summaries.at[summary];
  bool is_unknown =
      of->entry < DDI_ALONE
          ? !function_of(s, of)->entries[of->entry].context.known
          : of->entry == DDI_ALONE && function_of(s, of)->is_judged_alone;
  if (!is_unknown)
    return;
  struct way *a = &s->scratch[0], *b = &s->scratch[1];
  for (uint32_t i = 0; i < of->exits.count; i++)
    for (uint32_t j = 0; j < of->exits.count; j++) {
      unpack(of->exits.at[i], a);
      unpack(of->exits.at[j], b);
      bool is_alike =
          a->focus == b->focus && (result_of(s, a) & result_of(s, b));
      if (is_alike && differ(&a->state, &b->state)) {
        say_broken(s, summary, NULL, "it returns in different ways", DDI_NONE);
        return;
      }
    }
}

/* ---- The answer ----------------------------------------------------------------------------- */

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

static bool copy_way_out(struct solver *s, const struct packed *from,
                         struct ddi_way_out *into) {
  struct way *way = &s->scratch[0];
  unpack(from, way);
  const struct fact *result = find_fact(way, RETURNS, 0);
  into->result = result ? result->value : 0;
  into->signs = signs_of(s, way, into->result);
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
  return true;
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

static struct ddi_solution *answer(struct solver *s) {
  struct ddi_solution *solution = calloc(1, sizeof *solution);
  struct chain *chains = malloc((s->summaries.count + 1u) * sizeof *chains);
  uint32_t *queue = malloc((s->summaries.count + 1u) * sizeof *queue);
  uint32_t room = 0;
  bool is_done = solution && chains && queue && !s->has_failed;
  for (uint32_t i = 0; i < s->summaries.count && is_done; i++)
    if (is_top(s, &s->summaries.at[i]))
      is_done = collect(solution, &room, s, i, chains, queue);
    else if (s->summaries.at[i].entry == DDI_ALONE)
      is_done = collect_alone(solution, &room, s, i, chains);
  free(chains);
  free(queue);
  is_done = is_done && summarize_all(solution, s);
  if (is_done) {
    solution->contexts = s->summaries.count;
    solution->states = s->steps;
    solution->trails = s->trails.at;
    solution->terms = s->terms;
    s->trails.at = NULL; /* given away */
    s->terms = NULL;
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
  for (size_t i = 0; i < solution->summary_count; i++) {
    free(solution->summaries[i].ways);
    free(solution->summaries[i].demands);
  }
  free(solution->summaries);
  free(solution->trails);
  ddi_terms_free(solution->terms);
  free(solution);
}

/* ---- Memory --------------------------------------------------------------------------------- */

static bool prepare(struct solver *s) {
  const struct ddi_problem *problem = s->problem;
  s->name_count = ddi_names_count(problem->names);
  s->slot_count = 1 << 12;
  s->key_slot_count = 1 << 10;
  s->meeting_room = 1 << 12;
  s->terms = ddi_terms_new();
  s->infos = calloc(s->name_count + 1u, sizeof *s->infos);
  s->views = calloc(problem->count + 1u, sizeof *s->views);
  s->returns = calloc(problem->count + 1u, sizeof *s->returns);
  s->written = calloc(problem->count + 1u, sizeof *s->written);
  s->touched = calloc(problem->count + 1u, sizeof *s->touched);
  s->reaches = calloc(problem->count + 1u, sizeof *s->reaches);
  s->summary_counts = calloc(problem->count + 1u, sizeof *s->summary_counts);
  s->step_counts = calloc(problem->count + 1u, sizeof *s->step_counts);
  s->same_name = malloc((problem->count + 1u) * sizeof *s->same_name);
  s->asked = malloc((problem->count + 1u) * sizeof *s->asked);
  s->alone = malloc((problem->count + 1u) * sizeof *s->alone);
  s->slots = calloc(s->slot_count, sizeof *s->slots);
  s->key_slots = malloc(s->key_slot_count * sizeof *s->key_slots);
  s->meetings = calloc(s->meeting_room, sizeof *s->meetings);
  s->scratch = calloc(12, sizeof *s->scratch);
  if (!s->terms || !s->infos || !s->views || !s->returns || !s->written ||
      !s->touched || !s->reaches ||
      !s->summary_counts || !s->slots || !s->key_slots || !s->meetings ||
      !s->scratch || !s->asked || !s->alone || !s->same_name ||
      !s->step_counts)
    return false;
  memset(s->asked, 0xff, (problem->count + 1u) * sizeof *s->asked);
  memset(s->alone, 0xff, (problem->count + 1u) * sizeof *s->alone);
  memset(s->key_slots, 0xff, s->key_slot_count * sizeof *s->key_slots);
  struct ddi_trail nowhere = {DDI_NONE, DDI_NONE, 0};
  PUSH(s, s->trails, nowhere);
  for (uint32_t i = 0; i < s->name_count; i++)
    s->infos[i].function = DDI_NONE;
  for (uint32_t i = 0; i < problem->count; i++)
    if (problem->functions[i].name < s->name_count) {
      uint32_t *first = &s->infos[problem->functions[i].name].function;
      s->same_name[i] = *first;
      *first = i;
    }
  find_reaches(s);
  find_kinds(s);
  find_written(s);
  find_touched(s);
  find_returning(s);
  return true;
}

static void clean_up(struct solver *s) {
  for (uint32_t i = 0; i < s->summaries.count; i++) {
    free(s->summaries.at[i].exits.at);
    free(s->summaries.at[i].callers.at);
    free(s->summaries.at[i].callees.at);
    free(s->summaries.at[i].broken.at);
    free(s->summaries.at[i].demands.at);
    free(s->summaries.at[i].names.at);
    free(s->summaries.at[i].ways);
  }
  free(s->summaries.at);
  free_views(s);
  for (uint32_t i = 0; s->slots && i < s->slot_count; i++)
    for (struct packed *p = s->slots[i], *next; p; p = next) {
      next = p->next;
      free(p);
    }
  ddi_terms_free(s->terms);
  free(s->infos);
  free(s->marks);
  free(s->values);
  free(s->views);
  free(s->returns);
  free(s->written);
  free(s->touched);
  free(s->reaches);
  free(s->summary_counts);
  free(s->asked);
  free(s->alone);
  free(s->same_name);
  free(s->step_counts);
  free(s->work.at);
  free(s->sights.at);
  free(s->trails.at);
  free(s->slots);
  free(s->key_slots);
  free(s->meetings);
  free(s->scratch);
}

struct ddi_solution *ddi_solve(const struct ddi_problem *problem) {
  struct solver s = {.problem = problem};
  struct ddi_solution *solution = NULL;
  if (prepare(&s)) {
    solve_all(&s);
    for (uint32_t i = 0; i < s.summaries.count; i++)
      compare_exits(&s, i);
    solution = answer(&s);
  }
  clean_up(&s);
  return solution;
}
