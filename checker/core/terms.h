/*
 * What the solver knows of values: terms, of which equal ones are one number, in
 * the words of the function that uses them (PARAMETER 0 is its own).
 */
#ifndef DDI_TERMS_H
#define DDI_TERMS_H

#include "ddi_solve.h"

struct ddi_terms;

struct ddi_terms *ddi_terms_new(void);
void ddi_terms_free(struct ddi_terms *terms);

/* The term of these parts, which are terms where a value has indices.  Zero where a
   part that matters is not known, and without memory. */
ddi_term ddi_term_make(struct ddi_terms *terms, const struct ddi_value *parts);
/* One more than the highest term. */
uint32_t ddi_terms_count(const struct ddi_terms *terms);
const struct ddi_value *ddi_term_parts(const struct ddi_terms *terms,
                                       ddi_term term);
ddi_term ddi_term_number(struct ddi_terms *terms, int64_t number);
bool ddi_term_is_number(const struct ddi_terms *terms, ddi_term term,
                        int64_t *number);
ddi_term ddi_term_result(struct ddi_terms *terms, uint32_t action);
ddi_term ddi_term_output(struct ddi_terms *terms, uint32_t action,
                         uint32_t argument);
/* Whether the term is the part, or has it in it. */
bool ddi_term_contains(const struct ddi_terms *terms, ddi_term term,
                       ddi_term part);
/* Whether the term rests on what the action, a call or an assignment, gave. */
bool ddi_term_is_of(const struct ddi_terms *terms, ddi_term term,
                    uint32_t action);
/* Whether the term goes along a list: through one member twice. */
bool ddi_term_is_far(const struct ddi_terms *terms, ddi_term term);
/* What the term begins with: a parameter, a variable, a result. */
ddi_term ddi_term_root(const struct ddi_terms *terms, ddi_term term);
/* Whether the value was read from memory. */
bool ddi_term_is_loaded(const struct ddi_terms *terms, ddi_term term);
/* Whether an address goes through a pointer whose value is not known. */
bool ddi_term_is_symbolic(const struct ddi_terms *terms, ddi_term term);
/* The variable, or the block of memory, that the address lies in. */
ddi_term ddi_term_storage(const struct ddi_terms *terms, ddi_term address);

/* In other words: leaf() gives another term for a leaf or any part, zero if there
   is none, or DDI_NONE to look at its parts. */
typedef ddi_term (*ddi_term_map)(void *context, ddi_term part);
ddi_term ddi_term_rewrite(struct ddi_terms *terms, ddi_term term,
                          ddi_term_map leaf, void *context);

#endif
