/* Finding rows in the tables. */
#include "ddi_core.h"
#include <stdlib.h>
#include <string.h>

struct ddi_level ddi_level_between(int low, int high) {
  return (struct ddi_level){.low = (int8_t)low, .high = (int8_t)high};
}

struct ddi_level ddi_any_level(void) {
  return ddi_level_between(DDI_PASSIVE_LEVEL, DDI_HIGH_LEVEL);
}

const char *ddi_level_name(int level) {
  switch (level) {
  case DDI_PASSIVE_LEVEL:
    return "PASSIVE_LEVEL";
  case DDI_APC_LEVEL:
    return "APC_LEVEL";
  case DDI_DISPATCH_LEVEL:
    return "DISPATCH_LEVEL";
  case DDI_HIGH_LEVEL:
    return "HIGH_LEVEL";
  default:
    return "DIRQL";
  }
}

static int compare_published(const void *name, const void *row) {
  return strcmp(name, ((const struct ddi_published *)row)->name);
}

static const struct ddi_wrapper *wrappers;

void ddi_set_wrappers(const struct ddi_wrapper *all) { wrappers = all; }

const struct ddi_wrapper *ddi_find_wrapper(const char *name) {
  for (const struct ddi_wrapper *at = wrappers; at && at->name; at++)
    if (!strcmp(at->name, name))
      return at;
  return NULL;
}

const struct ddi_published *ddi_find_published(const char *name) {
  const struct ddi_wrapper *wrapper = ddi_find_wrapper(name);
  if (wrapper)
    return wrapper->published;
  return bsearch(name, ddi_published_routines, ddi_published_routine_count,
                 sizeof *ddi_published_routines, compare_published);
}

const struct ddi_published *ddi_find_published_callback(const char *name) {
  return bsearch(name, ddi_published_callbacks, ddi_published_callback_count,
                 sizeof *ddi_published_callbacks, compare_published);
}

/* Of two bounds, of which either may not be given. */
static int choose(int page, int header, bool takes_larger) {
  if (page == DDI_NO_BOUND || header == DDI_NO_BOUND)
    return page == DDI_NO_BOUND ? header : page;
  return (page > header) == takes_larger ? page : header;
}

struct ddi_level ddi_published_bound(const struct ddi_published *row,
                                     bool is_strict) {
  int low = choose(row->page_min, row->header_min, is_strict);
  int high = choose(row->page_max, row->header_max, !is_strict);
  if (low == DDI_NO_BOUND)
    low = DDI_PASSIVE_LEVEL;
  if (high == DDI_NO_BOUND)
    high = DDI_HIGH_LEVEL;
  /* No page names a single device level, and no annotation can: HIGH_LEVEL
     stands for it. */
  return ddi_level_between(low == DDI_HIGH_LEVEL ? DDI_DIRQL : low,
                           high == DDI_DIRQL ? DDI_HIGH_LEVEL - 1 : high);
}

bool ddi_has_bound(const struct ddi_published *row) {
  return row->page_max != DDI_NO_BOUND || row->header_max != DDI_NO_BOUND;
}

bool ddi_is_bound_of_page(const struct ddi_published *row,
                          struct ddi_level bound) {
  struct ddi_published page = *row;
  page.header_min = page.header_max = DDI_NO_BOUND;
  struct ddi_level of_page = ddi_published_bound(&page, false);
  return row->page_max != DDI_NO_BOUND && of_page.low == bound.low &&
         of_page.high == bound.high;
}

bool ddi_is_named(const struct ddi_published *row, const char *rule) {
  size_t length = strlen(rule);
  for (const char *at = row->rules; at && *at;) {
    const char *end = strchr(at, ' ');
    size_t here = end ? (size_t)(end - at) : strlen(at);
    if (here == length && !strncmp(at, rule, length))
      return true;
    at = end ? end + 1 : NULL;
  }
  return false;
}

const struct ddi_routine *ddi_find_routine(const char *name) {
  const struct ddi_wrapper *wrapper = ddi_find_wrapper(name);
  if (wrapper)
    return &wrapper->row;
  for (const struct ddi_routine *const *model = ddi_models; *model; model++)
    for (const struct ddi_routine *row = *model; row->name; row++)
      if (!strcmp(row->name, name))
        return row;
  return NULL;
}

enum ddi_family ddi_family_of(const struct ddi_routine *row,
                              const struct ddi_routine *macro) {
  return macro && macro->family ? macro->family : row->family;
}

const struct ddi_rule *ddi_find_rule(const char *name) {
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    if (!strcmp((*rule)->name, name))
      return *rule;
  return NULL;
}

static int compare_rule(const void *name, const void *row) {
  return strcmp(name, ((const struct ddi_published_rule *)row)->name);
}

const struct ddi_published_rule *ddi_find_published_rule(const char *name) {
  return bsearch(name, ddi_published_rules, ddi_published_rule_count,
                 sizeof *ddi_published_rules, compare_rule);
}

struct ddi_coverage ddi_coverage_of(const char *name) {
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    for (const struct ddi_covered *row = (*rule)->covers; row && row->name; row++)
      if (!strcmp(row->name, name))
        return (struct ddi_coverage){*rule, row->left_out};
  return (struct ddi_coverage){ddi_find_rule(name), NULL};
}

bool ddi_find_role(const char *name, struct ddi_role *role) {
  for (const struct ddi_role *row = ddi_roles; row->name; row++)
    if (!strcmp(row->name, name)) {
      *role = *row;
      return true;
    }
  const struct ddi_published *said = ddi_find_published_callback(name);
  if (!said)
    return false;
  const bool is_strict = false;
  struct ddi_level bound = ddi_published_bound(said, is_strict);
  *role = (struct ddi_role){
      .name = said->name,
      .irql_min = (enum ddi_irql)bound.low,
      .irql_max = (enum ddi_irql)bound.high,
      .region_unknown = 1,
      .may_hold = 1,
  };
  return true;
}

struct ddi_context ddi_role_context(const struct ddi_role *role) {
  return (struct ddi_context){
      .irql = ddi_level_between(role->irql_min, role->irql_max),
      .irql_if_asked = (int8_t)role->irql_if_asked,
      .held = role->held,
      .known = true,
      .in_critical_region = role->in_critical_region,
      .region_unknown = role->region_unknown,
      .may_hold = role->may_hold,
      .runs_alone = role->runs_alone,
  };
}

const char *ddi_role_of_function(const char *function) {
  for (const struct ddi_registration *row = ddi_registrations; row->role; row++)
    if (row->function && !strcmp(row->function, function))
      return row->role;
  return NULL;
}

const char *ddi_role_of_field(const char *field) {
  for (const struct ddi_registration *row = ddi_registrations; row->role; row++)
    if (row->field && !strcmp(row->field, field))
      return row->role;
  return NULL;
}

const char *ddi_role_of_argument(const char *registrar, unsigned argument) {
  for (const struct ddi_registration *row = ddi_registrations; row->role; row++)
    if (row->registrar && (unsigned)row->argument == argument &&
        !strcmp(row->registrar, registrar))
      return row->role;
  return NULL;
}

struct mapping {
  const unsigned char *arguments;
  unsigned count;
};

static void map(enum ddi_arg *arg, const struct mapping *to) {
  if (!*arg || *arg == DDI_RESULT || *arg == DDI_FIXED)
    return;
  unsigned index = (unsigned)*arg - 1;
  bool is_given = index < to->count && to->arguments[index];
  *arg = is_given ? (enum ddi_arg)to->arguments[index] : DDI_NOT_GIVEN;
}

static void map_arguments(struct ddi_routine *row, const struct mapping *to) {
  enum ddi_arg *of_routine[] = {&row->wait, &row->timeout, &row->flags, &row->out,
                                &row->pool};
  for (unsigned i = 0; i < sizeof of_routine / sizeof *of_routine; i++)
    map(of_routine[i], to);
  for (int i = 0; i < DDI_MAX_EFFECTS; i++) {
    struct ddi_effect *effect = &row->effects[i];
    map(&effect->object, to);
    map(&effect->owner, to);
    map(&effect->level, to);
    map(&effect->old, to);
    map(&effect->only_if, to);
    map(&effect->tag, to);
  }
  for (int i = 0; i < DDI_MAX_BOUNDS; i++)
    map(&row->bounds[i].arg, to);
}

bool ddi_wrap(struct ddi_wrapper *wrapper, const char *routine,
              const unsigned char *arguments, unsigned count) {
  const struct ddi_routine *row = ddi_find_routine(routine);
  wrapper->published = ddi_find_published(routine);
  if (!row && !wrapper->published)
    return false;
  wrapper->row = row ? *row : (struct ddi_routine){.name = wrapper->published->name};
  /* What the wrapper itself returns the analyzer does not know, and it may fail. */
  wrapper->row.observed = wrapper->row.succeeds = 0;
  const struct mapping to = {arguments, count};
  if (arguments)
    map_arguments(&wrapper->row, &to);
  return true;
}

bool ddi_may_not_fail(const struct ddi_routine *routine) {
  return routine->wait == DDI_NOT_GIVEN || routine->timeout == DDI_NOT_GIVEN;
}

static unsigned larger(unsigned most, enum ddi_arg arg) {
  bool is_counted = arg < DDI_RESULT;
  return is_counted && (unsigned)arg > most ? (unsigned)arg : most;
}

unsigned ddi_routine_arity(const struct ddi_routine *routine) {
  unsigned most = 0;
  const enum ddi_arg of_routine[] = {routine->wait, routine->timeout,
                                     routine->flags, routine->out,
                                     routine->pool};
  for (unsigned i = 0; i < sizeof of_routine / sizeof *of_routine; i++)
    most = larger(most, of_routine[i]);
  for (int i = 0; i < DDI_MAX_EFFECTS; i++) {
    const struct ddi_effect *effect = &routine->effects[i];
    most = larger(most, effect->object);
    most = larger(most, effect->owner);
    most = larger(most, effect->level);
    most = larger(most, effect->old);
    most = larger(most, effect->only_if);
    most = larger(most, effect->tag);
  }
  for (int i = 0; i < DDI_MAX_BOUNDS; i++)
    most = larger(most, routine->bounds[i].arg);
  return most;
}

uint32_t ddi_levels_outside(struct ddi_level bound) {
  uint32_t below = (1u << bound.low) - 1;
  uint32_t up_to = (2u << bound.high) - 1;
  return (below | ~up_to) & ((2u << DDI_HIGH_LEVEL) - 1);
}

bool ddi_may_be_outside(const struct ddi_context *context,
                        const struct ddi_reach *reach) {
  bool is_known = context->known || context->irql_known;
  uint32_t both = 1u << context->irql.low | 1u << context->irql.high;
  return is_known && (reach->levels & both) == both;
}

static uint32_t bounded_levels(const struct ddi_routine *routine,
                               const struct ddi_published *published) {
  uint32_t levels =
      published ? ddi_levels_outside(ddi_published_bound(published, true)) : 0;
  for (int i = 0; routine && i < DDI_MAX_BOUNDS; i++)
    if (routine->bounds[i].when)
      levels |= ddi_levels_outside(ddi_level_between(routine->bounds[i].min,
                                                     routine->bounds[i].max));
  return levels;
}

struct ddi_reach ddi_routine_reach(const struct ddi_routine *routine,
                                   const struct ddi_published *published) {
  struct ddi_reach reach = {.levels = bounded_levels(routine, published)};
  if (!routine)
    return reach;
  for (int i = 0; i < DDI_MAX_EFFECTS && routine->effects[i].op; i++) {
    reach.ops |= (uint32_t)routine->effects[i].op;
    if (routine->effects[i].kind)
      reach.kinds |= 1u << routine->effects[i].kind;
  }
  if (routine->query == DDI_CURRENT_IRQL)
    reach.ops |= DDI_USE;
  return reach;
}

const char *ddi_note(const struct ddi_event *event) {
  static const struct {
    enum ddi_op op;
    enum ddi_mode mode;
    const char *text;
  } notes[] = {
      {DDI_ENTER_CRITICAL, DDI_ANY_MODE, "'%c' enters a critical region"},
      {DDI_LEAVE_CRITICAL, DDI_ANY_MODE, "'%c' leaves the critical region"},
      {DDI_ENTER_GUARDED, DDI_ANY_MODE, "'%c' enters a guarded region"},
      {DDI_LEAVE_GUARDED, DDI_ANY_MODE, "'%c' leaves the guarded region"},
      {DDI_RAISE, DDI_ANY_MODE, "'%c' raises the IRQL to %l"},
      {DDI_LOWER, DDI_ANY_MODE, "'%c' lowers the IRQL to %l"},
      {DDI_ACQUIRE, DDI_SHARED, "'%o' is acquired shared"},
      {DDI_ACQUIRE, DDI_EXCLUSIVE, "'%o' is acquired exclusive"},
      {DDI_ACQUIRE, DDI_ANY_MODE, "'%o' is acquired"},
      {DDI_RELEASE, DDI_ANY_MODE, "'%o' is released"},
      {DDI_RELEASE_FOR, DDI_ANY_MODE, "'%o' is released"},
      {DDI_CONVERT, DDI_EXCLUSIVE, "'%o' is converted to exclusive"},
      {DDI_CONVERT, DDI_ANY_MODE, "'%o' is converted to shared"},
      {DDI_TRANSFER, DDI_ANY_MODE, "The ownership of '%o' is transferred"},
      {DDI_INIT, DDI_ANY_MODE, "'%o' is initialised"},
      {DDI_REINIT, DDI_ANY_MODE, "'%o' is initialised again"},
      {DDI_DELETE, DDI_ANY_MODE, "'%o' is deleted"},
      {DDI_SIGNAL_WAIT, DDI_ANY_MODE,
       "'%c' keeps the IRQL raised for the wait that must follow"},
      {DDI_WAIT, DDI_ANY_MODE, "'%c' waits"},
      {DDI_ALLOCATE, DDI_ANY_MODE, "Memory is allocated"},
      {DDI_ZERO, DDI_ANY_MODE, "Memory is zeroed"},
      {DDI_FREE, DDI_ANY_MODE, "Memory is freed"},
      {0, DDI_ANY_MODE, NULL}};
  if (event->kind == DDI_LOCK_HANDLE) /* its lock has the note */
    return NULL;
  if (event->kind == DDI_IRP)
    return event->op == DDI_TRANSFER ? "'%c' puts the IRP in a queue" : NULL;
  for (int i = 0; notes[i].op; i++)
    if (notes[i].op == event->op &&
        (!notes[i].mode || notes[i].mode == event->mode))
      return notes[i].text;
  return NULL;
}

const struct ddi_routine *ddi_release_for_mode(enum ddi_kind kind,
                                               enum ddi_family family,
                                               enum ddi_mode mode) {
  for (const struct ddi_routine *const *model = ddi_models; *model; model++)
    for (const struct ddi_routine *row = *model; row->name; row++)
      if (row->effects[0].op == DDI_RELEASE && row->effects[0].kind == kind &&
          row->family == family && row->effects[0].mode == mode)
        return row;
  return NULL;
}
