/*
 * The machine that runs the tables: what one path knows (struct ddi_state), what
 * happens on it (struct ddi_event), what that proves, breaks and changes.
 *
 * Knows no Clang and no routine by name.  All functions are pure but for the
 * state they are given, allocate nothing and cannot fail.
 */
#ifndef DDI_CORE_H
#define DDI_CORE_H

#include "ddi_rule.h"
#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What a path knows -------------------------------------------------- */

/* A depth without an upper bound. */
enum { DDI_MANY = 1000 };

/* low <= depth <= high; net is the depth relative to the function's entry. */
struct ddi_depth {
  int16_t low, high, net;
  int16_t net_unknown;
};

/* low <= IRQL <= high. */
struct ddi_level {
  int8_t low, high;
  int8_t assumed; /* nobody said so: it may be higher */
  int8_t unused;
  uint32_t cause; /* what set it, a number of the caller's; zero: the entry */
  uintptr_t value; /* the value that is known to equal it, or zero */
};

/* A level to come back to: the value that holds it, the object that keeps it. */
struct ddi_saved {
  struct ddi_level level;
  uintptr_t value, keeper;
};

enum { DDI_MAX_SAVED = 6, DDI_MAX_OBJECTS = 24 };

struct ddi_thread {
  struct ddi_depth critical, guarded;
  struct ddi_level irql, entry_irql;
  struct ddi_saved saved[DDI_MAX_SAVED]; /* the last raise last */
  int8_t saved_count;
  int8_t saved_unknown; /* and others, or fewer */
  int8_t irql_if_asked;
  int8_t must_wait;
  int8_t told_paged; /* that pageable code goes on too high */
  /* "APCs are enabled" was concluded from the driver's own leave, at an entry
     of which nothing was known: enough to judge its own acquisitions. */
  int8_t believed;
  /* Draw no such conclusion: something was reported, or this is a callback. */
  int8_t wary;
  /* An object of these kinds that is not listed is not held. */
  ddi_kind_set others_free;
  /* Others of these kinds may have been acquired behind this path's back. */
  ddi_kind_set others_doubtful;
};

/*
 * Which object.  Numbers mean something only to who makes them; equal numbers
 * are equal things.  Two ids with one path are one place in the program text
 * (ext->Lock), with one exact too they are one object in memory.
 */
struct ddi_id {
  uintptr_t path;  /* zero: no object */
  uintptr_t exact;
  uintptr_t shape; /* the last member on the path; zero: a bare pointer */
  uint8_t symbolic; /* reached through a pointer whose value is not known */
  uint8_t tag;      /* low bits that were set upon the address */
};

enum ddi_hold {
  DDI_HOLD_UNKNOWN,
  DDI_HOLD_FREE,
  DDI_HOLD_SHARED,
  DDI_HOLD_EXCLUSIVE,
  DDI_HOLD_TRANSFERRED
};

enum ddi_life {
  DDI_LIFE_UNKNOWN,
  DDI_LIFE_FRESH,  /* memory that was never written */
  DDI_LIFE_ZEROED,
  DDI_LIFE_INITIALIZED,
  DDI_LIFE_DELETED
};

struct ddi_object {
  struct ddi_id id, storage, owner, owner_storage;
  uint8_t kind, family, hold, life;
  int16_t count; /* acquisitions of this path that it did not release */
  uint8_t paged;
  uint8_t doubtful; /* may be held more often than this path knows */
  uint8_t form;     /* in which this path acquired it */
  uint8_t lent;     /* held before this path, which takes it again if it released it */
};

struct ddi_state {
  struct ddi_thread thread;
  uint32_t count;
  struct ddi_object objects[DDI_MAX_OBJECTS]; /* ordered by kind and path */
};

/* ---- What happens on it ------------------------------------------------- */

struct ddi_event {
  const char *call; /* the routine's name in the tables, or null */
  const char *written; /* the macro that stands for it, or null */
  enum ddi_op op;
  enum ddi_kind kind;
  enum ddi_mode mode;
  enum ddi_family family;
  enum ddi_form form;
  struct ddi_id object, storage, owner, owner_storage;
  /* DDI_RAISE, DDI_LOWER: the new level, as far as its number is known; the
     value that the old level goes to, or that comes back; the cause. */
  struct ddi_level level;
  uintptr_t value, keeper;
  struct ddi_level bound; /* DDI_CALL: what the routine allows */
  ddi_fact_set facts;     /* what the caller alone can see */
};

/* What is known where a function is entered. */
struct ddi_context {
  struct ddi_level irql;
  int8_t irql_if_asked;
  struct ddi_held held;
  bool irql_known;         /* whatever else is not */
  bool known;              /* nothing held, no region but as below */
  bool in_critical_region;
  bool region_unknown;
  bool may_hold;           /* something may be held at entry */
  bool runs_alone;         /* nothing else of the driver runs meanwhile */
  bool is_callback;        /* entered by who knows whom: believe nothing */
};

/* What a function may do that was not looked into: bits of the operations and
   kinds (1 << kind) that it can reach; of these, the kinds of which it holds as
   much afterwards as before; the IRQLs (1 << level) at which something that it
   calls must not be called. */
struct ddi_reach {
  uint32_t ops, kinds, kinds_kept, levels;
};

/* The state at a function's entry. */
void ddi_enter_function(struct ddi_state *state,
                        const struct ddi_context *context);
/* There the object of this id is held. */
void ddi_hold_at_entry(struct ddi_state *state, const struct ddi_held *held,
                       const struct ddi_id *id);

/* A release that names a handle, and no object, is one of what was last acquired
   with it: gives the event the object, if the state has one. */
void ddi_find_released(const struct ddi_state *state, struct ddi_event *event);

/* The facts that the event proves in the state, before it happens, the event's
   own included.  For an event without an object, subject may name one of the
   state's. */
ddi_fact_set ddi_facts(const struct ddi_state *state, const struct ddi_event *event,
                   const struct ddi_object *subject);

/* Lets the event happen. */
void ddi_step(struct ddi_state *state, const struct ddi_event *event);

/* Forgets what a function that was not looked into may have changed. */
void ddi_havoc(struct ddi_state *state, const struct ddi_reach *reach);
/* After ddi_havoc() at a call whose annotations say what it changes of regions and
   IRQL: the thread is as before. Which locks are free they do not say. */
void ddi_keep_thread(const struct ddi_thread *before, struct ddi_thread *after);

/* Forgets one of the state's objects, by its index. */
void ddi_forget(struct ddi_state *state, uint32_t index);

/* Forgets what is known of memory that others have got hold of. */
void ddi_escape(struct ddi_state *state, uintptr_t storage_path);

/* The driver asks what memory holds that others may have changed: the answer may
   tell it that what lies there, and was deleted, is there again. */
void ddi_ask_memory(struct ddi_state *state, uintptr_t storage_path);

/* Learns what the answer to a query says. */
void ddi_learn(struct ddi_state *state, enum ddi_query query,
               const struct ddi_event *event, bool answer);

/* The driver asks for its IRQL and gets it as this value. */
void ddi_ask_level(struct ddi_state *state, uintptr_t value, uint32_t cause);

/* Learns that the IRQL lies between the two. */
void ddi_learn_level(struct ddi_state *state, int low, int high);

/* What the path knows of the answer: 1 yes, 0 no, -1 unknown. */
int ddi_answer(const struct ddi_state *state, enum ddi_query query,
               const struct ddi_event *event);

/* ---- What it breaks ------------------------------------------------------ */

struct ddi_violation {
  const struct ddi_rule *rule;
  const struct ddi_obligation *obligation;
  struct ddi_id object; /* whom it is about; path zero: the thread */
};

/* At most one violation of each rule and object. */
enum { DDI_MAX_VIOLATIONS = 16 };

/* Writes the violations of the event, judged before it happens, and returns
   their number.  The strictness is a set of bits. */
unsigned ddi_check(const struct ddi_state *state, const struct ddi_event *event,
                   unsigned strictness,
                   struct ddi_violation found[DDI_MAX_VIOLATIONS]);

/* Whether the row speaks of the routine that the event calls, by its own name or by
   that of a macro. */
bool ddi_is_meant(const struct ddi_rule *rule, const struct ddi_obligation *row,
                  const struct ddi_event *event);

/* Forgets what a reported violation rests on, after the event happened, so that
   one mistake makes one report. */
void ddi_forgive(struct ddi_state *state, const struct ddi_violation *violation);

/* ---- The tables ---------------------------------------------------------- */

/* Any IRQL, from nowhere. */
struct ddi_level ddi_any_level(void);
struct ddi_level ddi_level_between(int low, int high);

/* What Microsoft publishes of a routine, or of a callback by its typedef; or
   null. */
const struct ddi_published *ddi_find_published(const char *name);
const struct ddi_published *ddi_find_published_callback(const char *name);
/* The IRQLs that page and header allow: the laxer of both, or the stricter. */
struct ddi_level ddi_published_bound(const struct ddi_published *row,
                                     bool is_strict);
/* Whether page or header names a level. */
bool ddi_has_bound(const struct ddi_published *row);
/* Whether the page alone allows as much. */
bool ddi_is_bound_of_page(const struct ddi_published *row, struct ddi_level bound);
/* Whether one of the published rules of the routine has this name. */
bool ddi_is_named(const struct ddi_published *row, const char *rule);
/* "APC_LEVEL"; from 3 to 14 "DIRQL". */
const char *ddi_level_name(int level);

/* The row of a routine, or null. */
const struct ddi_routine *ddi_find_routine(const char *name);

/* A function of the driver, or of a library, that acts as a routine: whoever asks for
   it by its name is told of the routine. */
struct ddi_wrapper {
  const char *name;
  struct ddi_routine row; /* the routine's, with its name; arguments: the wrapper's */
  const struct ddi_published *published;
};
/* Reads the routine off the tables; arguments: for each of its arguments which one of
   the wrapper's that is, or zero: not given; null: the same ones. False if the tables
   have no routine of that name. */
bool ddi_wrap(struct ddi_wrapper *wrapper, const char *routine,
              const unsigned char *arguments, unsigned count);
/* Nobody says whether it waits: where it seems to have failed it may be one that never
   does, of which the driver need not ask. */
bool ddi_may_not_fail(const struct ddi_routine *routine);
/* From now on, in all of the process; ended by a row without a name, and kept by the
   caller. Null: none. */
void ddi_set_wrappers(const struct ddi_wrapper *wrappers);
/* Or null. */
const struct ddi_wrapper *ddi_find_wrapper(const char *name);
const struct ddi_rule *ddi_find_rule(const char *name);
/* Or null. */
const struct ddi_published_rule *ddi_find_published_rule(const char *name);
/* How far the rule of this name is checked: by which of ours, null: not yet, and what
   of it is left out, null: nothing. */
struct ddi_coverage {
  const struct ddi_rule *by;
  const char *left_out;
};
struct ddi_coverage ddi_coverage_of(const char *name);
/* The role of this name: a row of ddi_roles, or what is published of the callback.
   False if there is none. */
bool ddi_find_role(const char *name, struct ddi_role *role);
/* How a role is entered. */
struct ddi_context ddi_role_context(const struct ddi_role *role);
/* The role of a function of this name, of what is stored to a member of this
   name, or of what a routine is given as this argument (from 1); or null. */
const char *ddi_role_of_function(const char *function);
const char *ddi_role_of_field(const char *field);
const char *ddi_role_of_argument(const char *registrar, unsigned argument);
/* How many arguments the row speaks of: fewer, and it is another routine. */
unsigned ddi_routine_arity(const struct ddi_routine *routine);
/* What the routine can do by itself; either may be null. */
struct ddi_reach ddi_routine_reach(const struct ddi_routine *routine,
                                   const struct ddi_published *published);
/* The IRQLs outside of the bound, as in ddi_reach.levels. */
uint32_t ddi_levels_outside(struct ddi_level bound);
/* Whether such a call can be wrong for who is entered so. */
bool ddi_may_be_outside(const struct ddi_context *context,
                        const struct ddi_reach *reach);
/* The sentence that tells a reader of a path that the event happened, with %c
   and %o as in ddi_obligation.error; or null. */
const char *ddi_note(const struct ddi_event *event);
/* By the row of the macro that stands for the routine, if it has one: or null. */
enum ddi_family ddi_family_of(const struct ddi_routine *row,
                              const struct ddi_routine *macro);
/* The routine that releases the kind in the mode, of the same family; or null. */
const struct ddi_routine *ddi_release_for_mode(enum ddi_kind kind,
                                               enum ddi_family family,
                                               enum ddi_mode mode);

#ifdef __cplusplus
}
#endif
#endif
