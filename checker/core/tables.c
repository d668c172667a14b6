/* Finding rows in the tables. */
#include "ddi_core.h"
#include <string.h>

const struct ddi_routine *ddi_find_routine(const char *name) {
  for (const struct ddi_routine *const *model = ddi_models; *model; model++)
    for (const struct ddi_routine *row = *model; row->name; row++)
      if (!strcmp(row->name, name))
        return row;
  return NULL;
}

const struct ddi_rule *ddi_find_rule(const char *name) {
  for (const struct ddi_rule *const *rule = ddi_rules; *rule; rule++)
    if (!strcmp((*rule)->name, name))
      return *rule;
  return NULL;
}

const struct ddi_role *ddi_find_role(const char *type_name) {
  for (const struct ddi_role *role = ddi_roles; role->name; role++)
    if (!strcmp(role->name, type_name))
      return role;
  return NULL;
}

const struct ddi_role *ddi_find_role_of_field(const char *field) {
  for (const struct ddi_role *role = ddi_roles; role->name; role++)
    if (role->field && !strcmp(role->field, field))
      return role;
  return NULL;
}

const struct ddi_role *ddi_find_role_of_argument(const char *registrar,
                                                 unsigned argument) {
  for (const struct ddi_role *role = ddi_roles; role->name; role++)
    if (role->registrar && role->argument == argument &&
        !strcmp(role->registrar, registrar))
      return role;
  return NULL;
}

struct ddi_context ddi_role_context(const struct ddi_role *role) {
  return (struct ddi_context){
      .irql = {(int8_t)role->irql_min, (int8_t)role->irql_max},
      .known = true,
      .in_critical_region = role->in_critical_region,
      .region_unknown = role->region_unknown,
      .may_hold = role->may_hold,
  };
}

unsigned ddi_routine_arity(const struct ddi_routine *routine) {
  unsigned args[5 + 3 * DDI_MAX_EFFECTS] = {routine->wait, routine->timeout,
                                            routine->flags, routine->out,
                                            routine->pool};
  for (int i = 0; i < DDI_MAX_EFFECTS; i++) {
    args[5 + 3 * i] = routine->effects[i].object;
    args[6 + 3 * i] = routine->effects[i].owner;
    args[7 + 3 * i] = routine->effects[i].level;
  }
  unsigned most = 0;
  for (unsigned i = 0; i < sizeof args / sizeof *args; i++)
    most = args[i] > most ? args[i] : most;
  return most;
}

struct ddi_reach ddi_routine_reach(const struct ddi_routine *routine) {
  struct ddi_reach reach = {0, 0, 0};
  for (int i = 0; i < DDI_MAX_EFFECTS && routine->effects[i].op; i++) {
    reach.ops |= (uint32_t)routine->effects[i].op;
    if (routine->effects[i].kind)
      reach.kinds |= 1u << routine->effects[i].kind;
  }
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
      {DDI_RAISE, DDI_ANY_MODE, "'%c' raises the IRQL"},
      {DDI_LOWER, DDI_ANY_MODE, "'%c' lowers the IRQL"},
      {DDI_ACQUIRE, DDI_SHARED, "'%o' is acquired shared"},
      {DDI_ACQUIRE, DDI_EXCLUSIVE, "'%o' is acquired exclusive"},
      {DDI_RELEASE, DDI_ANY_MODE, "'%o' is released"},
      {DDI_RELEASE_FOR, DDI_ANY_MODE, "'%o' is released"},
      {DDI_CONVERT, DDI_ANY_MODE, "'%o' is converted to shared"},
      {DDI_TRANSFER, DDI_ANY_MODE, "The ownership of '%o' is transferred"},
      {DDI_INIT, DDI_ANY_MODE, "'%o' is initialised"},
      {DDI_REINIT, DDI_ANY_MODE, "'%o' is initialised again"},
      {DDI_DELETE, DDI_ANY_MODE, "'%o' is deleted"},
      {DDI_ALLOCATE, DDI_ANY_MODE, "Memory is allocated"},
      {DDI_ZERO, DDI_ANY_MODE, "Memory is zeroed"},
      {0, DDI_ANY_MODE, NULL}};
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
