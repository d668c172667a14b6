/* The tables as tables: slips that no compiler sees. */
#include "ddi_core.h"
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* "wdm/critical_regions.c", ..., in the order of the registry, from CMake. */
static const char *const rule_files[] = {DDI_RULE_FILES};
enum { RULE_FILES = sizeof rule_files / sizeof *rule_files };

enum {
  REGION_OPS = DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL | DDI_ENTER_GUARDED |
               DDI_LEAVE_GUARDED,
  LEVEL_OPS = DDI_RAISE | DDI_LOWER,
  WAIT_OPS = DDI_SIGNAL_WAIT | DDI_WAIT,
  /* Not made by a routine's row: by the engine. */
  ENGINE_OPS = DDI_EXIT | DDI_SIBLING_EXIT | DDI_CALL | DDI_SCOPE_END |
               DDI_RUN_PAGED,
  /* Events that come without a call. */
  SILENT_OPS = DDI_EXIT | DDI_SIBLING_EXIT | DDI_SCOPE_END | DDI_KEEP_CONTRACT,
  /* Of a lock that an annotation names, of whatever kind. */
  DEMAND_OPS = DDI_REQUIRE_HELD | DDI_REQUIRE_FREE,
  /* Judged for objects of the state, not for one of the event. */
  OTHERS_OPS = DDI_EXIT | DDI_SIBLING_EXIT | DDI_KEEP_CONTRACT | DDI_FREE |
               DDI_SCOPE_END | DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED,
  ALL_OPS = 2 * DDI_RUN_PAGED - 1
};

#define OBJECT_FACTS                                                           \
  (DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE |            \
   DDI_TRANSFERRED | DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED |        \
   DDI_DELETED | DDI_ON_STACK | DDI_PAGED | DDI_WAITS | DDI_OTHER_THREAD |     \
   DDI_OWNER_DIFFERS | DDI_OWNER_ON_STACK | DDI_OWNER_UNTAGGED |               \
   DDI_OWNER_ENDS | DDI_UNKNOWN_FLAGS | DDI_OTHER_FORM | DDI_OTHER_FAMILY)

#define MOST_ARGUMENTS 16

#define FOR_RULES(rule)                                                        \
  for (const struct ddi_rule *const *rule##_at = ddi_rules, *rule;             \
       (rule = *rule##_at); rule##_at++)
#define FOR_ROWS(rule, row)                                                    \
  for (const struct ddi_obligation *row = (rule)->obligations; row->at; row++)
#define FOR_ROUTINES(row)                                                      \
  for (const struct ddi_routine *const *row##_of = ddi_models; *row##_of;      \
       row##_of++)                                                             \
    for (const struct ddi_routine *row = *row##_of; row->name; row++)
#define FOR_EFFECTS(row, effect)                                               \
  for (const struct ddi_effect *effect = (row)->effects;                       \
       effect < (row)->effects + DDI_MAX_EFFECTS && effect->op; effect++)

#define CHECK(truth, what, ...)                                                \
  do {                                                                         \
    if (!(truth)) {                                                            \
      print_error("%s: ", what);                                               \
      fail_msg(__VA_ARGS__);                                                   \
    }                                                                          \
  } while (0)

static bool is_one_bit(unsigned bits) { return bits && !(bits & (bits - 1)); }

static bool is_identifier(const char *name) {
  if (!isalpha((unsigned char)*name) && *name != '_')
    return false;
  for (; *name; name++)
    if (!isalnum((unsigned char)*name) && *name != '_')
      return false;
  return true;
}

static bool ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && !strcmp(text + length - tail, end);
}

static bool is_sentence_without_stop(const char *text) {
  return *text && !isspace((unsigned char)*text) && !ends_with(text, ".") &&
         !ends_with(text, " ") && !strchr(text, '\n') && !strstr(text, "  ");
}

/* ---- Routines --------------------------------------------------------------- */

static void no_routine_has_two_rows(void **unused) {
  (void)unused;
  FOR_ROUTINES(a) FOR_ROUTINES(b)
    CHECK(a == b || strcmp(a->name, b->name), a->name, "has two rows");
}

static void routines_are_identifiers(void **unused) {
  (void)unused;
  FOR_ROUTINES(row)
    CHECK(is_identifier(row->name), row->name, "is no identifier");
}

static void every_model_has_rows(void **unused) {
  (void)unused;
  for (const struct ddi_routine *const *model = ddi_models; *model; model++)
    assert_non_null((*model)->name);
}

static void every_row_says_something(void **unused) {
  (void)unused;
  FOR_ROUTINES(row)
    CHECK(row->effects[0].op || row->query || row->raises || row->may_raise ||
              row->stops || row->out,
          row->name, "does nothing");
}

static void effects_have_no_holes(void **unused) {
  (void)unused;
  static const struct ddi_effect none;
  FOR_ROUTINES(row) {
    bool has_ended = false;
    for (int i = 0; i < DDI_MAX_EFFECTS; i++) {
      const struct ddi_effect *effect = &row->effects[i];
      CHECK(effect->op || !memcmp(effect, &none, sizeof none), row->name,
            "effect %d has no operation", i);
      CHECK(!effect->op || !has_ended, row->name, "effect %d is never reached",
            i);
      has_ended |= !effect->op;
    }
  }
}

static void an_effect_is_one_operation(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    CHECK(is_one_bit(effect->op), row->name, "two operations in one effect");
    CHECK(!(effect->op & ENGINE_OPS), row->name,
          "an operation that only the engine makes");
  }
}

/* A field that the operation does not read, or lacks one that it needs: mostly a
   value that slipped by one place in a row without designators. */
static void effects_have_the_fields_of_their_operation(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    bool is_of_thread = effect->op & (REGION_OPS | LEVEL_OPS | WAIT_OPS);
    bool has_owner = effect->op & (DDI_TRANSFER | DDI_RELEASE_FOR) &&
                     effect->kind == DDI_ERESOURCE;
    bool may_have_handle = effect->op & (DDI_ACQUIRE | DDI_RELEASE);
    bool is_of_all = effect->op == DDI_TRANSFER && !has_owner;
    CHECK(effect->kind >= 0 && effect->kind < DDI_KINDS, row->name, "kind");
    CHECK(is_of_thread == (effect->kind == DDI_NO_OBJECT), row->name,
          "a kind for objects, none for the thread");
    CHECK(!(effect->op & (REGION_OPS | WAIT_OPS)) || !effect->object, row->name,
          "an object that nothing happens to");
    CHECK(is_of_thread || effect->object || effect->op == DDI_ALLOCATE ||
              (effect->op == DDI_RELEASE && effect->owner) || is_of_all,
          row->name, "which argument is the object?");
    CHECK(effect->op != DDI_ALLOCATE || !effect->object, row->name,
          "what is allocated is the result");
    CHECK((effect->kind == DDI_STORAGE) ==
              !!(effect->op & (DDI_ALLOCATE | DDI_FREE | DDI_ZERO)),
          row->name, "storage is allocated, freed and zeroed, nothing else");
    const ddi_kind_set modeless =
        DDI_KIND(DDI_LOCK) | DDI_KIND(DDI_LOCK_HANDLE) | DDI_OF_REQUESTS;
    bool has_mode = effect->op == DDI_ACQUIRE && !(modeless & DDI_KIND(effect->kind));
    CHECK(has_mode ? effect->mode != DDI_ANY_MODE
                   : effect->op & (DDI_RELEASE | DDI_CONVERT) || !effect->mode,
          row->name, "an acquisition has a mode, other things have none");
    CHECK(!!effect->owner == has_owner || may_have_handle, row->name, "owner");
    CHECK(!effect->name == (effect->object != DDI_FIXED), row->name,
          "what has a name is no argument");
    CHECK(!effect->equals || effect->only_if, row->name, "what equals that?");
    CHECK(!effect->tag || effect->kind == DDI_REMOVE_LOCK, row->name, "tag");
    CHECK(!effect->owner || effect->owner != effect->object, row->name,
          "one argument is the object and its owner");
    CHECK(!effect->only_if || effect->equals || effect->op == DDI_SIGNAL_WAIT,
          row->name,
          ".only_if of what happens always");
  }
}

/* Where a raise goes and where it puts the old level; what a lower brings back. */
static void levels_have_a_place(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    bool is_raise = effect->op == DDI_RAISE, is_lower = effect->op == DDI_LOWER;
    CHECK(is_raise || (!effect->to && !effect->up_to && !effect->old), row->name,
          "fields of a raise");
    CHECK(is_raise || is_lower || !effect->level, row->name, "level");
    CHECK(!is_raise || !effect->level != !(effect->to || effect->up_to),
          row->name, "raises to which level?");
    CHECK(!effect->up_to || effect->up_to > effect->to, row->name,
          "the highest level is not above the lowest");
    CHECK(!is_raise || effect->old || effect->object, row->name,
          "where does the old level go?");
    CHECK(!effect->level || effect->level != effect->object, row->name,
          "one argument is the level and what keeps it");
  }
}

static void bounds_fit_their_case(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) {
    const struct ddi_bound *before = NULL;
    for (int i = 0; i < DDI_MAX_BOUNDS; i++) {
      const struct ddi_bound *bound = &row->bounds[i];
      CHECK(bound->when || (!bound->arg && !bound->min && !bound->max), row->name,
            "a bound without its case");
      CHECK(!bound->when || i == 0 || before, row->name, "a hole in the bounds");
      if (!bound->when)
        continue;
      CHECK((bound->when == DDI_IN_ANY_CASE) == !bound->arg, row->name,
            "a bound's argument");
      CHECK(bound->min <= bound->max && bound->max <= DDI_HIGH_LEVEL, row->name,
            "the lowest IRQL is above the highest");
      CHECK(!before || bound->max < before->max || bound->min > before->min,
            row->name, "a later bound that says no more");
      before = bound;
    }
  }
}

static void arguments_can_be_counted(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) {
    const enum ddi_arg args[] = {row->wait, row->timeout, row->flags, row->out,
                                 row->pool};
    for (size_t i = 0; i < sizeof args / sizeof *args; i++)
      CHECK(args[i] <= MOST_ARGUMENTS, row->name, "argument %d", (int)args[i]);
    FOR_EFFECTS(row, effect)
      CHECK((effect->object <= MOST_ARGUMENTS || effect->object == DDI_FIXED) &&
                effect->owner <= MOST_ARGUMENTS &&
                effect->level <= MOST_ARGUMENTS &&
                (effect->old <= MOST_ARGUMENTS || effect->old == DDI_RESULT) &&
                effect->only_if <= MOST_ARGUMENTS,
            row->name, "an argument of an effect");
    for (int i = 0; i < DDI_MAX_BOUNDS; i++)
      CHECK(row->bounds[i].arg <= MOST_ARGUMENTS, row->name,
            "an argument of a bound");
  }
}

static void conditions_fit_each_other(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) {
    CHECK(!row->wait || row->when == DDI_IF_TRUE, row->name,
          ".wait without .when = DDI_IF_TRUE");
    CHECK(!row->timeout || row->when == DDI_IF_SUCCESS, row->name,
          ".timeout without .when = DDI_IF_SUCCESS");
    CHECK(!row->when || row->effects[0].op, row->name, ".when of nothing");
    CHECK(!!row->flags || !row->flags_known, row->name, ".flags");
    CHECK(!row->pool || row->effects[0].op == DDI_ALLOCATE, row->name,
          "a pool, but nothing is allocated");
    CHECK(!row->zeroed || row->effects[0].op == DDI_ALLOCATE, row->name,
          "zeroed, but nothing is allocated");
    CHECK(!row->unless_zeroed || (row->pool && row->zeroed), row->name,
          ".unless_zeroed");
    CHECK(!row->pool == !row->paged_mask &&
              !(row->paged_value & ~row->paged_mask),
          row->name, ".paged_mask and .paged_value");
    CHECK(row->raises + row->may_raise + row->stops <= 1, row->name,
          "raises, may raise, stops: one of them");
    bool has_object = false;
    FOR_EFFECTS(row, effect)
      has_object |= effect->kind && effect->object;
    CHECK(!row->pointee || has_object, row->name, ".pointee");
  }
}

static void queries_name_what_they_ask_about(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) {
    bool is_of_lock =
        row->query == DDI_IS_HELD || row->query == DDI_IS_HELD_EXCLUSIVE;
    CHECK(!is_of_lock || row->effects[0].op == DDI_USE, row->name,
          "the question is no use of the object");
    CHECK(!row->query || !row->effects[0].op || row->effects[0].op == DDI_USE,
          row->name, "a question changes nothing");
  }
}

/* The family is what rules choose by, and the name tells it. */
static void families_fit_names(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    if (effect->kind != DDI_ERESOURCE && effect->kind != DDI_PUSH_LOCK)
      continue;
    bool is_flt = !strncmp(row->name, "Flt", 3);
    CHECK(row->family == (is_flt ? DDI_FLT : DDI_EX), row->name, "family");
  }
}

/* Modes and operations that the name tells. */
static void effects_fit_names(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    const char *name = row->name;
    bool shares = strstr(name, "Shared") && !strstr(name, "ToShared") &&
                  !strstr(name, "ConvertShared");
    bool excludes = strstr(name, "Exclusive") && !shares;
    bool is_of_all = effect->op == DDI_TRANSFER && !effect->object;
    if (effect->op == DDI_ACQUIRE && (shares || excludes))
      CHECK(effect->mode == (shares ? DDI_SHARED : DDI_EXCLUSIVE), name, "mode");
    if (effect->op == DDI_RELEASE && effect->mode && (shares || excludes))
      CHECK(effect->mode == (shares ? DDI_SHARED : DDI_EXCLUSIVE), name, "mode");
    if (strstr(name, "Acquire") && !strstr(name, "IsResourceAcquired") &&
        !is_of_all && !(DDI_OF_REQUESTS & DDI_KIND(effect->kind)))
      CHECK(effect->op & (DDI_ACQUIRE | DDI_ENTER_CRITICAL | DDI_ENTER_GUARDED |
                          DDI_RAISE),
            name, "acquires nothing");
    if (strstr(name, "Release") && !is_of_all &&
        !(DDI_OF_REQUESTS & DDI_KIND(effect->kind)))
      CHECK(effect->op & (DDI_RELEASE | DDI_RELEASE_FOR | DDI_LEAVE_CRITICAL |
                          DDI_LEAVE_GUARDED | DDI_LOWER | DDI_SIGNAL_WAIT),
            name, "releases nothing");
  }
}

/* Regions too: a leave of the wrong kind is a counter that is off by one. */
static void regions_fit_names(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect) {
    if (!(effect->op & REGION_OPS))
      continue;
    bool is_guarded = strstr(row->name, "Guarded");
    bool is_way_out =
        strstr(row->name, "Leave") || strstr(row->name, "Release");
    enum ddi_op in = is_guarded ? DDI_ENTER_GUARDED : DDI_ENTER_CRITICAL;
    enum ddi_op out = is_guarded ? DDI_LEAVE_GUARDED : DDI_LEAVE_CRITICAL;
    CHECK(effect->op == (is_way_out ? out : in), row->name, "region");
  }
}

/* In before the lock, out behind it. */
static void regions_enclose_locks(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) {
    unsigned before = 0;
    FOR_EFFECTS(row, effect) {
      CHECK(!(effect->op & (DDI_ENTER_CRITICAL | DDI_ENTER_GUARDED)) ||
                !(before & DDI_ACQUIRE),
            row->name, "acquires before it enters");
      CHECK(effect->op != DDI_RELEASE ||
                !(before & (DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED)),
            row->name, "leaves before it releases");
      before |= effect->op;
    }
  }
}

static bool can_happen(enum ddi_op op, enum ddi_kind kind, enum ddi_mode mode,
                       enum ddi_family family) {
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect)
    if (effect->op == op && (!kind || effect->kind == kind) &&
        (!mode || effect->mode == mode) && (!family || row->family == family))
      return true;
  return false;
}

static void what_is_acquired_can_be_released(void **unused) {
  (void)unused;
  FOR_ROUTINES(row) FOR_EFFECTS(row, effect)
    if (effect->op == DDI_ACQUIRE)
      CHECK(can_happen(DDI_RELEASE, effect->kind, effect->mode, row->family) ||
                can_happen(DDI_RELEASE, effect->kind, DDI_ANY_MODE, row->family),
            row->name, "nothing releases what it acquires");
}

/* ---- Roles and types ----------------------------------------------------------- */

static void roles_are_unique(void **unused) {
  (void)unused;
  for (const struct ddi_role *a = ddi_roles; a->name; a++)
    for (const struct ddi_role *b = a + 1; b->name; b++)
      CHECK(strcmp(a->name, b->name), a->name, "has two rows");
}

static void roles_are_whole(void **unused) {
  (void)unused;
  for (const struct ddi_role *role = ddi_roles; role->name; role++) {
    CHECK(is_identifier(role->name), role->name, "is no identifier");
    CHECK(role->irql_min <= role->irql_max, role->name,
          "the lowest IRQL is above the highest");
    CHECK(!role->irql_if_asked || role->irql_if_asked > role->irql_max,
          role->name, "nothing is learnt by asking for the level");
    CHECK(!role->in_critical_region || !role->region_unknown, role->name,
          "its region is known and not known");
    CHECK(!role->in_critical_region || role->irql_min <= DDI_APC_LEVEL,
          role->name, "a region above APC_LEVEL");
    CHECK(!role->held.must_release ||
              (role->irql_min == DDI_DISPATCH_LEVEL &&
               role->irql_max == DDI_DISPATCH_LEVEL),
          role->name, "a spin lock below DISPATCH_LEVEL");
  }
}

static void registrations_are_whole(void **unused) {
  (void)unused;
  for (const struct ddi_registration *a = ddi_registrations; a->role; a++) {
    struct ddi_role role;
    CHECK(ddi_find_role(a->role, &role), a->role, "is no role");
    CHECK(!!a->function + !!a->field + !!a->registrar == 1, a->role,
          "is registered in no way, or in several");
    CHECK(is_identifier(a->function    ? a->function
                        : a->registrar ? a->registrar
                                       : a->field),
          a->role, "is registered by what is no identifier");
    CHECK(!a->registrar == !a->argument, a->role,
          "a registrar and its argument belong together");
    CHECK(a->argument <= MOST_ARGUMENTS, a->role, "argument");
    for (const struct ddi_registration *b = a + 1; b->role; b++) {
      CHECK(!a->function || !b->function || strcmp(a->function, b->function),
            a->role, "shares its function with %s", b->role);
      CHECK(!a->field || !b->field || strcmp(a->field, b->field), a->role,
            "shares its member with %s", b->role);
      CHECK(!a->registrar || !b->registrar ||
                strcmp(a->registrar, b->registrar) || a->argument != b->argument,
            a->role, "shares its registrar with %s", b->role);
    }
  }
}

static void roles_are_found_by_name(void **unused) {
  (void)unused;
  struct ddi_role role;
  assert_true(ddi_find_role("KSTART_ROUTINE", &role));
  assert_string_equal(role.name, "KSTART_ROUTINE");
  assert_true(role.in_critical_region);
  struct ddi_context context = ddi_role_context(&role);
  assert_true(context.known && context.in_critical_region);
  assert_true(ddi_find_role("DRIVER_CANCEL", &role) && role.held.must_release);
  assert_true(ddi_role_context(&role).held.must_release);
  assert_true(ddi_find_role("DRIVER_DISPATCH", &role));
  assert_int_equal(role.irql_max, DDI_PASSIVE_LEVEL);
  assert_int_equal(ddi_role_context(&role).irql_if_asked, DDI_DISPATCH_LEVEL);
  assert_false(ddi_find_role("DRIVER_DISPATC", &role));
  assert_false(ddi_find_role("", &role));
}

/* Of these, no more is known than the level. */
static void published_callbacks_are_roles(void **unused) {
  (void)unused;
  for (unsigned i = 0; i < ddi_published_callback_count; i++) {
    const struct ddi_published *row = &ddi_published_callbacks[i];
    struct ddi_role role;
    CHECK(!i || strcmp(row[-1].name, row->name) < 0, row->name,
          "is out of order");
    CHECK(ddi_find_role(row->name, &role), row->name, "is not found");
    CHECK(!strcmp(role.name, row->name), row->name, "is found as another");
    CHECK(role.irql_min <= role.irql_max, row->name, "bounds");
  }
  struct ddi_role role;
  assert_true(ddi_find_role("PCREATE_THREAD_NOTIFY_ROUTINE", &role));
  assert_int_equal(role.irql_min, DDI_PASSIVE_LEVEL);
  assert_int_equal(role.irql_max, DDI_APC_LEVEL);
  assert_true(role.region_unknown && role.may_hold);
}

static void roles_are_found_by_registration(void **unused) {
  (void)unused;
  assert_string_equal(ddi_role_of_function("DriverEntry"), "DRIVER_INITIALIZE");
  assert_null(ddi_role_of_function("Driver"));
  assert_string_equal(ddi_role_of_field("MajorFunction"), "DRIVER_DISPATCH");
  assert_null(ddi_role_of_field("DriverEntry"));
  assert_string_equal(ddi_role_of_argument("PsCreateSystemThread", 6),
                      "KSTART_ROUTINE");
  assert_null(ddi_role_of_argument("PsCreateSystemThread", 5));
  assert_null(ddi_role_of_argument("MajorFunction", 0));
}

static void levels_have_names(void **unused) {
  (void)unused;
  assert_string_equal(ddi_level_name(DDI_PASSIVE_LEVEL), "PASSIVE_LEVEL");
  assert_string_equal(ddi_level_name(DDI_DISPATCH_LEVEL), "DISPATCH_LEVEL");
  assert_string_equal(ddi_level_name(DDI_DIRQL), "DIRQL");
  assert_string_equal(ddi_level_name(DDI_HIGH_LEVEL), "HIGH_LEVEL");
}

static void miniports_are_told_apart(void **unused) {
  (void)unused;
  bool seen[2] = {false, false};
  for (const struct ddi_miniport *a = ddi_miniports; a->registrar; a++) {
    seen[a->is_virtual] = true;
    CHECK(is_identifier(a->registrar) && is_identifier(a->pointee) &&
              a->argument && a->argument <= MOST_ARGUMENTS,
          a->registrar, "row");
    for (const struct ddi_miniport *b = a + 1; b->registrar; b++)
      CHECK(strcmp(a->registrar, b->registrar) || strcmp(a->pointee, b->pointee),
            a->pointee, "has two rows");
  }
  assert_true(seen[false] && seen[true]);
}

static void object_types_are_unique(void **unused) {
  (void)unused;
  for (const struct ddi_object_type *a = ddi_object_types; a->kind; a++) {
    CHECK(a->kind < DDI_KINDS && is_identifier(a->name), a->name, "row");
    for (const struct ddi_object_type *b = a + 1; b->kind; b++)
      CHECK(strcmp(a->name, b->name), a->name, "has two rows");
  }
}

static void prohibited_names_are_sorted(void **unused) {
  (void)unused;
  unsigned count = 0;
  for (const char *const *name = ddi_storport_prohibited; *name; name++) {
    CHECK(is_identifier(*name), *name, "is no identifier");
    CHECK(!count++ || strcmp(name[-1], *name) < 0, *name, "is out of order");
  }
  assert_true(count > 400);
}

/* "wdm.PushLock storport.WithinCriticalRegion": sorted, after a framework. */
static void check_published_rules(const struct ddi_published *row) {
  static const char *const frameworks[] = {"audio.", "kmdf.",     "ks.",
                                           "ndis.",  "storport.", "wdm."};
  char last[128] = "";
  for (const char *rule = row->rules; *rule; rule += *rule == ' ') {
    char name[128] = "";
    size_t length = strcspn(rule, " ");
    CHECK(length && length < sizeof name, row->name, "has a hole in its rules");
    memcpy(name, rule, length);
    CHECK(strcmp(last, name) < 0, row->name, "'%s' is out of order", name);
    bool is_known = false;
    for (size_t i = 0; i < sizeof frameworks / sizeof *frameworks; i++)
      is_known |= !strncmp(name, frameworks[i], strlen(frameworks[i]));
    CHECK(is_known, row->name, "'%s' has no framework", name);
    CHECK(is_identifier(strchr(name, '.') + 1), row->name, "'%s'", name);
    strcpy(last, name);
    rule += length;
  }
}

static bool are_bounds(int low, int high) {
  if (low == DDI_NO_BOUND || high == DDI_NO_BOUND)
    return low >= DDI_NO_BOUND && high >= DDI_NO_BOUND;
  return DDI_PASSIVE_LEVEL <= low && low <= high && high <= DDI_HIGH_LEVEL;
}

static void check_published(const struct ddi_published *rows, unsigned count) {
  for (const struct ddi_published *row = rows; row < rows + count; row++) {
    CHECK(is_identifier(row->name), row->name, "is no identifier");
    CHECK(row == rows || strcmp(row[-1].name, row->name) < 0, row->name,
          "is out of order");
    CHECK(!row->page || strchr(row->page, '/'), row->name, "page");
    CHECK(are_bounds(row->page_min, row->page_max), row->name, "page's IRQL");
    CHECK(are_bounds(row->header_min, row->header_max), row->name,
          "header's IRQL");
    CHECK(row->special_apcs <= 1, row->name, "special APCs");
    check_published_rules(row);
  }
}

static void what_is_published_is_sorted_and_whole(void **unused) {
  (void)unused;
  assert_true(ddi_published_routine_count > 4000);
  assert_true(ddi_published_callback_count > 1000);
  check_published(ddi_published_routines, ddi_published_routine_count);
  check_published(ddi_published_callbacks, ddi_published_callback_count);
}

static void rules_of_microsoft_are_sorted_and_whole(void **unused) {
  (void)unused;
  assert_true(ddi_published_rule_count > 400);
  for (unsigned i = 0; i < ddi_published_rule_count; i++) {
    const struct ddi_published_rule *row = &ddi_published_rules[i];
    CHECK(!i || strcmp(row[-1].name, row->name) < 0, row->name,
          "is out of order");
    CHECK(strchr(row->name, '.') && is_identifier(strchr(row->name, '.') + 1),
          row->name, "is no framework and name");
    CHECK(isupper((unsigned char)*row->statement) && ends_with(row->statement, "."),
          row->name, "the statement is no sentence");
    CHECK(*row->page && !strpbrk(row->page, "./ "), row->name, "page");
    assert_ptr_equal(ddi_find_published_rule(row->name), row);
  }
  assert_null(ddi_find_published_rule("wdm.PushLock"));
}

/* ---- Rules ---------------------------------------------------------------------- */

static bool is_whole_code(const char *code) {
  return ends_with(code, ";\n") || ends_with(code, "*/\n") ||
         ends_with(code, "}\n");
}

static void rules_are_whole(void **unused) {
  (void)unused;
  FOR_RULES(rule) {
    assert_non_null(rule->name);
    CHECK(rule->summary && rule->text && rule->url && rule->bad && rule->good &&
              rule->obligations,
          rule->name, "lacks a field");
    CHECK(is_sentence_without_stop(rule->summary), rule->name, "summary");
    CHECK(strlen(rule->summary) <= 130, rule->name, "the summary is long");
    CHECK(isupper((unsigned char)*rule->text) && ends_with(rule->text, "."),
          rule->name, "the text is no sentence");
    CHECK(!strstr(rule->text, "  "), rule->name, "two blanks in the text");
    CHECK(!strncmp(rule->url, "https://learn.microsoft.com/", 28) &&
              !strchr(rule->url, ' '),
          rule->name, "url");
    CHECK(is_whole_code(rule->bad),
          rule->name, "the bad code has no end");
    CHECK(is_whole_code(rule->good),
          rule->name, "the good code has no end");
    CHECK(strcmp(rule->bad, rule->good), rule->name, "bad code is good code");
    CHECK(rule->obligations->at, rule->name, "demands nothing");
  }
}

/* wdm/critical_regions.c holds wdm.CriticalRegions; abbreviations may stand in
   capitals, and NDIS has underscores. */
static void a_rule_is_named_as_its_file(void **unused) {
  (void)unused;
  int i = 0;
  FOR_RULES(rule) {
    assert_true(i < RULE_FILES);
    const char *file = rule_files[i++], *name = rule->name;
    bool starts_word = false;
    for (; *file && strcmp(file, ".c"); file++) {
      if (*file == '_') {
        starts_word = true;
        name += *name == '_';
        continue;
      }
      char wanted = *file == '/' ? '.' : *file;
      CHECK(tolower((unsigned char)*name) == wanted, rule->name, "lies in %s",
            rule_files[i - 1]);
      CHECK(!starts_word || !islower((unsigned char)*name), rule->name,
            "is not in camel case");
      starts_word = wanted == '.';
      name++;
    }
    CHECK(!*name, rule->name, "lies in %s", rule_files[i - 1]);
  }
  assert_int_equal(i, RULE_FILES);
}

static void no_two_rules_have_one_name(void **unused) {
  (void)unused;
  FOR_RULES(a) FOR_RULES(b)
    CHECK(a == b || (strcmp(a->name, b->name) && strcmp(a->summary, b->summary)),
          a->name, "has a double");
}

static void errors_are_sentences(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    assert_non_null(row->error);
    const char *text = row->error;
    CHECK(is_sentence_without_stop(text), text, "is no sentence");
    CHECK(*text == '\'' || isupper((unsigned char)*text), text,
          "starts with a small letter");
    CHECK(strchr(text, '%') || row->at & SILENT_OPS, text,
          "names neither the call nor the object");
    for (const char *c = strchr(text, '%'); c; c = strchr(c + 1, '%')) {
      bool is_quoted = c > text && c[-1] == '\'' && c[2] == '\'';
      CHECK(c[1] && strchr("colbnr", c[1]), text, "an unknown placeholder");
      CHECK(is_quoted == (c[1] == 'c' || c[1] == 'o' || c[1] == 'n'), text,
            "quotes are for names, and for names only");
    }
    CHECK(!strstr(text, "%c") || !(row->at & SILENT_OPS), text,
          "there is no call");
    bool is_of_two = row->never & DDI_ORDER_REVERSED;
    CHECK(!strstr(text, "%o") || row->kind || row->others ||
              row->at & DEMAND_OPS || is_of_two,
          text, "there is no object");
    CHECK(!(strstr(text, "%n") || strstr(text, "%r")) || is_of_two, text,
          "there are no two locks");
    CHECK(!strstr(text, "%b") || row->at == DDI_CALL, text, "there is no bound");
  }
}

static void obligations_can_happen(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, row)
    for (unsigned op = 1; op <= ALL_OPS; op <<= 1) {
      if (!(row->at & op) || op & ENGINE_OPS)
        continue;
      bool is_of_others = op & OTHERS_OPS;
      CHECK(can_happen((enum ddi_op)op,
                       is_of_others ? DDI_NO_OBJECT : row->kind, row->mode,
                       is_of_others ? DDI_ANY_FAMILY : row->family),
            row->error, "nothing does %#x", op);
    }
}

/* A row without .never is broken always, one that demands opposites never. */
static void obligations_can_be_kept_and_broken(void **unused) {
  (void)unused;
  static const ddi_fact_set opposites[] = {
      DDI_MORE_CRITICAL | DDI_LESS_CRITICAL,
      DDI_MORE_GUARDED | DDI_LESS_GUARDED,
      DDI_APCS_ENABLED | DDI_ABOVE_APC_LEVEL,
      DDI_APCS_ENABLED | DDI_ENABLES_APCS,
      DDI_NOT_HELD | DDI_HELD,
      DDI_NOT_HELD | DDI_TRANSFERRED,
      DDI_HELD | DDI_TRANSFERRED,
      DDI_HELD_SHARED | DDI_HELD_EXCLUSIVE,
      DDI_UNINITIALIZED | DDI_ZEROED,
      DDI_UNINITIALIZED | DDI_INITIALIZED,
      DDI_INITIALIZED | DDI_DELETED,
      DDI_THIS_THREAD | DDI_OTHER_THREAD,
      DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW,
      DDI_RAISES_DOWN | DDI_LOWERS_UP,
      DDI_NOT_RAISED | DDI_OTHER_LEVEL,
      DDI_IRQL_RAISED | DDI_IRQL_LOWERED,
      DDI_PHYSICAL_MINIPORT | DDI_VIRTUAL_MINIPORT};
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    ddi_fact_set never = row->never, unless = row->unless;
    CHECK(never, row->error, "is reported always");
    CHECK(!(never & unless), row->error, "is reported never");
    for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++)
      CHECK((never & opposites[i]) != opposites[i], row->error,
            "asks for opposites");
  }
}

/* Facts that nobody can prove where the row asks for them. */
static void obligations_ask_what_is_known_there(void **unused) {
  (void)unused;
  static const struct {
    ddi_fact_set facts;
    unsigned ops;
  } where[] = {
      {DDI_ENABLES_APCS, DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED},
      {DDI_WAITS, DDI_ACQUIRE},
      {DDI_OTHER_FORM | DDI_OTHER_FAMILY | DDI_HAND_OVER_HAND,
       DDI_ACQUIRE | DDI_RELEASE},
      {DDI_OTHER_THREAD | DDI_THIS_THREAD, DDI_RELEASE_FOR},
      {DDI_OWNER_DIFFERS | DDI_OWNER_ON_STACK | DDI_OWNER_UNTAGGED,
       DDI_TRANSFER | DDI_RELEASE_FOR},
      {DDI_OWNER_ENDS, DDI_FREE | DDI_SCOPE_END},
      {DDI_UNKNOWN_FLAGS, DDI_TRANSFER | DDI_ACQUIRE},
      {DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW, DDI_CALL | DDI_KEEP_CONTRACT},
      {DDI_IS_WAIT, DDI_CALL},
      {DDI_GOES_ON, DDI_RUN_PAGED},
      {DDI_DECLARES_SAME, DDI_KEEP_CONTRACT},
      {DDI_RAISES_DOWN, DDI_RAISE},
      {DDI_LOWERS_UP | DDI_NOT_RAISED | DDI_OTHER_LEVEL | DDI_LITERAL_LEVEL,
       DDI_LOWER},
      {DDI_IRQL_RAISED | DDI_IRQL_LOWERED,
       DDI_EXIT | DDI_SIBLING_EXIT | DDI_KEEP_CONTRACT},
  };
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    ddi_fact_set facts = row->never | row->unless;
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
      CHECK(!(facts & where[i].facts) || !(row->at & ~where[i].ops), row->error,
            "asks what is not known there");
    CHECK(!(facts & OBJECT_FACTS) || row->kind || row->others ||
              row->at & DEMAND_OPS,
          row->error, "a fact of an object, and no kind");
    CHECK(!row->kind || facts & (OBJECT_FACTS | DDI_APCS_ENABLED |
                                 DDI_OUTSIDE_CRITICAL | DDI_ABOVE_APC_LEVEL),
          row->error, "a kind, and nothing is asked of it");
  }
}

static void fields_of_obligations_fit(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    CHECK(row->kind < DDI_KINDS, row->error, "kind");
    CHECK(row->kind != DDI_STORAGE || !(row->at & OTHERS_OPS), row->error,
          "the kind is that of what lies in the memory");
    CHECK(!((unsigned)row->only & ~(unsigned)(DDI_SDV | DDI_STRICT)), row->error,
          ".only");
    CHECK(!row->mode || !(row->at & ~(DDI_ACQUIRE | DDI_RELEASE)), row->error,
          "a mode where there is none");
    CHECK(!row->family || row->kind, row->error, "the family of what?");
    bool is_flt = !strncmp(rule->name, "flt.", 4);
    bool may_be_flt = row->kind == DDI_ERESOURCE || row->kind == DDI_PUSH_LOCK;
    CHECK(!row->family || !may_be_flt ||
              row->family == (is_flt ? DDI_FLT : DDI_EX),
          row->error,
          "the family of another driver model");
    CHECK(!row->calls || !(row->at & SILENT_OPS), row->error,
          ".calls, and there is no call");
    CHECK(!row->named || row->at == DDI_CALL, row->error,
          ".named belongs to DDI_CALL");
    CHECK(!row->named || !row->calls, row->error, ".named and .calls");
    CHECK(!row->otherwise || row->at == DDI_CALL, row->error,
          ".otherwise belongs to DDI_CALL");
    CHECK(!row->alias || (row->alias >= 28000 && row->alias < 31000), row->error,
          ".alias");
    CHECK(!row->calls || *row->calls, row->error, "names no routine");
    CHECK(row->fix != DDI_FIX_REGION || row->at == DDI_ACQUIRE, row->error,
          "a region is entered before an acquisition");
    CHECK(row->fix != DDI_FIX_MODE ||
              (row->at == DDI_RELEASE &&
               ddi_release_for_mode(row->kind, row->family, DDI_SHARED) &&
               ddi_release_for_mode(row->kind, row->family, DDI_EXCLUSIVE)),
          row->error, "there is no release of the other mode");
  }
}

/* ---- What they cover --------------------------------------------------------- */

#define FOR_COVERED(rule, row)                                                 \
  for (const struct ddi_covered *row = (rule)->covers; row && row->name; row++)

/* Rules of ours for which Microsoft has none. */
static const char *const own_rules[] = {
    "flt.Locks",
    "sal.IrqlContract",
    "sal.LockContract",
    "wdm.DoubleExFreePool",
    "wdm.FastMutex",
    "wdm.IrqlTooHigh",
    "wdm.IrqlTooLow",
    "wdm.LockForms",
    "wdm.LockOrder",
    "wdm.Mutex",
    "wdm.PushLock",
    "wdm.ReaderWriterSpinLock",
    "wdm.ResourceLifetime",
    "wdm.ResourceOwner",
    "wdm.RundownProtection",
    "wdm.SpecialKernelApcs",
    NULL};

static bool is_own(const char *name) {
  for (const char *const *own = own_rules; *own; own++)
    if (!strcmp(*own, name))
      return true;
  return false;
}

/* Mostly its name is misspelt, or it is to go by Microsoft's. */
static void a_rule_is_published_or_our_own(void **unused) {
  (void)unused;
  FOR_RULES(rule)
    CHECK(is_own(rule->name) != !!ddi_find_published_rule(rule->name), rule->name,
          "is in one of two: the rules of Microsoft's, and own_rules");
  for (const char *const *own = own_rules; *own; own++)
    CHECK(ddi_find_rule(*own), *own, "is a rule no more");
}

static void what_is_covered_is_published_and_no_rule_itself(void **unused) {
  (void)unused;
  FOR_RULES(rule) {
    CHECK(!rule->covers || rule->covers->name, rule->name, "covers nothing");
    FOR_COVERED(rule, row) {
      bool is_itself = !strcmp(row->name, rule->name);
      CHECK(ddi_find_published_rule(row->name), row->name, "is not published");
      CHECK(is_itself || !ddi_find_rule(row->name), row->name,
            "is a rule, and %s covers it", rule->name);
      CHECK(!is_itself || row->left_out, row->name,
            "says that it covers itself, as every rule does");
      CHECK(!row->left_out || (is_sentence_without_stop(row->left_out) &&
                               strlen(row->left_out) <= 180),
            row->name, "what is left out is told in a few words");
    }
  }
}

static void no_rule_is_covered_twice(void **unused) {
  (void)unused;
  FOR_RULES(a) FOR_RULES(b) FOR_COVERED(a, one) FOR_COVERED(b, other)
    CHECK(one == other || strcmp(one->name, other->name), one->name,
          "is covered by %s and by %s", a->name, b->name);
}

static void coverage_is_found_by_name(void **unused) {
  (void)unused;
  struct ddi_coverage own = ddi_coverage_of("wdm.CriticalRegions");
  assert_ptr_equal(own.by, ddi_find_rule("wdm.CriticalRegions"));
  assert_null(own.left_out);
  struct ddi_coverage partly = ddi_coverage_of("wdm.IrqlDispatch");
  assert_ptr_equal(partly.by, ddi_find_rule("wdm.IrqlDispatch"));
  assert_non_null(partly.left_out);
  assert_ptr_equal(ddi_coverage_of("ks.KsIrqlPinCallbacks").by,
                   ddi_find_rule("wdm.IrqlReturn"));
  assert_null(ddi_coverage_of("wdm.AddDevice").by);
  assert_null(ddi_coverage_of("wdm.NoSuchRule").by);
  assert_null(ddi_coverage_of("wdm").by);
}

static bool is_bounded(const struct ddi_published *published) {
  const struct ddi_routine *row = ddi_find_routine(published->name);
  bool has_lowest = published->page_min > DDI_PASSIVE_LEVEL ||
                    published->header_min > DDI_PASSIVE_LEVEL;
  return ddi_has_bound(published) || has_lowest || (row && row->bounds[0].when);
}

static bool lists_all(const struct ddi_rule *rule) {
  FOR_ROWS(rule, row)
    if (row->named)
      return true;
  return false;
}

/* A routine whose level nobody knows is not judged, and the rule says so. */
static void routines_without_a_bound_are_left_out(void **unused) {
  (void)unused;
  FOR_RULES(rule) {
    if (!lists_all(rule))
      continue;
    const char *left_out = ddi_coverage_of(rule->name).left_out;
    for (unsigned i = 0; i < ddi_published_routine_count; i++) {
      const struct ddi_published *row = &ddi_published_routines[i];
      if (ddi_is_named(row, rule->name) && !is_bounded(row))
        CHECK(left_out, rule->name, "leaves out %s, and does not say so", row->name);
    }
  }
}

/* A rule that asks for the routines that Microsoft lists under it, and no routine
   is: mostly its name is misspelt. */
static void somebody_is_named(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    bool is_listed = !row->named;
    for (unsigned i = 0; i < ddi_published_routine_count && !is_listed; i++)
      is_listed = ddi_is_named(&ddi_published_routines[i], rule->name);
    CHECK(is_listed, rule->name, "no routine is listed under it");
  }
}

/* What a rule names in so many words exists: in the tables or on a page. */
static void routines_that_are_called_are_known(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, row) {
    if (!row->calls || row->calls == ddi_storport_prohibited)
      continue;
    for (const char *const *name = row->calls; *name; name++)
      CHECK(ddi_find_routine(*name) || ddi_find_published(*name), *name,
            "is called by no routine of the tables");
  }
}

static void no_obligation_stands_twice(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, a) FOR_ROWS(rule, b) {
    bool overlap = a != b && a->at & b->at && a->kind == b->kind &&
                   a->mode == b->mode && a->family == b->family &&
                   a->never == b->never && a->unless == b->unless &&
                   a->only == b->only && a->calls == b->calls &&
                   a->otherwise == b->otherwise;
    CHECK(!overlap, a->error, "stands twice");
  }
}

/* What a setting adds must not be what the default says already. */
static void settings_add_something(void **unused) {
  (void)unused;
  FOR_RULES(rule) FOR_ROWS(rule, always) FOR_ROWS(rule, row) {
    bool is_covered =
        row->only && !always->only && !(row->at & ~always->at) &&
        always->kind == row->kind && (!always->mode || always->mode == row->mode) &&
        (!always->family || always->family == row->family) &&
        (!always->calls || always->calls == row->calls) && !always->otherwise &&
        !(always->never & ~row->never) && !always->unless;
    CHECK(!is_covered, row->error, "is reported without the setting too");
  }
}

static struct ddi_wrapper wrap(const char *name, const char *routine,
                               const unsigned char *arguments, unsigned count) {
  struct ddi_wrapper made = {.name = name};
  assert_true(ddi_wrap(&made, routine, arguments, count));
  return made;
}

static void wrappers_are_found_as_their_routine(void **unused) {
  (void)unused;
  const unsigned char swapped[] = {3, 1}, first[] = {1}, nothing[] = {0};
  struct ddi_wrapper all[] = {
      wrap("MyLock", "KeAcquireSpinLock", swapped, 2),
      wrap("MyTake", "ExAcquireResourceExclusiveLite", first, 1),
      wrap("MyLockAll", "KeAcquireSpinLock", nothing, 0),
      wrap("MyClose", "ZwClose", NULL, 0),
      wrap("MyInit", "ExInitializeResourceLite", NULL, 0),
      {0},
  };
  assert_null(ddi_find_routine("MyLock"));
  ddi_set_wrappers(all);
  const struct ddi_routine *lock = ddi_find_routine("MyLock");
  assert_ptr_equal(lock, &ddi_find_wrapper("MyLock")->row);
  assert_string_equal(lock->name, "KeAcquireSpinLock");
  assert_int_equal(lock->effects[0].op, DDI_RAISE);
  assert_int_equal(lock->effects[0].object, 3);
  assert_int_equal(lock->effects[0].old, 1);
  assert_int_equal(ddi_routine_arity(lock), 3);
  const struct ddi_routine *take = ddi_find_routine("MyTake");
  assert_int_equal(take->effects[0].object, 1);
  assert_int_equal(take->wait, DDI_NOT_GIVEN);
  assert_int_equal(ddi_routine_arity(take), 1);
  assert_int_equal(ddi_routine_arity(ddi_find_routine("MyLockAll")), 0);
  assert_ptr_equal(ddi_find_published("MyClose"), ddi_find_published("ZwClose"));
  assert_string_equal(ddi_find_routine("MyClose")->name, "ZwClose");
  assert_int_equal(ddi_find_routine("MyClose")->effects[0].op, 0);
  assert_false(ddi_find_routine("MyInit")->succeeds);
  assert_int_equal(ddi_find_routine("KeAcquireSpinLock")->effects[0].object, 1);
  struct ddi_wrapper none = {0};
  assert_false(ddi_wrap(&none, "NoSuchRoutine", NULL, 0));
  ddi_set_wrappers(NULL);
  assert_null(ddi_find_wrapper("MyLock"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_routine_has_two_rows),
      cmocka_unit_test(routines_are_identifiers),
      cmocka_unit_test(every_model_has_rows),
      cmocka_unit_test(every_row_says_something),
      cmocka_unit_test(effects_have_no_holes),
      cmocka_unit_test(an_effect_is_one_operation),
      cmocka_unit_test(effects_have_the_fields_of_their_operation),
      cmocka_unit_test(levels_have_a_place),
      cmocka_unit_test(bounds_fit_their_case),
      cmocka_unit_test(arguments_can_be_counted),
      cmocka_unit_test(conditions_fit_each_other),
      cmocka_unit_test(queries_name_what_they_ask_about),
      cmocka_unit_test(families_fit_names),
      cmocka_unit_test(effects_fit_names),
      cmocka_unit_test(regions_fit_names),
      cmocka_unit_test(regions_enclose_locks),
      cmocka_unit_test(what_is_acquired_can_be_released),
      cmocka_unit_test(roles_are_unique),
      cmocka_unit_test(roles_are_whole),
      cmocka_unit_test(registrations_are_whole),
      cmocka_unit_test(roles_are_found_by_name),
      cmocka_unit_test(published_callbacks_are_roles),
      cmocka_unit_test(roles_are_found_by_registration),
      cmocka_unit_test(levels_have_names),
      cmocka_unit_test(miniports_are_told_apart),
      cmocka_unit_test(object_types_are_unique),
      cmocka_unit_test(prohibited_names_are_sorted),
      cmocka_unit_test(what_is_published_is_sorted_and_whole),
      cmocka_unit_test(rules_of_microsoft_are_sorted_and_whole),
      cmocka_unit_test(rules_are_whole),
      cmocka_unit_test(a_rule_is_named_as_its_file),
      cmocka_unit_test(no_two_rules_have_one_name),
      cmocka_unit_test(errors_are_sentences),
      cmocka_unit_test(obligations_can_happen),
      cmocka_unit_test(obligations_can_be_kept_and_broken),
      cmocka_unit_test(obligations_ask_what_is_known_there),
      cmocka_unit_test(fields_of_obligations_fit),
      cmocka_unit_test(a_rule_is_published_or_our_own),
      cmocka_unit_test(what_is_covered_is_published_and_no_rule_itself),
      cmocka_unit_test(no_rule_is_covered_twice),
      cmocka_unit_test(coverage_is_found_by_name),
      cmocka_unit_test(routines_without_a_bound_are_left_out),
      cmocka_unit_test(somebody_is_named),
      cmocka_unit_test(routines_that_are_called_are_known),
      cmocka_unit_test(no_obligation_stands_twice),
      cmocka_unit_test(settings_add_something),
      cmocka_unit_test(wrappers_are_found_as_their_routine),
  };
  return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
