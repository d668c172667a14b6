/*
 * The whole driver at once: every path of every function that is entered, with
 * the effects of those it calls, in whichever file they are.  A path ends where an
 * equal state has been before, so the cost is that of the distinct states.
 *
 * What the solver does not follow it does not prove: a function is clean only if
 * no state that reaches one of its events, or of those it calls, breaks a rule.
 * What is not clean is a candidate, and may still be fine.
 */
#ifndef DDI_SOLVE_H
#define DDI_SOLVE_H

#include "ddi_core.h"
#include "ddi_order.h"
#include "ddi_sketch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One way in which a function is entered by itself. */
struct ddi_entry {
  struct ddi_context context;
  bool is_role;
  bool is_judged_at_exit;
  bool keeps_level; /* and at least the IRQL is judged there */
};

struct ddi_function {
  ddi_name name;
  ddi_name signature;         /* of a function whose address is taken; or none */
  const struct ddi_body *body; /* null: not given */
  const struct ddi_entry *entries;
  uint32_t entry_count;       /* none: judged where it is called */
  struct ddi_reach reach;     /* of all that it calls, too */
  bool is_paged;              /* lies in a section that is paged out */
  bool may_be_paged;          /* or says so */
  bool is_large;              /* the analyzer does not look into it at a call */
  bool has_promises;          /* annotations say what it leaves ... */
  bool promises_change;       /* ... and that it changes something */
  bool is_summarized;         /* asked for what it changes and demands */
  bool is_judged_alone;       /* and for what it breaks wherever it is called */
  bool is_called_here;        /* in its own unit, too */
  bool stays_inside;          /* its address is called through, and nobody outside
                                 gets it */
  uint32_t unit;              /* the file; zero: any */
};

enum {
  DDI_MAX_CHANGES = 6,
  DDI_MAX_DEMANDS = 24,
  DDI_MAX_DEMAND_ARGUMENTS = 8,
  DDI_MAX_ACQUISITIONS = 64,
  DDI_MAX_LOCK_USES = 12
};

struct ddi_problem {
  const struct ddi_function *functions;
  size_t count;
  const struct ddi_names *names;
  unsigned strictness;
  ddi_fact_set driver; /* facts that hold in all of it */
  bool (*is_on)(const struct ddi_rule *rule, void *context);
  void *context;
};

/* A place that is not proved clean. Where the solver gave up in another unit than
   that of the function entered, only who is in that unit is told. */
struct ddi_candidate {
  uint32_t function;           /* the one that is entered */
  uint32_t entry;              /* its entry */
  const struct ddi_rule *rule; /* null: the solver gave up */
  const char *why;             /* ... and why */
  uint32_t in;                 /* the function that the place is in */
  uint32_t action;             /* there; DDI_NONE: where it returns */
  const uint32_t *calls;       /* from the function entered, the calls that lead
                                  there: function, action, function, action */
  size_t call_count;           /* pairs */
};

/* A value in the words of the function: ddi_solution_value() tells what it is.
   Zero: not known. */
typedef uint32_t ddi_term;

/* What only terms are, beside enum ddi_value_kind; base and other are terms. */
enum {
  DDI_TERM_OUTPUT = 32, /* number: what the action has written through argument
                           base (from 1) */
  DDI_TERM_INNER,       /* base: a value of the function that action number calls */
  DDI_TERM_JOIN,        /* base, number: one of several, at a block */
  DDI_TERM_OUTER,       /* number: a value of the caller's that has no name here */
  DDI_TERM_THREAD       /* the current thread */
};

/* What a function has changed for its caller. */
struct ddi_change {
  ddi_term object, owner, value, keeper;
  ddi_fact_set facts;
  struct ddi_level level;
  uint32_t op; /* an enum ddi_op; zero: more than can be told */
  uint8_t kind, mode, family, form;
};

/* A place in a function, and behind it one in the function that it calls there. */
struct ddi_trail {
  uint32_t function, action, next; /* next: an index; zero: none */
};

/* One way of returning. */
struct ddi_way_out {
  unsigned signs; /* of the result: 1 below zero, 2 zero, 4 above */
  ddi_term result;
  uint32_t change_count;
  struct ddi_change changes[DDI_MAX_CHANGES];
  uint32_t trails[DDI_MAX_CHANGES];
};

/* A call that has a bound and that is reached at the level of the entry. */
struct ddi_demand {
  struct ddi_level bound;
  struct ddi_level level; /* of the entry, where it is reached */
  enum ddi_op op;         /* DDI_CALL, DDI_RUN_PAGED */
  ddi_name call, written;
  ddi_fact_set facts;
  uint32_t trail;
  uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]; /* of parameters, where it is reached */
};

/* Something that happens to a lock, or the allocation of what it may lie in. */
struct ddi_lock_use {
  ddi_term object; /* zero: it has no name here */
  uint32_t trail;
  uint32_t op; /* an enum ddi_op */
  uint8_t kind, mode;
};

/* A lock that is waited for in a function, and what happened to others before. */
struct ddi_acquisition {
  struct ddi_lock_use lock;
  ddi_name place; /* of solution.places; zero: it has none, but may have for a caller */
  struct ddi_lock_use before[DDI_MAX_LOCK_USES];
  uint32_t count;
  uint8_t signs[DDI_MAX_DEMAND_ARGUMENTS]; /* of parameters, where it is reached */
};

/* What a function is to those who call it, whoever they are. */
struct ddi_summary {
  uint32_t function;
  bool is_unknown; /* the solver gave up */
  struct ddi_way_out *ways;
  uint32_t way_count;
  struct ddi_demand *demands;
  uint32_t demand_count;
  struct ddi_acquisition *acquisitions;
  uint32_t acquisition_count;
};

/* An order of locks that some other one makes a deadlock. */
struct ddi_found_order {
  struct ddi_order order; /* its names are those of ddi_solution.places */
  uint32_t function, entry; /* where the system enters */
  uint32_t waits; /* the trail to where it does */
};

struct ddi_solution {
  struct ddi_candidate *candidates; /* by function, entry and place */
  size_t count;
  bool **may_break; /* by function; where the solver gave up: by rule of ddi_rules */
  size_t function_count;
  struct ddi_summary *summaries; /* by function */
  size_t summary_count;
  struct ddi_found_order *orders;
  size_t order_count;
  struct ddi_names *places;
  uint32_t *origins; /* by function: whose entry was handed on to it, or DDI_NONE */
  struct ddi_trail *trails;
  struct ddi_terms *terms;
  size_t contexts, states; /* what it took */
};

/* Null if there is no memory. */
struct ddi_solution *ddi_solve(const struct ddi_problem *problem);
/* What a term is made of. */
const struct ddi_value *ddi_solution_value(const struct ddi_solution *solution,
                                           ddi_term term);
void ddi_solution_free(struct ddi_solution *solution);

#ifdef __cplusplus
}
#endif
#endif
