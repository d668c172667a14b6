/* What a path knows, and how events change it. */
#include "ddi_core.h"
#include <string.h>

/* ---- Depths --------------------------------------------------------------- */

static void enter(struct ddi_depth *depth) {
  depth->low++;
  if (depth->high < DDI_MANY)
    depth->high++;
  depth->net++;
}

static void leave(struct ddi_depth *depth) {
  if (depth->low > 0)
    depth->low--;
  if (depth->high > 0 && depth->high < DDI_MANY)
    depth->high--;
  depth->net--;
}

static bool is_boundless(const struct ddi_depth *depth) {
  return depth->high == DDI_MANY;
}

static void forget_depth(struct ddi_depth *depth) {
  depth->low = 0;
  depth->high = DDI_MANY;
}

/* After a leave that undoes the path's own enter, or one it did not make, at an
   entry of which nothing was known: the driver itself says that APCs are back. */
static void believe_enabled(struct ddi_thread *thread) {
  bool is_new = !thread->wary && is_boundless(&thread->critical) &&
                  thread->critical.net <= 0 && !thread->critical.net_unknown;
  if (!is_new)
    return;
  thread->critical.low = thread->critical.high = 0;
  if (is_boundless(&thread->guarded) && thread->guarded.low == 0)
    thread->guarded.high = 0;
  bool is_level_unknown = thread->irql.low == DDI_PASSIVE_LEVEL &&
                          thread->irql.high == DDI_HIGH_LEVEL &&
                          thread->entry_irql.high == DDI_HIGH_LEVEL;
  if (is_level_unknown) {
    thread->irql.high = DDI_PASSIVE_LEVEL;
    thread->irql.assumed = 1;
  }
  thread->believed = 1;
}

/* ---- IRQL ----------------------------------------------------------------- */

/* Where the system keeps the level between a signal and the wait behind it. */
#define DISPATCHER UINTPTR_MAX
/* Where the level lies that the system saved before it entered the driver. */
#define ENTRY (UINTPTR_MAX - 1)

static bool is_exact(const struct ddi_level *level) {
  return level->low == level->high;
}

static void forget_saved(struct ddi_thread *thread) {
  memset(thread->saved, 0, sizeof thread->saved);
  thread->saved_count = 0;
  thread->saved_unknown = 1;
}

static void drop_saved(struct ddi_thread *thread, int at) {
  thread->saved_count--;
  memmove(&thread->saved[at], &thread->saved[at + 1],
          (size_t)(thread->saved_count - at) * sizeof *thread->saved);
  memset(&thread->saved[thread->saved_count], 0, sizeof *thread->saved);
}

static void save(struct ddi_thread *thread, uintptr_t value, uintptr_t keeper) {
  if (thread->saved_count == DDI_MAX_SAVED) {
    drop_saved(thread, 0);
    thread->saved_unknown = 1;
  }
  struct ddi_saved *saved = &thread->saved[thread->saved_count++];
  saved->level = thread->irql;
  saved->value = value;
  saved->keeper = keeper;
}

static void raise_irql(struct ddi_thread *thread,
                       const struct ddi_event *event) {
  int8_t before = thread->irql.low;
  save(thread, event->value, event->keeper);
  thread->irql = event->level;
  if (!is_exact(&event->level) && thread->irql.low < before)
    thread->irql.low = before;
}

/* The last raise that put the old level there; -1 if there is none. */
static int find_value(const struct ddi_thread *thread, uintptr_t value) {
  for (int i = value ? thread->saved_count - 1 : -1; i >= 0; i--)
    if (thread->saved[i].value == value)
      return i;
  return -1;
}

static int find_keeper(const struct ddi_thread *thread, uintptr_t keeper) {
  for (int i = keeper ? thread->saved_count - 1 : -1; i >= 0; i--)
    if (thread->saved[i].keeper == keeper)
      return i;
  return -1;
}

static bool is_number(const struct ddi_saved *saved,
                      const struct ddi_level *number) {
  return is_exact(number) && is_exact(&saved->level) &&
         saved->level.low == number->low;
}

/* Which of the saved levels the driver gives back, by its value or its number;
   -1 if that cannot be told. */
static int find_given(const struct ddi_thread *thread,
                      const struct ddi_event *event) {
  int at = find_value(thread, event->value);
  int own = find_keeper(thread, event->keeper);
  if (at >= 0 || (own >= 0 && is_number(&thread->saved[own], &event->level)))
    return at >= 0 ? at : own;
  for (at = thread->saved_count - 1; at >= 0; at--)
    if (is_number(&thread->saved[at], &event->level))
      return at;
  return -1;
}

/* Which level comes back: the one given, else the one that the object keeps,
   else the last if nobody knows where that was put. */
static int find_saved(const struct ddi_thread *thread,
                      const struct ddi_event *event) {
  int at = find_given(thread, event);
  if (at < 0)
    at = find_keeper(thread, event->keeper);
  if (at >= 0 || thread->saved_count == 0)
    return at;
  const struct ddi_saved *last = &thread->saved[thread->saved_count - 1];
  bool is_anywhere = !last->value && (!last->keeper || last->keeper == ENTRY);
  return is_anywhere ? thread->saved_count - 1 : -1;
}

static void narrow(struct ddi_level *level, int low, int high) {
  if (low > level->high || high < level->low)
    return; /* the path is not feasible, or two sources disagree */
  if (low > level->low)
    level->low = (int8_t)low;
  if (high < level->high)
    level->high = (int8_t)high;
}

/* A number that the IRQL has already, and that is not what was saved: nothing
   comes back. */
static bool keeps_level(const struct ddi_thread *thread,
                        const struct ddi_event *event, int at) {
  if (!is_exact(&event->level) || event->level.low < thread->irql.low ||
      thread->saved_count == 0 || find_value(thread, event->value) >= 0)
    return false;
  const struct ddi_saved *own =
      &thread->saved[at >= 0 ? at : thread->saved_count - 1];
  return own->level.low < event->level.low;
}

static void lower_irql(struct ddi_thread *thread,
                       const struct ddi_event *event) {
  int at = find_saved(thread, event);
  if (keeps_level(thread, event, at)) {
    thread->irql = event->level;
    return;
  }
  if (at >= 0) {
    thread->irql = thread->saved[at].level;
    if (is_exact(&event->level)) {
      if (event->level.low < thread->irql.low ||
          event->level.low > thread->irql.high)
        thread->irql.cause = event->level.cause;
      thread->irql.low = thread->irql.high = event->level.low;
    } else
      narrow(&thread->irql, event->level.low, event->level.high);
    thread->irql.value = event->value;
    drop_saved(thread, at);
    return;
  }
  int8_t before = thread->irql.high;
  thread->irql = event->level;
  thread->irql.value = event->value;
  if (is_exact(&event->level)) {
    if (thread->saved_count > 0)
      drop_saved(thread, thread->saved_count - 1);
    return;
  }
  if (thread->irql.high > before)
    thread->irql.high = before;
  thread->irql.assumed = 1;
  forget_saved(thread);
}

static void signal_wait(struct ddi_thread *thread,
                        const struct ddi_event *event) {
  save(thread, 0, DISPATCHER);
  thread->irql = ddi_level_between(DDI_DISPATCH_LEVEL, DDI_DISPATCH_LEVEL);
  thread->irql.cause = event->level.cause;
  thread->must_wait = 1;
}

static void wait_after_signal(struct ddi_thread *thread) {
  struct ddi_event back = {.keeper = DISPATCHER, .level = ddi_any_level()};
  if (thread->must_wait)
    lower_irql(thread, &back);
  thread->must_wait = 0;
}

void ddi_ask_level(struct ddi_state *state, uintptr_t value, uint32_t cause) {
  struct ddi_thread *thread = &state->thread;
  bool is_of_entry = thread->irql.cause == 0 && thread->saved_count == 0;
  if (is_of_entry && thread->irql_if_asked > thread->irql.high) {
    thread->irql.high = thread->irql_if_asked;
    thread->irql.assumed = 0;
    thread->entry_irql.high = thread->irql_if_asked;
  }
  thread->irql.value = value;
  if (!is_exact(&thread->irql))
    thread->irql.cause = cause;
}

void ddi_learn_level(struct ddi_state *state, int low, int high) {
  narrow(&state->thread.irql, low, high);
}

/* ---- Objects -------------------------------------------------------------- */

static struct ddi_object *find(const struct ddi_state *state,
                               enum ddi_kind kind, uintptr_t path) {
  for (uint32_t i = 0; i < state->count; i++) {
    const struct ddi_object *object = &state->objects[i];
    if (object->kind == kind && object->id.path == path)
      return (struct ddi_object *)object;
  }
  return NULL;
}

static bool goes_before(const struct ddi_object *object, enum ddi_kind kind,
                        uintptr_t path) {
  return object->kind != kind ? object->kind < kind : object->id.path < path;
}

/* Where there is no room the object stays out of sight, and so does every other
   of its kind that is not listed. */
static struct ddi_object *add(struct ddi_state *state,
                              const struct ddi_event *event) {
  if (state->count == DDI_MAX_OBJECTS) {
    state->thread.others_free &= ~DDI_KIND(event->kind);
    return NULL;
  }
  uint32_t at = 0;
  while (at < state->count &&
         goes_before(&state->objects[at], event->kind, event->object.path))
    at++;
  struct ddi_object *object = &state->objects[at];
  memmove(object + 1, object, (state->count - at) * sizeof *object);
  state->count++;
  memset(object, 0, sizeof *object);
  object->kind = (uint8_t)event->kind;
  object->id = event->object;
  object->storage = event->storage;
  bool is_free = state->thread.others_free >> event->kind & 1;
  object->hold = is_free ? DDI_HOLD_FREE : DDI_HOLD_UNKNOWN;
  object->doubtful = state->thread.others_doubtful >> event->kind & 1;
  return object;
}

static void drop(struct ddi_state *state, struct ddi_object *object) {
  uint32_t at = (uint32_t)(object - state->objects);
  memmove(object, object + 1, (state->count - at - 1) * sizeof *object);
  memset(&state->objects[--state->count], 0, sizeof *object);
}

static enum ddi_life life_of_storage(const struct ddi_state *state,
                                     const struct ddi_id *storage) {
  if (!storage->path)
    return DDI_LIFE_UNKNOWN;
  const struct ddi_object *found = find(state, DDI_STORAGE, storage->path);
  return found && found->id.exact == storage->exact
             ? (enum ddi_life)found->life
             : DDI_LIFE_UNKNOWN;
}

static struct ddi_object *find_or_add(struct ddi_state *state,
                                      const struct ddi_event *event) {
  if (!event->object.path)
    return NULL;
  struct ddi_object *object = find(state, event->kind, event->object.path);
  if (object) {
    object->id = event->object;
    return object;
  }
  object = add(state, event);
  if (object)
    object->life = (uint8_t)life_of_storage(state, &event->storage);
  return object;
}

static bool is_held(const struct ddi_object *object) {
  return object->hold == DDI_HOLD_SHARED || object->hold == DDI_HOLD_EXCLUSIVE;
}

/* Who holds it, and how often, is not known any more. */
static void doubt(struct ddi_object *object) {
  object->hold = DDI_HOLD_UNKNOWN;
  object->count = 0;
  object->doubtful = 1;
}

/* Two places may be one object if one is a bare pointer, or if both are the same
   member of structures that could be one. */
static bool may_alias(const struct ddi_id *a, const struct ddi_id *b) {
  if (!a->symbolic && !b->symbolic)
    return false;
  return (a->symbolic && !a->shape) || (b->symbolic && !b->shape) ||
         (a->shape == b->shape && a->symbolic && b->symbolic);
}

static bool may_be_held_elsewhere(const struct ddi_state *state,
                                  const struct ddi_event *event) {
  for (uint32_t i = 0; i < state->count; i++) {
    const struct ddi_object *object = &state->objects[i];
    if (object->kind == event->kind && object->hold != DDI_HOLD_FREE &&
        object->id.path != event->object.path &&
        may_alias(&object->id, &event->object))
      return true;
  }
  return false;
}

/* By another name, or by another name of its handle. */
static bool may_be_meant(const struct ddi_object *object,
                         const struct ddi_event *event) {
  if (!event->object.path && event->owner.path)
    return may_alias(&object->owner, &event->owner);
  return may_alias(&object->id, &event->object);
}

/* A release of what was never acquired here: perhaps of an object that was
   acquired under another name. */
static void forget_aliases(struct ddi_state *state,
                           const struct ddi_event *event) {
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if (object->kind == event->kind && object->id.path != event->object.path &&
        is_held(object) && may_be_meant(object, event))
      doubt(object);
  }
}

static void acquire(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object = find(state, event->kind, event->object.path);
  bool is_another = object && object->id.exact != event->object.exact;
  object = find_or_add(state, event);
  if (!object)
    return;
  if (is_another && is_held(object))
    doubt(object);
  object->family = (uint8_t)event->family;
  object->form = (uint8_t)event->form;
  object->owner = event->owner;
  if (is_held(object)) {
    object->count++;
    if (event->mode == DDI_EXCLUSIVE)
      object->hold = DDI_HOLD_EXCLUSIVE;
    return;
  }
  object->count = object->lent ? 0 : 1;
  object->lent = 0;
  object->hold =
      event->mode == DDI_SHARED ? DDI_HOLD_SHARED : DDI_HOLD_EXCLUSIVE;
}

static void release(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object = find(state, event->kind, event->object.path);
  if (!object || !is_held(object))
    forget_aliases(state, event);
  bool is_free = state->thread.others_free >> event->kind & 1;
  if (!object && !is_free)
    object = find_or_add(state, event);
  if (!object)
    return;
  if (object->hold == DDI_HOLD_UNKNOWN) {
    object->lent |= !object->doubtful;
    return;
  }
  object->id = event->object;
  if (object->hold == DDI_HOLD_TRANSFERRED)
    object->count = 1; /* the owner's hold ends with one release */
  if (object->count == 0) {
    /* held since before this path: how often is not known */
    object->lent |= is_held(object);
    object->hold =
        is_held(object) ? DDI_HOLD_UNKNOWN : (enum ddi_hold)object->hold;
    return;
  }
  if (--object->count == 0)
    object->hold = object->doubtful ? DDI_HOLD_UNKNOWN : DDI_HOLD_FREE;
}

static void release_for(struct ddi_state *state,
                        const struct ddi_event *event) {
  struct ddi_object *object = find(state, event->kind, event->object.path);
  bool is_other = event->facts & DDI_OTHER_THREAD;
  if (object && is_held(object) && is_other) {
    doubt(object);
    return;
  }
  release(state, event);
}

static void assume(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object = find_or_add(state, event);
  if (!object)
    return;
  bool is_held_here = object->count > 0;
  if (event->op == DDI_ASSUME_HELD && !is_held_here) {
    doubt(object);
    object->lent = 1;
  }
  if (event->op == DDI_ASSUME_FREE) {
    object->hold = DDI_HOLD_FREE;
    object->count = 0;
  }
}

static void convert(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object = find(state, event->kind, event->object.path);
  if (!object || !is_held(object))
    return;
  object->hold =
      event->mode == DDI_EXCLUSIVE ? DDI_HOLD_EXCLUSIVE : DDI_HOLD_SHARED;
}

/* Of no object: whoever gets on with the work has all that is held for it. */
static void hand_on(struct ddi_state *state, enum ddi_kind kind) {
  for (uint32_t i = 0; i < state->count; i++)
    if (state->objects[i].kind == kind && is_held(&state->objects[i]))
      doubt(&state->objects[i]);
  state->thread.others_free &= ~DDI_KIND(kind);
}

static void transfer(struct ddi_state *state, const struct ddi_event *event) {
  if (!event->object.path && !event->object.symbolic) {
    hand_on(state, event->kind);
    return;
  }
  struct ddi_object *object = find_or_add(state, event);
  if (!object)
    return;
  object->hold = DDI_HOLD_TRANSFERRED;
  object->form = (uint8_t)event->form;
  object->owner = event->owner;
  object->owner_storage = event->owner_storage;
}

static void set_life(struct ddi_state *state, const struct ddi_event *event,
                     enum ddi_life life) {
  struct ddi_object *object = find_or_add(state, event);
  if (!object)
    return;
  object->life = (uint8_t)life;
  object->family = (uint8_t)event->family;
  object->hold = DDI_HOLD_FREE;
  object->count = 0;
  object->doubtful = 0;
}

static void allocate(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object = find_or_add(state, event);
  if (!object)
    return;
  object->life = event->facts & DDI_ZEROED ? DDI_LIFE_ZEROED : DDI_LIFE_FRESH;
  object->paged = !!(event->facts & DDI_PAGED);
  object->family = (uint8_t)event->family;
}

static void zero(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_object *object =
      find(state, DDI_STORAGE, event->storage.path ? event->storage.path
                                                   : event->object.path);
  if (object && object->life == DDI_LIFE_FRESH)
    object->life = DDI_LIFE_ZEROED;
}

static void end_storage(struct ddi_state *state,
                        const struct ddi_event *event) {
  if (!event->object.path)
    return;
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if (object->storage.path == event->object.path) {
      doubt(object);
      object->life = DDI_LIFE_UNKNOWN;
    }
  }
  ddi_escape(state, event->object.path);
  struct ddi_object *freed =
      event->op == DDI_FREE ? find_or_add(state, event) : NULL;
  if (freed)
    freed->life = DDI_LIFE_DELETED;
}

/* ---- Interface ------------------------------------------------------------ */

void ddi_hold_at_entry(struct ddi_state *state, const struct ddi_held *held,
                       const struct ddi_id *id) {
  const struct ddi_event event = {
      .kind = held->kind, .family = held->family, .object = *id};
  struct ddi_object *object = find_or_add(state, &event);
  if (!object)
    return;
  object->family = (uint8_t)held->family;
  object->hold = DDI_HOLD_EXCLUSIVE;
  object->count = held->must_release;
}

void ddi_find_released(const struct ddi_state *state, struct ddi_event *event) {
  bool is_by_handle = event->op == DDI_RELEASE && !event->object.path &&
                      event->owner.path;
  for (uint32_t i = 0; is_by_handle && i < state->count; i++) {
    const struct ddi_object *object = &state->objects[i];
    bool is_it = object->kind == event->kind &&
                 object->owner.path == event->owner.path;
    if (!is_it || (event->object.path && !is_held(object)))
      continue;
    event->object = object->id;
    event->storage = object->storage;
  }
}

void ddi_enter_function(struct ddi_state *state,
                        const struct ddi_context *context) {
  memset(state, 0, sizeof *state);
  struct ddi_thread *thread = &state->thread;
  bool is_level_known = context->known || context->irql_known;
  thread->irql = is_level_known ? context->irql : ddi_any_level();
  thread->irql_if_asked = is_level_known ? context->irql_if_asked
                                         : (int8_t)DDI_HIGH_LEVEL;
  thread->entry_irql = thread->irql;
  if (context->held.has_level) {
    /* The level before that acquisition lies where the driver finds it. */
    save(thread, 0, ENTRY);
    thread->entry_irql.low = DDI_PASSIVE_LEVEL;
    thread->saved[0].level = ddi_any_level();
    narrow(&thread->saved[0].level, DDI_PASSIVE_LEVEL, DDI_DISPATCH_LEVEL);
  }
  bool is_free = context->known && !context->may_hold;
  thread->others_free = is_free ? ~DDI_OF_REQUESTS : 0;
  thread->wary = context->is_callback;
  if (context->in_critical_region)
    thread->critical.low = thread->critical.high = 1;
  if (!context->known || context->region_unknown) {
    forget_depth(&thread->critical);
    forget_depth(&thread->guarded);
  }
}

/* While one of these is held, normal kernel APCs are off, or may be. */
static const ddi_kind_set HOLDING_APCS_OFF =
    DDI_KIND(DDI_MUTEX) | DDI_KIND(DDI_WAIT_LOCK) | DDI_KIND(DDI_INTERRUPT_LOCK) |
    DDI_KIND(DDI_DEVICE_MUTEX) | DDI_KIND(DDI_FILTER_MUTEX) |
    DDI_KIND(DDI_PROCESSING_MUTEX);

static bool apcs_enabled(const struct ddi_state *state) {
  const struct ddi_thread *thread = &state->thread;
  if (thread->critical.high > 0 || thread->guarded.high > 0 ||
      thread->irql.high >= DDI_APC_LEVEL)
    return false;
  for (uint32_t i = 0; i < state->count; i++)
    if ((HOLDING_APCS_OFF & DDI_KIND(state->objects[i].kind)) &&
        state->objects[i].hold != DDI_HOLD_FREE)
      return false;
  return true;
}

static ddi_fact_set depth_facts(const struct ddi_depth *depth, bool believed,
                                ddi_fact_set outside, ddi_fact_set more,
                                ddi_fact_set less) {
  ddi_fact_set facts = depth->high == 0 && !believed ? outside : 0;
  if (depth->net_unknown)
    return facts;
  if (depth->net > 0)
    facts |= more;
  if (depth->net < 0)
    facts |= less;
  return facts;
}

static bool enables_apcs(const struct ddi_state *state,
                         const struct ddi_event *event) {
  if (!(event->op & (DDI_LEAVE_CRITICAL | DDI_LEAVE_GUARDED)) ||
      apcs_enabled(state))
    return false;
  struct ddi_state after = *state;
  ddi_step(&after, event);
  return apcs_enabled(&after);
}

/* Who keeps one of these keeps the IRQL that it raised. */
static const ddi_kind_set RAISING =
    DDI_KIND(DDI_SPIN_LOCK) | DDI_KIND(DDI_FAST_MUTEX) | DDI_KIND(DDI_DPC_LOCK) |
    DDI_KIND(DDI_STARTIO_LOCK) | DDI_KIND(DDI_INTERRUPT_LOCK);

/* What was saved meanwhile in the variable of another level: the level at which the
   path stands. */
static bool gives_present(const struct ddi_thread *thread,
                          const struct ddi_event *event) {
  if (event->facts & DDI_LITERAL_LEVEL)
    return false;
  bool is_same_number = is_exact(&event->level) && is_exact(&thread->irql) &&
                        event->level.low == thread->irql.low;
  return is_same_number || (event->value && event->value == thread->irql.value);
}

/* Which level a lower gives back, and which it should. */
static bool is_other_level(const struct ddi_thread *thread,
                           const struct ddi_event *event) {
  int given = find_given(thread, event);
  int own = event->keeper ? find_keeper(thread, event->keeper)
                          : thread->saved_count - 1;
  if (given < 0)
    return own >= 0 && gives_present(thread, event) &&
           thread->irql.low > thread->saved[own].level.low;
  return own > given &&
         thread->saved[own].level.low > thread->saved[given].level.low;
}

static ddi_fact_set lower_facts(const struct ddi_thread *thread,
                                const struct ddi_event *event) {
  ddi_fact_set facts = is_other_level(thread, event) ? DDI_OTHER_LEVEL : 0;
  bool is_first = thread->saved_count == 0 && !thread->saved_unknown;
  if (is_first && !event->keeper && !thread->entry_irql.assumed &&
      thread->entry_irql.high < DDI_HIGH_LEVEL)
    facts |= DDI_NOT_RAISED;
  if (is_exact(&event->level) && event->level.low > thread->irql.high)
    facts |= DDI_LOWERS_UP;
  return facts;
}

static ddi_fact_set exit_facts(const struct ddi_thread *thread) {
  const struct ddi_level *now = &thread->irql, *entry = &thread->entry_irql;
  const struct ddi_saved *first = thread->saved;
  if (thread->saved_count > 0 && first->keeper == ENTRY)
    first++;
  bool is_own = first < thread->saved + thread->saved_count;
  bool is_raised = (is_own && now->low > entry->low &&
                    now->low > first->level.low) ||
                   now->low > entry->high;
  ddi_fact_set facts = is_raised && !thread->saved_unknown ? DDI_IRQL_RAISED : 0;
  if (now->high < entry->low && !now->assumed)
    facts |= DDI_IRQL_LOWERED;
  return facts;
}

static ddi_fact_set irql_facts(const struct ddi_thread *thread,
                               const struct ddi_event *event) {
  const struct ddi_level *now = &thread->irql;
  bool is_told = event->facts & DDI_GOES_ON && thread->told_paged;
  ddi_fact_set facts =
      now->low > DDI_APC_LEVEL && !is_told ? DDI_ABOVE_APC_LEVEL : 0;
  if (now->low >= DDI_APC_LEVEL || thread->guarded.low > 0)
    facts |= DDI_SPECIAL_APCS_DISABLED;
  if (!is_exact(&thread->entry_irql) &&
      thread->entry_irql.high < DDI_HIGH_LEVEL)
    facts |= DDI_ENTRY_VARIES;
  if (thread->must_wait)
    facts |= DDI_MUST_WAIT;
  if (event->op & (DDI_CALL | DDI_KEEP_CONTRACT)) {
    if (now->low > event->bound.high)
      facts |= DDI_IRQL_TOO_HIGH;
    if (now->high < event->bound.low && !now->assumed)
      facts |= DDI_IRQL_TOO_LOW;
  }
  switch (event->op) {
  case DDI_RAISE:
    return facts | (is_exact(&event->level) && event->level.high < now->low
                        ? DDI_RAISES_DOWN
                        : 0);
  case DDI_LOWER:
    return facts | lower_facts(thread, event);
  case DDI_EXIT:
  case DDI_SIBLING_EXIT:
  case DDI_KEEP_CONTRACT:
    return facts | exit_facts(thread);
  default:
    return facts;
  }
}

static ddi_fact_set lock_facts(const struct ddi_state *state) {
  bool is_free = state->thread.others_free & DDI_KIND(DDI_SPIN_LOCK);
  bool keeps_raised = false;
  for (uint32_t i = 0; i < state->count; i++) {
    const struct ddi_object *object = &state->objects[i];
    is_free &= object->kind != DDI_SPIN_LOCK || object->hold == DDI_HOLD_FREE;
    keeps_raised |= object->count > 0 && (RAISING & DDI_KIND(object->kind));
  }
  bool was_free = state->thread.others_free & DDI_KIND(DDI_NO_OBJECT);
  return (is_free ? DDI_NO_SPIN_LOCK : 0) | (was_free ? DDI_ENTERED_FREE : 0) |
         (keeps_raised ? DDI_KEEPS_RAISED : 0);
}

static ddi_fact_set thread_facts(const struct ddi_state *state,
                                 const struct ddi_event *event,
                                 const struct ddi_object *object) {
  const struct ddi_thread *thread = &state->thread;
  ddi_fact_set facts =
      depth_facts(&thread->critical, thread->believed, DDI_OUTSIDE_CRITICAL,
                  DDI_MORE_CRITICAL, DDI_LESS_CRITICAL) |
      depth_facts(&thread->guarded, thread->believed, DDI_OUTSIDE_GUARDED,
                  DDI_MORE_GUARDED, DDI_LESS_GUARDED);
  bool is_own = event->op == DDI_ACQUIRE || (object && object->count > 0);
  if ((is_own || !thread->believed) && apcs_enabled(state))
    facts |= DDI_APCS_ENABLED;
  if (enables_apcs(state, event))
    facts |= DDI_ENABLES_APCS;
  return facts | lock_facts(state) | irql_facts(thread, event);
}

/* DDI_HELD speaks of this path's own acquisitions alone. */
static ddi_fact_set hold_facts(const struct ddi_object *object) {
  ddi_fact_set held = object->count > 0 ? DDI_HELD : 0;
  switch ((enum ddi_hold)object->hold) {
  case DDI_HOLD_FREE:
    return DDI_NOT_HELD;
  case DDI_HOLD_SHARED:
    return held | DDI_HELD_SHARED;
  case DDI_HOLD_EXCLUSIVE:
    return held | DDI_HELD_EXCLUSIVE;
  case DDI_HOLD_TRANSFERRED:
    return DDI_TRANSFERRED |
           (object->form == DDI_INTERLOCKED ? DDI_BY_INTERLOCKED : 0);
  case DDI_HOLD_UNKNOWN:
    break;
  }
  return 0;
}

static ddi_fact_set life_facts(enum ddi_life life) {
  switch (life) {
  case DDI_LIFE_FRESH:
    return DDI_UNINITIALIZED;
  case DDI_LIFE_ZEROED:
    return DDI_ZEROED;
  case DDI_LIFE_INITIALIZED:
    return DDI_INITIALIZED;
  case DDI_LIFE_DELETED:
    return DDI_DELETED;
  case DDI_LIFE_UNKNOWN:
    break;
  }
  return 0;
}

static bool differs(const struct ddi_id *a, const struct ddi_id *b) {
  if (!a->path || !b->path)
    return false;
  if (a->exact == b->exact)
    return a->tag != b->tag;
  return !may_alias(a, b);
}

static ddi_fact_set storage_facts(const struct ddi_state *state,
                              const struct ddi_id *storage) {
  const struct ddi_object *found =
      storage->path ? find(state, DDI_STORAGE, storage->path) : NULL;
  return found && found->paged ? DDI_PAGED : 0;
}

static ddi_fact_set pool_facts(const struct ddi_object *block) {
  if (block->kind != DDI_STORAGE)
    return 0;
  return block->family == DDI_WITH_TAG        ? DDI_POOL_BY_TAG
         : block->family == DDI_WITH_PRIORITY ? DDI_POOL_BY_PRIORITY
                                              : 0;
}

static bool holds_another(const struct ddi_state *state,
                          const struct ddi_object *object) {
  for (uint32_t i = 0; i < state->count; i++)
    if (&state->objects[i] != object && state->objects[i].kind == object->kind &&
        state->objects[i].count > 0)
      return true;
  return false;
}

/* An NDIS_SPIN_LOCK is a KSPIN_LOCK: NDIS has names of its own for the Ke routines. */
static enum ddi_family plain(enum ddi_family family) {
  return family == DDI_NDIS ? DDI_KE : family;
}

/* The IRQL comes back all the same: a lock that another one raised for lowers it, or
   one that raised leaves that to another. */
static bool is_hand_over_hand(const struct ddi_thread *thread,
                              const struct ddi_object *object,
                              const struct ddi_event *event) {
  bool is_raised_here = thread->saved_count > 0 || thread->saved_unknown ||
                        !is_exact(&thread->entry_irql);
  bool gives_back = object->form == DDI_AT_DPC && event->form == DDI_RAISING;
  bool leaves = object->form == DDI_RAISING && event->form == DDI_AT_DPC;
  return leaves || (gives_back && is_raised_here);
}

/* What the release has, and the acquire of this path had not. */
static ddi_fact_set manner_facts(const struct ddi_state *state,
                                 const struct ddi_object *object,
                                 const struct ddi_event *event) {
  if (object->count == 0)
    return 0;
  bool is_other_form =
      event->form && object->form && event->form != object->form;
  bool is_other_family = event->family && object->family &&
                         plain(event->family) !=
                             plain((enum ddi_family)object->family);
  bool is_swap = is_other_form && is_hand_over_hand(&state->thread, object, event);
  return (is_other_form ? DDI_OTHER_FORM : 0) |
         (is_swap ? DDI_HAND_OVER_HAND : 0) |
         (is_other_family ? DDI_OTHER_FAMILY : 0);
}

static ddi_fact_set unlisted_facts(const struct ddi_state *state,
                               const struct ddi_event *event) {
  bool is_free = (state->thread.others_free >> event->kind & 1) &&
                 !may_be_held_elsewhere(state, event);
  return (is_free ? DDI_NOT_HELD : 0) |
         life_facts(life_of_storage(state, &event->storage)) |
         storage_facts(state, &event->storage);
}

static ddi_fact_set object_facts(const struct ddi_state *state,
                             const struct ddi_event *event,
                             const struct ddi_object *object) {
  ddi_fact_set facts = hold_facts(object) |
                   life_facts((enum ddi_life)object->life) |
                   storage_facts(state, &object->storage) |
                   pool_facts(object);
  /* A tagged owner is no thread. */
  bool is_thread = event->facts & DDI_THIS_THREAD && object->owner.tag;
  if (is_thread || differs(&object->owner, &event->owner))
    facts |= DDI_OWNER_DIFFERS;
  bool ends_owner = event->op == DDI_FREE && object->owner_storage.path &&
                    object->owner_storage.path == event->object.path;
  return facts | (ends_owner ? DDI_OWNER_ENDS : 0);
}

ddi_fact_set ddi_facts(const struct ddi_state *state, const struct ddi_event *event,
                   const struct ddi_object *subject) {
  if (subject)
    return event->facts | thread_facts(state, event, subject) |
           object_facts(state, event, subject) |
           (holds_another(state, subject) ? DDI_ANOTHER_HELD : 0);
  const struct ddi_object *object =
      event->object.path ? find(state, event->kind, event->object.path) : NULL;
  ddi_fact_set facts = event->facts | thread_facts(state, event, object);
  if (!event->object.path)
    return facts;
  if (!object)
    return facts | unlisted_facts(state, event);
  bool is_same = object->id.exact == event->object.exact;
  return is_same ? facts | object_facts(state, event, object) |
                       manner_facts(state, object, event)
                 : facts;
}

void ddi_step(struct ddi_state *state, const struct ddi_event *event) {
  struct ddi_thread *thread = &state->thread;
  switch (event->op) {
  case DDI_ENTER_CRITICAL:
    enter(&thread->critical);
    return;
  case DDI_LEAVE_CRITICAL:
    leave(&thread->critical);
    believe_enabled(thread);
    return;
  case DDI_ENTER_GUARDED:
    enter(&thread->guarded);
    return;
  case DDI_LEAVE_GUARDED:
    leave(&thread->guarded);
    return;
  case DDI_RAISE:
    raise_irql(thread, event);
    return;
  case DDI_LOWER:
    lower_irql(thread, event);
    return;
  case DDI_ACQUIRE:
    acquire(state, event);
    return;
  case DDI_RELEASE:
    release(state, event);
    return;
  case DDI_RELEASE_FOR:
    release_for(state, event);
    return;
  case DDI_CONVERT:
    convert(state, event);
    return;
  case DDI_TRANSFER:
    transfer(state, event);
    return;
  case DDI_INIT:
  case DDI_REINIT:
    set_life(state, event, DDI_LIFE_INITIALIZED);
    return;
  case DDI_DELETE:
    set_life(state, event, DDI_LIFE_DELETED);
    return;
  case DDI_ALLOCATE:
    allocate(state, event);
    return;
  case DDI_ZERO:
    zero(state, event);
    return;
  case DDI_FREE:
  case DDI_SCOPE_END:
    end_storage(state, event);
    return;
  case DDI_SIGNAL_WAIT:
    signal_wait(thread, event);
    return;
  case DDI_WAIT:
    wait_after_signal(thread);
    return;
  case DDI_ASSUME_HELD:
  case DDI_ASSUME_FREE:
    assume(state, event);
    return;
  case DDI_EXIT:
  case DDI_SIBLING_EXIT:
  case DDI_CALL:
  case DDI_USE:
  case DDI_RUN_PAGED:
  case DDI_REQUIRE_HELD:
  case DDI_REQUIRE_FREE:
  case DDI_REQUIRE_REGION:
  case DDI_KEEP_CONTRACT:
    return;
  }
}

static void forget_region(struct ddi_depth *depth) {
  forget_depth(depth);
  depth->net_unknown = 1;
}

static void forget_irql(struct ddi_thread *thread) {
  thread->irql = ddi_any_level();
  thread->must_wait = 0;
  forget_saved(thread);
}

void ddi_havoc(struct ddi_state *state, const struct ddi_reach *reach) {
  struct ddi_thread *thread = &state->thread;
  if (reach->ops & (DDI_ENTER_CRITICAL | DDI_LEAVE_CRITICAL))
    forget_region(&thread->critical);
  if (reach->ops & (DDI_ENTER_GUARDED | DDI_LEAVE_GUARDED))
    forget_region(&thread->guarded);
  if (reach->ops & (DDI_RAISE | DDI_LOWER))
    forget_irql(thread);
  uint32_t changed = reach->kinds & ~reach->kinds_kept;
  thread->others_free &= ~changed;
  thread->others_doubtful |= changed;
  bool touches_life = reach->ops & (DDI_INIT | DDI_REINIT | DDI_DELETE |
                                    DDI_ALLOCATE | DDI_FREE);
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if (changed >> object->kind & 1)
      doubt(object);
    bool is_storage = object->kind == DDI_STORAGE;
    if (touches_life && (is_storage || (reach->kinds >> object->kind & 1)))
      object->life = DDI_LIFE_UNKNOWN;
  }
}

void ddi_keep_thread(const struct ddi_thread *before, struct ddi_thread *after) {
  const ddi_kind_set free = after->others_free, doubtful = after->others_doubtful;
  *after = *before;
  after->others_free = free;
  after->others_doubtful = doubtful;
}

void ddi_forget(struct ddi_state *state, uint32_t index) {
  drop(state, &state->objects[index]);
}

void ddi_escape(struct ddi_state *state, uintptr_t storage_path) {
  for (uint32_t i = 0; i < state->count;) {
    struct ddi_object *object = &state->objects[i];
    bool is_raw = object->life == DDI_LIFE_FRESH ||
                  object->life == DDI_LIFE_ZEROED;
    if (object->kind == DDI_STORAGE && object->id.path == storage_path) {
      drop(state, object);
      continue;
    }
    if (object->storage.path == storage_path && is_raw)
      object->life = DDI_LIFE_UNKNOWN;
    i++;
  }
}

void ddi_ask_memory(struct ddi_state *state, uintptr_t storage_path) {
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if (object->storage.path == storage_path && object->life == DDI_LIFE_DELETED)
      object->life = DDI_LIFE_UNKNOWN;
  }
}

void ddi_forgive(struct ddi_state *state,
                 const struct ddi_violation *violation) {
  /* The level is what it is, and comes back. */
  if (violation->obligation->never & DDI_GOES_ON) {
    state->thread.told_paged = 1;
    return;
  }
  const ddi_fact_set of_apcs =
      DDI_APCS_ENABLED | DDI_ENABLES_APCS | DDI_ABOVE_APC_LEVEL;
  const ddi_fact_set of_level =
      of_apcs | DDI_IRQL_TOO_HIGH | DDI_IRQL_TOO_LOW |
      DDI_SPECIAL_APCS_DISABLED | DDI_RAISES_DOWN | DDI_LOWERS_UP |
      DDI_NOT_RAISED | DDI_OTHER_LEVEL | DDI_IRQL_RAISED | DDI_IRQL_LOWERED;
  const ddi_fact_set of_critical =
      DDI_OUTSIDE_CRITICAL | DDI_MORE_CRITICAL | DDI_LESS_CRITICAL;
  const ddi_fact_set of_guarded =
      DDI_OUTSIDE_GUARDED | DDI_MORE_GUARDED | DDI_LESS_GUARDED;
  const ddi_fact_set of_object = DDI_NOT_HELD | DDI_HELD | DDI_HELD_SHARED |
                                 DDI_HELD_EXCLUSIVE | DDI_TRANSFERRED |
                                 DDI_OTHER_THREAD | DDI_OTHER_FORM |
                                 DDI_OTHER_FAMILY;
  const ddi_fact_set of_life =
      DDI_UNINITIALIZED | DDI_ZEROED | DDI_INITIALIZED | DDI_DELETED;
  ddi_fact_set facts = violation->obligation->never;
  struct ddi_thread *thread = &state->thread;

  if (facts & (of_apcs | of_critical | of_guarded)) {
    forget_depth(&thread->critical);
    forget_depth(&thread->guarded);
    thread->wary = 1;
  }
  if (facts & DDI_SPECIAL_APCS_DISABLED)
    forget_depth(&thread->guarded);
  /* What was saved before is no part of a mistake at this level. */
  if (facts & of_level) {
    thread->irql = ddi_any_level();
    thread->wary = 1;
  }
  if (facts & (DDI_OTHER_LEVEL | DDI_RAISES_DOWN | DDI_LOWERS_UP |
               DDI_NOT_RAISED | DDI_MUST_WAIT | DDI_OTHER_FORM |
               DDI_OTHER_FAMILY))
    forget_irql(thread);
  /* With which lock the level goes nobody can tell. */
  if (facts & of_object && RAISING & DDI_KIND(violation->obligation->kind))
    forget_irql(thread);
  if (facts & DDI_IRQL_TOO_LOW)
    thread->others_free &= ~DDI_KIND(DDI_SPIN_LOCK);
  if (facts & of_critical)
    thread->critical.net_unknown = 1;
  if (facts & of_guarded)
    thread->guarded.net_unknown = 1;
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if ((facts & DDI_IRQL_RAISED) && (RAISING & DDI_KIND(object->kind)) &&
        is_held(object))
      doubt(object);
    if (facts & DDI_IRQL_TOO_LOW && object->kind == DDI_SPIN_LOCK)
      doubt(object);
  }
  if (!violation->object.path)
    return;
  for (uint32_t i = 0; i < state->count; i++) {
    struct ddi_object *object = &state->objects[i];
    if (object->id.path != violation->object.path)
      continue;
    if (facts & of_object)
      doubt(object);
    if (facts & of_life)
      object->life = DDI_LIFE_UNKNOWN;
  }
}

/* ---- Queries -------------------------------------------------------------- */

int ddi_answer(const struct ddi_state *state, enum ddi_query query,
               const struct ddi_event *event) {
  const struct ddi_thread *thread = &state->thread;
  if (query == DDI_APCS_ARE_DISABLED || query == DDI_ALL_APCS_ARE_DISABLED) {
    bool by_critical =
        query == DDI_APCS_ARE_DISABLED && thread->critical.net > 0 &&
        !thread->critical.net_unknown;
    bool by_guarded = thread->guarded.net > 0 && !thread->guarded.net_unknown;
    return by_critical || by_guarded ? 1 : -1;
  }
  const struct ddi_object *object =
      find(state, event->kind, event->object.path);
  if (!object || object->id.exact != event->object.exact)
    return -1;
  if (object->hold == DDI_HOLD_EXCLUSIVE)
    return 1;
  if (object->hold == DDI_HOLD_SHARED)
    return query == DDI_IS_HELD;
  return object->hold == DDI_HOLD_FREE ? 0 : -1;
}

/* An answer of "held" does not make an acquisition of this path's. */
static void learn_hold(struct ddi_state *state, enum ddi_query query,
                       const struct ddi_event *event, bool answer) {
  struct ddi_object *object = find_or_add(state, event);
  if (!object || is_held(object))
    return;
  if (answer)
    object->hold = query == DDI_IS_HELD_EXCLUSIVE ? DDI_HOLD_EXCLUSIVE
                                                  : DDI_HOLD_UNKNOWN;
  else if (query == DDI_IS_HELD)
    object->hold = DDI_HOLD_FREE;
}

void ddi_learn(struct ddi_state *state, enum ddi_query query,
               const struct ddi_event *event, bool answer) {
  struct ddi_thread *thread = &state->thread;
  switch (query) {
  case DDI_APCS_ARE_DISABLED:
  case DDI_ALL_APCS_ARE_DISABLED: {
    struct ddi_depth *depth = query == DDI_APCS_ARE_DISABLED
                                  ? &thread->critical
                                  : &thread->guarded;
    if (!answer) {
      depth->low = depth->high = 0;
      return;
    }
    if (depth->low == 0)
      depth->low = 1;
    if (depth->high < depth->low)
      depth->high = DDI_MANY;
    return;
  }
  case DDI_IS_HELD:
  case DDI_IS_HELD_EXCLUSIVE:
    learn_hold(state, query, event, answer);
    return;
  case DDI_NO_QUERY:
  case DDI_CURRENT_THREAD:
  case DDI_CURRENT_IRQL:
    return;
  }
}
