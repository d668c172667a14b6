/*
 * The solver from the inside: what its files share.
 *
 * Each file uses those above it, and none below:
 *
 *   solve_ways.c      ways of which equal ones are one
 *   solve_facts.c     what a way knows, and what values are with it
 *   solve_relevant.c  what of a function a way has to look at
 *   solve_merge.c     where a path goes on: forgetting, and ways that meet
 *   solve_events.c    what happens: judged, done, noted for callers
 *   solve_routines.c  calls of what the tables know
 *   solve_passage.c   between the words of a caller and those of its callee
 *   solve_calls.c     summaries of functions, into them and back
 *   solve_order.c     in which order locks are acquired
 *   solve_actions.c   actions, blocks, and the end of a function
 *   solve_handed.c    who hands on to whom what the system enters
 *   solve_rules.c     what a function may break at all
 *   solve_answer.c    candidates and summaries, as they are told
 *   solve.c           from the entries on; memory
 *
 * Some functions are called from above, because a path goes on where another one
 * stopped: ddi_go_on_unknowing() by solve_merge.c, ddi_tell_callers() and
 * ddi_note_acquisition() by solve_events.c, ddi_pass_acquisitions() by solve_calls.c.
 */
#ifndef DDI_SOLVE_INTERNAL_H
#define DDI_SOLVE_INTERNAL_H

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
  MANY_BEHIND_CALLS = 256,
  /* Then they are told apart by less. */
  MANY_SUMMARIES = 24,
  TOO_MANY_SUMMARIES = 128
};

struct way {
  uint32_t fact_count, change_count;
  uint32_t asks_owner; /* the current thread was compared with something */
  ddi_term focus; /* the object that the way is about; zero: the thread alone */
  uint32_t kind;  /* of the object */
  uint32_t guard; /* where an answer has told of the level, see solve_merge.c */
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
  LIST(struct ddi_acquisition) acquisitions;
  LIST(struct name) names;
  uint16_t *ways; /* by block */
  uint32_t steps, behind; /* calls */
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

/* An order, and whether there is another one that it is a deadlock with. */
struct found_order {
  struct ddi_found_order told;
  bool is_reversed;
};

/* Ways of one property state meet at a block: what they agree on goes on. */
struct meeting {
  uint32_t summary;
  uint32_t place; /* a block, or behind all blocks an action */
  const struct packed *state; /* without facts */
  const struct packed *way;
};

struct name_info {
  const struct ddi_wrapper *wrapper; /* whose row and page it has, or null */
  const struct ddi_routine *row;
  const struct ddi_published *published;
  uint32_t function; /* or DDI_NONE */
  struct ddi_reach through; /* a call by a pointer of the type of that name */
  ddi_kind_set others; /* objects that a call is judged by, or that it may release,
                          though it does not name them */
  bool is_known;
};

/* The objects that a function, or one that it calls, may do something with: a set
   of members and variables by their hashes, and of parameters that point to one. */
struct touch {
  uint64_t names;
  uint32_t parameters;
  ddi_kind_set others; /* objects of these kinds, whatever they are */
};

/* A function cut to what matters to ways about something. */
struct view {
  struct view *next;
  uint64_t names;       /* a set of what is touched, as in struct touch */
  bool by_parameter;    /* what parameters point to, too */
  ddi_kind_set kinds;
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
  uint64_t freed_twice;    /* what several calls of the driver free: a set of names */
  struct ddi_reach *reaches; /* by function: what it may change for its callers */
  uint32_t *summary_counts;
  uint32_t *step_counts; /* by function */
  uint32_t *same_name; /* by function: another of its name, or DDI_NONE */
  /* By function: its summary for callers, and that of it alone, or DDI_NONE. */
  uint32_t *asked, *alone;
  uint32_t *origins; /* by function: as in struct ddi_solution */
  LIST(struct summary) summaries;
  LIST(struct item) work;
  LIST(struct sight) sights;
  LIST(struct ddi_trail) trails; /* the first is none */
  LIST(struct found_order) orders;
  struct ddi_names *places; /* of locks */
  bool finds_orders;        /* a rule wants them */
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
  ddi_kind_set kinds_asked_free; /* ... whether what is not held was held before */
  uint32_t *marks, mark, mark_room; /* by term: seen in this round */
  ddi_term *values;                 /* by value, as of now */
  uint32_t value_room;
  bool is_dead;    /* the path goes through a null pointer */
  bool has_failed; /* no memory */
};

/* Makes room for one more behind the count.  False if there is no memory. */
static inline bool make_room(void **at, uint32_t count, uint32_t *room,
                             size_t size) {
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

/* The function that the summary is of. */
static inline const struct ddi_function *function_of(const struct solver *s,
                                                     const struct summary *of) {
  return &s->problem->functions[of->function];
}

/* ---- solve_ways.c ----------------------------------------------------------- */

/* The one packed way that is equal; null if there is no memory. */
const struct packed *ddi_pack_way(struct solver *s, const struct way *way);
/* The other way round: fills all of the way. */
void ddi_unpack_way(const struct packed *p, struct way *way);

/* The bytes of the facts, and of the changes, that there are. */
static inline size_t facts_size(const struct way *way) {
  return way->fact_count * sizeof *way->facts;
}

static inline size_t changes_size(const struct way *way) {
  return way->change_count * sizeof *way->changes;
}

/* Leaves the way its state, and what it is about. */
static inline void know_nothing(struct way *way) {
  way->fact_count = way->change_count = way->asks_owner = way->guard = 0;
}

/* Copies what the way has, and nothing behind it. */
static inline void copy_way(struct way *to, const struct way *from) {
  to->fact_count = from->fact_count;
  to->change_count = from->change_count;
  to->asks_owner = from->asks_owner;
  to->focus = from->focus;
  to->kind = from->kind;
  to->guard = from->guard;
  memcpy(to->facts, from->facts, facts_size(from));
  memcpy(to->changes, from->changes, changes_size(from));
  memcpy(to->trails, from->trails, sizeof to->trails);
  to->state = from->state;
}

static inline bool has_other_level(const struct ddi_level *a,
                                   const struct ddi_level *b) {
  return a->low != b->low || a->high != b->high;
}

/* ---- solve_facts.c ---------------------------------------------------------- */

/* Where the fact is, or would be. */
static inline uint32_t fact_at(const struct way *way, uint32_t kind,
                               uint32_t subject) {
  uint32_t i = 0;
  while (i < way->fact_count &&
         (way->facts[i].kind < kind || (way->facts[i].kind == kind &&
                                        way->facts[i].subject < subject)))
    i++;
  return i;
}

/* The fact; null if nothing is known. */
static inline const struct fact *find_fact(const struct way *way, uint32_t kind,
                                           uint32_t subject) {
  uint32_t i = fact_at(way, kind, subject);
  bool is_there = i < way->fact_count && way->facts[i].kind == kind &&
                  way->facts[i].subject == subject;
  return is_there ? &way->facts[i] : NULL;
}

static inline void drop_fact(struct way *way, uint32_t at) {
  way->fact_count--;
  memmove(&way->facts[at], &way->facts[at + 1],
          (way->fact_count - at) * sizeof *way->facts);
}

/* Adds the fact, or replaces or drops the one that is there.  Without room nothing is
   known of it. */
void ddi_put_fact(struct way *way, struct fact fact);

/* Of all kinds but signs and levels; zero: not known. */
static inline void know(struct way *way, uint32_t kind, uint32_t subject,
                        ddi_term value) {
  ddi_put_fact(way,
               (struct fact){.kind = kind, .subject = subject, .value = value});
}

/* The term of the body's value; zero: not known. */
ddi_term ddi_evaluate(struct solver *s, const struct ddi_body *body,
                      const struct way *way, uint32_t value);
/* Those that the term may have. */
unsigned ddi_signs_of(struct solver *s, const struct way *way, ddi_term term);
/* Leaves the term these signs at most.  False: then no path goes this way. */
bool ddi_narrow_signs(struct solver *s, struct way *way, ddi_term term,
                      unsigned signs);
/* Learns that the term is, or is not, zero.  False: no path goes this way. */
bool ddi_refine(struct solver *s, struct way *way, ddi_term term, bool yes);

/* An address that lies in nothing. */
static inline bool is_null(struct solver *s, ddi_term address) {
  int64_t number;
  return address &&
         ddi_term_is_number(s->terms, ddi_term_storage(s->terms, address),
                            &number) &&
         number == 0;
}

/* What the parts make, of which base and other are terms already.  Zero: not known. */
static inline ddi_term combine(struct solver *s, const struct way *way,
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

/* NEGATIVE, ZERO or POSITIVE. */
static inline unsigned sign_of_number(int64_t number) {
  return number < 0 ? NEGATIVE : number == 0 ? ZERO : POSITIVE;
}

/* 1 if it is surely not zero, 0 if it surely is, -1 otherwise. */
static inline int truth_of(struct solver *s, const struct way *way,
                           ddi_term term) {
  unsigned signs = ddi_signs_of(s, way, term);
  return signs == ZERO ? 0 : signs & ZERO ? -1 : 1;
}

/* The number, cut to -1 below and to the most. */
static inline int at_most(int64_t number, int most) {
  return number < -1 ? -1 : number > most ? most : (int)number;
}

/* Whether it is the current thread. */
static inline bool is_thread(struct solver *s, ddi_term term) {
  return ddi_term_parts(s->terms, term)->kind == DDI_TERM_THREAD;
}

/* ---- solve_relevant.c ------------------------------------------------------- */

/* What the tables and the driver know of the name; never null. */
const struct name_info *ddi_info_of(struct solver *s, ddi_name name);
/* The function of that name that a function calls: of its own unit, if there are
   several.  DDI_NONE: none. */
uint32_t ddi_callee_named(struct solver *s, const struct ddi_function *caller,
                          ddi_name name);
/* What an object goes by: a set of one; zero: by anything. */
uint64_t ddi_hash_of_object(struct solver *s, ddi_term term);
/* The function cut to what matters to the way; null if there is no memory. */
const struct ddi_flow *ddi_flow_for(struct solver *s, uint32_t function,
                                    const struct way *way);

/* By function, before anything is followed: */
/* ... the members that it may write, by itself or through others, */
void ddi_find_written(struct solver *s);
/* ... what it may do something with, */
void ddi_find_touched(struct solver *s);
/* ... what is freed in more than one place, */
void ddi_find_freed(struct solver *s);
/* ... whether it returns. */
void ddi_find_returning(struct solver *s);

/* A set of one name. */
static inline uint64_t hash_of_name(ddi_name name) {
  return UINT64_C(1) << (name * 0x9E3779B1u >> 26);
}

/* Whether the function has paths. */
static inline bool is_followed(const struct ddi_function *function) {
  return function->body && function->body->block_count > 0;
}

/* ---- solve_merge.c ---------------------------------------------------------- */

/* Notes, once, that the summary breaks the rule there, or, without a rule, why it is
   not followed. */
void ddi_say_broken(struct solver *s, uint32_t summary,
                    const struct ddi_rule *rule, const char *why,
                    uint32_t action);
/* What was not followed is not proved; its callers go on knowing less. */
void ddi_give_up(struct solver *s, uint32_t summary, const char *why,
                 uint32_t action);
/* The way goes on at the action, unless it is dead. */
void ddi_push_item(struct solver *s, uint32_t summary, uint32_t block,
                   uint32_t action, const struct way *way);
/* The way comes to the block, and goes on there if it is new. */
void ddi_arrive(struct solver *s, uint32_t summary, uint32_t block,
                struct way *way);
/* Forgets what nobody will ask for, so that ways meet again.  False if the way is
   over. */
/* What the branch at the edge has found out of the level, known before. */
void ddi_note_guard(struct way *way, uint32_t edge,
                    const struct ddi_level *before);
bool ddi_prune(struct solver *s, const struct ddi_flow *flow, struct way *way,
               uint32_t block);
/* Whether only this function has a name for it. */
bool ddi_is_private(struct solver *s, ddi_term name);
/* Of the levels that nobody can give back by a name one is enough; none, if there
   may be others anyway. */
void ddi_drop_saved_twice(struct solver *s, struct ddi_thread *thread);

/* For what is held, and what it was called is another one now. */
static inline ddi_term nameless(struct solver *s, uint32_t action) {
  struct ddi_value parts = {
      .kind = DDI_TERM_JOIN, .number = action, .base = DDI_NONE};
  return ddi_term_make(s->terms, &parts);
}

static inline bool may_be_held(const struct ddi_object *object) {
  return object->count > 0 || object->hold == DDI_HOLD_SHARED ||
         object->hold == DDI_HOLD_EXCLUSIVE ||
         object->hold == DDI_HOLD_TRANSFERRED;
}

/* Whether the fact is what a function leaves where a parameter points to. */
static inline bool is_output(struct solver *s, const struct fact *fact) {
  int64_t number;
  return fact->kind == HOLDS &&
         ddi_term_parts(s->terms, fact->subject)->kind == DDI_VALUE_PARAMETER &&
         ddi_term_is_number(s->terms, fact->value, &number);
}

/* Whether the core itself keeps the level. */
static inline bool is_of_core(const struct ddi_saved *saved) {
  return saved->keeper >= UINTPTR_MAX - 1;
}

static inline void drop_saved(struct ddi_thread *thread, int at) {
  thread->saved_count--;
  memmove(&thread->saved[at], &thread->saved[at + 1],
          (size_t)(thread->saved_count - at) * sizeof *thread->saved);
  memset(&thread->saved[thread->saved_count], 0, sizeof *thread->saved);
}

/* Whether the way is about an object. */
static inline bool has_focus(const struct way *way) {
  return way->focus && way->focus < NOTHING;
}

static inline bool has_objects(const struct way *way) {
  return way->state.count > 0;
}

/* ---- solve_events.c --------------------------------------------------------- */

/* What the actions of one path at one place need. */
struct site {
  struct solver *s;
  uint32_t summary, block, action;
  const struct ddi_function *function;
  const struct ddi_body *body;
  const struct ddi_action *at; /* null: at the end */
};

/* The call's argument; zero: not known. */
ddi_term ddi_argument(const struct site *site, const struct way *way,
                      enum ddi_arg arg);
/* The address of an object that no argument names. */
ddi_term ddi_fixed_object(struct solver *s, const char *name);
/* What an object at that address goes by; of no path if it has no name. */
struct ddi_id ddi_id_of(struct solver *s, ddi_term term);
/* Whether the way is about the object. */
bool ddi_is_in_focus(struct solver *s, const struct way *way,
                     enum ddi_kind kind, const struct ddi_id *id);
/* Among the objects that the summary has seen; null if it is none. */
struct name *ddi_find_name(struct solver *s, uint32_t summary,
                           const struct name *name);
/* Something happens in the summary to the object: ways about it are to start. */
void ddi_see(struct solver *s, uint32_t summary, struct name name);
/* The same, if the way is about the thread.  Of memory only what it was allocated as
   can matter, and whether it is freed again. */
void ddi_see_by_thread(const struct site *site, const struct way *way,
                       enum ddi_kind kind, const struct ddi_id *id);
/* The index of the trail, a new one or a recent equal one. */
uint32_t ddi_add_trail(struct solver *s, uint32_t function, uint32_t action,
                       uint32_t next);
/* The changes are too many to be told: the caller will not know. */
void ddi_overflow(struct way *way);
static inline bool has_overflown(const struct way *way) {
  return way->change_count == 1 && !way->changes[0].op;
}
/* Adds the change, or drops the one that it undoes. */
void ddi_note_change(struct way *way, const struct ddi_change *change,
                     uint32_t trail);
/* Whether the way's changes are of the level, or may be. */
bool ddi_changes_level(const struct way *way);
/* Adds what the summary demands, and tells its callers. */
void ddi_add_demand(struct solver *s, uint32_t summary,
                    const struct ddi_demand *demand);
/* Makes the event's bound a demand, where it is one of any caller. */
void ddi_note_demand(const struct site *site, const struct way *way,
                     const struct ddi_event *event, ddi_name call);
/* The signs that the parameters may have there. */
void ddi_signs_of_parameters(const struct site *site, const struct way *way,
                             uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]);
/* So that a loop has an end: of one depth, ... */
void ddi_saturate_depth(struct ddi_depth *depth);
/* ... and of all that a state counts. */
void ddi_saturate(struct ddi_state *state);
/* APCs come back in a function that is called there. */
void ddi_note_apcs_at(struct solver *s, const struct caller *caller);
/* Finds which kinds of objects have rules that ask for the level, or for regions. */
void ddi_find_kinds(struct solver *s);
/* What the event breaks is noted, and what it changes is done. */
void ddi_judge(const struct site *site, struct way *way,
               const struct ddi_event *event);
/* The same, of an event that may have an object without a name, or an old level. */
void ddi_happen(const struct site *site, struct way *way,
                const struct ddi_event *event);
/* A lock is known by what was done with it. */
enum ddi_kind ddi_kind_of_lock(const struct way *way, uintptr_t path,
                               enum ddi_kind otherwise);
/* What the routine's effect is here. */
struct ddi_event ddi_event_of(const struct site *site, const struct way *way,
                              const struct ddi_routine *row,
                              const struct ddi_effect *effect);
/* What a call gives back is new each time: forgets what it gave before. */
void ddi_forget_gift(const struct site *site, struct way *way);

/* What the memory goes by that the address lies in. */
static inline struct ddi_id storage_of(struct solver *s, ddi_term term) {
  return ddi_id_of(s, term ? ddi_term_storage(s->terms, term) : 0);
}

/* Whether it is told what the function is to whoever calls it. */
static inline bool is_of_any_caller(const struct site *site) {
  return site->s->summaries.at[site->summary].entry == DDI_FOR_CALLERS;
}

static inline bool is_a_number(const struct site *site, ddi_term term) {
  int64_t number;
  return ddi_term_is_number(site->s->terms, term, &number);
}

/* Whether the term rests on what the action gave before. */
static inline bool rests_on(const struct site *site, uintptr_t term) {
  return term && ddi_term_is_of(site->s->terms, (ddi_term)term, site->action);
}

/* ---- solve_routines.c ------------------------------------------------------- */

/* Variables whose addresses were given away hold something else now. */
void ddi_read_outputs(const struct site *site, struct way *way);
/* The way goes on behind the call. */
void ddi_go_on(const struct site *site, struct way *way);
/* Splits the way on whether the routine does what it is called for. */
void ddi_call_routine(const struct site *site, struct way *way,
                      const struct ddi_routine *row);
/* The same of what the routine answers. */
void ddi_ask_routine(const struct site *site, struct way *way,
                     const struct ddi_routine *row);
/* What may be paged runs here; or it goes on, behind a call. */
void ddi_run_paged(const struct site *site, struct way *way, bool goes_on);
/* Judges the level, and what else is demanded, at the call. */
void ddi_judge_call(const struct site *site, struct way *way,
                    const struct name_info *called);

/* ---- solve_passage.c -------------------------------------------------------- */

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

/* In other words; zero: it has none. */
typedef ddi_term (*rename_term)(struct passage *p, ddi_term term);

/* Fills the passage of the call. */
void ddi_open_passage(const struct site *site, const struct way *way,
                      struct passage *p);
/* A callee's term in the caller's words; zero: it has none. */
ddi_term ddi_passage_up(struct passage *p, ddi_term term);
/* Renames what the thread, and the object, have names in. */
void ddi_rename_thread(struct passage *p, struct ddi_thread *thread,
                       rename_term to);
void ddi_rename_object(struct passage *p, struct ddi_object *object,
                       rename_term to);
/* In its order.  False if one of them would be lost. */
bool ddi_insert_object(struct ddi_state *state,
                       const struct ddi_object *object);
/* What was hidden of the caller's state comes back: the depth of a region, ... */
void ddi_show_depth(const struct ddi_depth *before, struct ddi_depth *after);
/* ... the levels that it has saved, ... */
void ddi_show_saved(struct passage *p, bool was_unknown,
                    struct ddi_thread *thread);
/* ... and what the callee has not looked at. */
void ddi_show_thread(const struct ddi_reach *reach,
                     const struct ddi_thread *before, struct ddi_thread *after);
/* What may happen in the callee. */
const struct ddi_reach *ddi_reach_of(const struct passage *p);
/* The state that the callee is entered in. */
void ddi_enter_state(struct passage *p, const struct way *from,
                     struct way *into);
/* That of a function of which no caller is known. */
void ddi_enter_unknowing(struct way *way, ddi_term focus);
/* What the caller knows of values that the callee asks for: the less, the more
   summaries it has. */
void ddi_enter_facts(struct passage *p, const struct ddi_flow *flow,
                     const struct way *from, struct way *into,
                     uint32_t summaries);

/* ---- solve_calls.c ---------------------------------------------------------- */

/* The summary of the function that starts so, a new one if there is none.  DDI_NONE
   if it cannot be followed. */
uint32_t ddi_add_summary(struct solver *s, uint32_t function, uint32_t entry,
                         const struct way *start);
/* Forgets what a call may have written: members of these names. */
void ddi_forget_written(struct solver *s, struct way *way, uint64_t written);
/* What a routine may have written lies where its arguments point. */
void ddi_forget_pointees(const struct site *site, struct way *way);
/* The call. */
struct site ddi_site_of(struct solver *s, const struct caller *caller);
/* Those of the callee's parameters become those of the caller's, as it knows better.
   False if the caller, on this way, does not get there. */
bool ddi_pass_signs(const struct passage *p, const struct way *way,
                    uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]);
/* The caller goes on where the callee left. */
void ddi_come_back(struct solver *s, const struct caller *caller,
                   const struct packed *exit);
/* The caller goes on behind a call that was not followed to its end. */
void ddi_go_on_unknowing(struct solver *s, const struct caller *caller);
/* What the summary demands its callers demand, unless they know better. */
void ddi_tell_callers(struct solver *s, uint32_t summary,
                      const struct ddi_demand *demand);
/* Starts ways about the object, or lets the callers see it by their names for it. */
void ddi_pass_sight(struct solver *s, const struct sight *sight);
/* Into the function, or past it; DDI_NONE: it is not given. */
void ddi_call_function(const struct site *site, struct way *way,
                       uint32_t callee);
/* By a pointer, of which the type alone is known: what it calls is not. */
bool ddi_is_by_type(struct solver *s, const struct ddi_action *call);
/* Into all functions that it may be, and past them. */
void ddi_call_through_pointer(const struct site *site, struct way *way);

/* What the analyzer sees of each other. */
static inline bool is_of_unit_of(const struct ddi_function *a,
                                 const struct ddi_function *b) {
  return !a->unit || !b->unit || a->unit == b->unit;
}

/* ---- solve_order.c ---------------------------------------------------------- */

/* The event may be an acquisition that any caller of the function makes. */
void ddi_note_acquisition(const struct site *site, const struct way *way,
                          const struct ddi_event *event);
/* What others know the lock by: one of solver.places; zero: nothing. */
ddi_name ddi_place_of(struct solver *s, ddi_term object);
/* What the summary acquires its caller acquires. */
void ddi_pass_acquisitions(struct solver *s, uint32_t summary,
                           const struct caller *caller);
/* Finds the orders that are a deadlock, when all functions are followed. */
void ddi_find_orders(struct solver *s);

/* ---- solve_actions.c -------------------------------------------------------- */

/* Follows the item to the end of its block. */
void ddi_run_item(struct solver *s, const struct item *item);
/* What the function leaves may be for who calls it: then one way out tells of
   another. */
bool ddi_compares_ways_out(const struct ddi_function *function, uint32_t entry);

/* ---- solve_handed.c --------------------------------------------------------- */

/* Finds the origins, whose entries those have, too, to whom they hand on. */
void ddi_hand_on(struct solver *s, struct ddi_function *functions);

/* ---- solve_rules.c ---------------------------------------------------------- */

/* By rule of ddi_rules, whether the function or one that it calls does anything that
   the rule speaks of.  To be freed; null if there is no memory. */
bool *ddi_rules_in(struct solver *s, uint32_t function);

/* ---- solve_answer.c --------------------------------------------------------- */

/* What was found; takes the trails, the terms and the demands with it.  Null if there
   is no memory. */
struct ddi_solution *ddi_answer_of(struct solver *s);

#endif
