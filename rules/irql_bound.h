/*
 * The IRQL at a call: the rules under which Microsoft lists routines with a
 * bound.  Which routines, and the bounds, are published facts (rules/facts);
 * where a bound depends on an argument, the routine's row in rules/model says
 * how.  So such a rule is a name.
 */
#ifndef DDI_IRQL_BOUND_H
#define DDI_IRQL_BOUND_H

#include "ddi_rule.h"

#define TOO_HIGH "'%c' is called at %l; %b"
#define TOO_LOW "'%c' is called at %l; %b"

/* Of the routines that Microsoft lists under the rule, where more facts hold too. */
#define IRQL_BOUND(fact)                                                       \
  {.at = DDI_CALL,                                                             \
   .named = 1,                                                                 \
   .never = DDI_IRQL_TOO_HIGH fact,                                            \
   .unless = DDI_MUST_WAIT,                                                    \
   .alias = 28121,                                                             \
   .error = TOO_HIGH},                                                         \
      {.at = DDI_CALL,                                                         \
       .named = 1,                                                             \
       .never = DDI_IRQL_TOO_LOW fact,                                         \
       .unless = DDI_MUST_WAIT,                                                \
       .alias = 28120,                                                         \
       .error = TOO_LOW}

#define IRQL_BOUND_TEXT                                                        \
  "A routine that waits, or touches memory that may be paged out, must not "   \
  "run at DISPATCH_LEVEL or above; one that relies on the scheduler standing " \
  "still must not run below. Each routine's page says at which levels it may " \
  "be called, and so does its declaration (_IRQL_requires_max_). Where the "   \
  "two differ the laxer one counts, under the setting strict the stricter.\n"  \
  "The level is raised by spin locks, fast mutexes and KeRaiseIrql, and by "   \
  "the way the system enters the function: a DPC or a cancel routine runs at " \
  "DISPATCH_LEVEL."

/* A whole rule: the name of its variable, its own name, a sentence, the last
   part of its page's address, and a few lines each. */
#define IRQL_BOUND_RULE(variable, named, sentence, page, wrong, right)         \
  static const struct ddi_obligation obligations[] = {                         \
      IRQL_BOUND(), {0}};                                                      \
  const struct ddi_rule variable = {                                           \
      .name = named,                                                           \
      .summary = sentence,                                                     \
      .text = IRQL_BOUND_TEXT,                                                 \
      .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"   \
             page,                                                             \
      .bad = wrong,                                                            \
      .good = right,                                                           \
      .obligations = obligations,                                              \
  }

#endif
