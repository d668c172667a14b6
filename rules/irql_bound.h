/*
 * The IRQL at a call: the rules under which Microsoft lists routines with a
 * bound.  Which routines, and the bounds, are published facts (rules/facts);
 * where a bound depends on an argument, the routine's row in rules/model says
 * how.  So such a rule is a name.
 */
#ifndef DDI_IRQL_BOUND_H
#define DDI_IRQL_BOUND_H

#include "ddi_rule.h"

#define IRQL_BOUND_ROW(fact, number, more, except, ...)                        \
  {.at = DDI_CALL,                                                             \
   .never = fact more,                                                         \
   .unless = DDI_MUST_WAIT except,                                             \
   .alias = number,                                                            \
   .error = "'%c' is called at %l; %b",                                        \
   __VA_ARGS__}
/* Which routines, and facts that must hold, or not hold, too. */
#define IRQL_BOUND_OF(more, except, ...)                                       \
  IRQL_BOUND_ROW(DDI_IRQL_TOO_HIGH, 28121, more, except, __VA_ARGS__),         \
      IRQL_BOUND_ROW(DDI_IRQL_TOO_LOW, 28120, more, except, __VA_ARGS__)
/* Those that Microsoft lists under the rule. */
#define IRQL_BOUND IRQL_BOUND_OF(, , .named = 1)

#define IRQL_BOUND_TEXT                                                        \
  "A routine that waits, or touches memory that may be paged out, must not "   \
  "run at DISPATCH_LEVEL or above; one that relies on the scheduler standing " \
  "still must not run below. Each routine's page says at which levels it may " \
  "be called, and so does its declaration (_IRQL_requires_max_). Where the "   \
  "two differ the laxer one counts, under the setting strict the stricter.\n"  \
  "The level is raised by spin locks, fast mutexes and KeRaiseIrql, and by "   \
  "the way the system enters the function: a DPC or a cancel routine runs at " \
  "DISPATCH_LEVEL."

/* A whole rule: its rows, the name of its variable, its own name, a sentence, the
   last part of its page's address, a few lines of wrong code and of right code.  Other
   fields of the rule may follow. */
#define IRQL_BOUND_RULE_OF(rows, variable, itself, sentence, page, wrong, ...) \
  static const struct ddi_obligation obligations[] = {rows, {0}};              \
  const struct ddi_rule variable = {                                           \
      .name = itself,                                                          \
      .summary = sentence,                                                     \
      .text = IRQL_BOUND_TEXT,                                                 \
      .url = "https://learn.microsoft.com/windows-hardware/drivers/devtest/"   \
             page,                                                             \
      .bad = wrong,                                                            \
      .obligations = obligations,                                              \
      .good = __VA_ARGS__,                                                     \
  }
#define IRQL_BOUND_RULE(...) IRQL_BOUND_RULE_OF(ROWS(IRQL_BOUND), __VA_ARGS__)
#define ROWS(...) __VA_ARGS__

#endif
