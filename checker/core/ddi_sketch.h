/*
 * A function reduced to what the rules can see: the calls that may matter, the
 * branches between them, and where the values that both of them use come from.
 * Written from an AST, kept in a file, read by the solver.  Knows no Clang.
 */
#ifndef DDI_SKETCH_H
#define DDI_SKETCH_H

#include "ddi_rule.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Names ---------------------------------------------------------------- */

/* A string by its number; equal numbers are equal strings.  Zero: none. */
typedef uint32_t ddi_name;

struct ddi_names;

struct ddi_names *ddi_names_new(void); /* null: no memory */
void ddi_names_free(struct ddi_names *names);
/* The number of the first length bytes of the text; zero if there is no memory
   left, or for the empty text. */
ddi_name ddi_names_add(struct ddi_names *names, const char *text, size_t length);
/* The same of a text that was added before; zero if it was not. */
ddi_name ddi_names_find(const struct ddi_names *names, const char *text,
                        size_t length);
/* The text, ended by a zero; "" for zero. */
const char *ddi_names_text(const struct ddi_names *names, ddi_name name);
/* One more than the highest number given out. */
uint32_t ddi_names_count(const struct ddi_names *names);

/* ---- Values --------------------------------------------------------------- */

/* What an expression stands for where an action uses it.  A value names others by
   their index in the body, which is lower than its own. */
enum ddi_value_kind {
  DDI_VALUE_UNKNOWN,
  DDI_VALUE_NUMBER,    /* number */
  DDI_VALUE_PARAMETER, /* number: which, from 0 (first a method's object), as it was
                          at entry */
  DDI_VALUE_VARIABLE,  /* number: what this local variable holds now */
  DDI_VALUE_LOCAL,     /* number: the address of this local variable */
  DDI_VALUE_GLOBAL,    /* name: the address of a variable of the program */
  DDI_VALUE_MEMBER,    /* name ("_VCB.Resource"): the address of a member of the
                          structure at base */
  DDI_VALUE_ELEMENT,   /* the address of element other of the array at base; of a
                          number below zero: so many bytes before base, of the
                          structure that has a member there */
  DDI_VALUE_LOAD,      /* what lies at the address base */
  DDI_VALUE_RESULT,    /* number: what this action, a call, has returned */
  DDI_VALUE_FUNCTION,  /* name: a function's address */
  DDI_VALUE_COMPARE,   /* base against other: 1 or 0 */
  DDI_VALUE_AND,       /* the bits of base that are set in other */
  DDI_VALUE_TAGGED     /* base with the low bits number set on it, 1 to 3 */
};

enum ddi_compare {
  DDI_EQ,
  DDI_NE,
  DDI_LT,
  DDI_GE,
  DDI_GT,
  DDI_LE
};

struct ddi_value {
  uint8_t kind, compare;
  ddi_name name;
  uint32_t base, other;
  int64_t number;
};

/* Whether base, or other too, names a value. */
bool ddi_value_has_base(const struct ddi_value *value);
/* What holds where the comparison does not. */
enum ddi_compare ddi_opposite(enum ddi_compare how);
bool ddi_value_has_other(const struct ddi_value *value);

/* ---- Actions -------------------------------------------------------------- */

/* In place of an index: there is none. */
#define DDI_NONE UINT32_MAX

enum ddi_action_kind {
  DDI_DO_CALL,    /* name, or through a pointer to a function of the type name */
  DDI_DO_SET,     /* variable = value */
  DDI_DO_STORE,   /* what lies at the address = value; nobody knows what members
                     and elements of it hold then */
  DDI_DO_RETURN,  /* value, or none */
  DDI_DO_DECLARE, /* variable, a structure with objects in it that nobody set */
  DDI_DO_EVENT    /* what an annotation of the call before says that it does or
                     demands */
};

enum ddi_action_flag {
  DDI_IS_INDIRECT = 1,  /* through a pointer, or a virtual method */
  DDI_IS_DISCARDED = 2, /* nobody looks at the result */
  DDI_IS_SYSTEM = 4,    /* declared by a header of the system */
  DDI_IS_DEMAND = 8,    /* DDI_DO_EVENT: judged, and changes nothing */
  DDI_IS_MAYBE = 16,    /* DDI_DO_EVENT: under a condition */
  DDI_IS_OTHER_OBJECT = 64, /* the row is about objects of another type */
  DDI_HAS_EFFECTS = 32  /* annotations say what the call changes: what follows as
                           DDI_DO_EVENT; not to be looked for elsewhere */
};

/* What the call's values are is read off in order: no action of a block uses the
   result of a later one. */
struct ddi_action {
  uint8_t kind, flags;
  int8_t irql_min, irql_max; /* DDI_DO_CALL: by annotations; DDI_NO_BOUND */
  ddi_name name;
  ddi_name written;         /* the macro that stands for it, or none */
  uint32_t first, count;    /* DDI_DO_CALL: the arguments, in ddi_body.arguments */
  uint32_t variable, value, address;
  enum ddi_op op;           /* DDI_DO_EVENT, of these: ENTER_ and LEAVE_CRITICAL,
                               RAISE, LOWER, ACQUIRE, RELEASE, REQUIRE_... */
  enum ddi_kind object_kind; /* DDI_DO_EVENT: of what lies at the address */
  enum ddi_mode mode;
  ddi_name file;
  uint32_t line, column;
};

/* Taken if the test is not zero (or zero, if is_else); always without a test. */
struct ddi_edge {
  uint32_t to;
  uint32_t test; /* a value, or DDI_NONE */
  uint8_t is_else;
};

struct ddi_block {
  uint32_t first_action, actions;
  uint32_t first_edge, edges; /* none: the path ends */
};

struct ddi_body {
  struct ddi_value *values;
  uint32_t *arguments; /* values */
  struct ddi_action *actions;
  struct ddi_edge *edges;
  struct ddi_block *blocks;
  uint32_t value_count, argument_count, action_count, edge_count, block_count;
  uint32_t entry, exit; /* blocks */
  uint32_t variables, parameters;
  ddi_name why_not; /* why the function could not be followed; then no blocks */
};

void ddi_body_free(struct ddi_body *body);

/* ---- A file of sketches ---------------------------------------------------- */

struct ddi_named_body {
  ddi_name function;
  struct ddi_body *body;
};

/* The functions of one translation unit. */
struct ddi_unit {
  struct ddi_named_body *functions;
  size_t count;
};

/* Writes as CBOR.  False if there is no memory or the file takes no more. */
bool ddi_unit_write(const struct ddi_unit *unit, const struct ddi_names *names,
                    FILE *file);
/* By the name, and by the file that the function is in. */
typedef bool ddi_wanted(void *context, ddi_name function, ddi_name file);
/* Reads what was written, and nothing else: whatever the bytes are, the unit is
   sound, or null with a text that says why.  Names are added to the names.
   Functions that are not wanted are left out; null: all are. */
struct ddi_unit *ddi_unit_read(const void *bytes, size_t length,
                               struct ddi_names *names, ddi_wanted *wants,
                               void *context, const char **error);
void ddi_unit_free(struct ddi_unit *unit);

#ifdef __cplusplus
}
#endif
#endif
