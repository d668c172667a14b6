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
  bool has_promises;          /* annotations say what it leaves */
  bool is_helper;             /* judged at its exit for what nobody gives back */
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

/* A place that is not proved clean. */
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

struct ddi_solution {
  struct ddi_candidate *candidates; /* by function, entry and place */
  size_t count;
  size_t summaries, states; /* what it took */
};

/* Null if there is no memory. */
struct ddi_solution *ddi_solve(const struct ddi_problem *problem);
void ddi_solution_free(struct ddi_solution *solution);

#ifdef __cplusplus
}
#endif
#endif
