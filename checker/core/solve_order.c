/* In which order locks are acquired: what each function acquires for whoever calls
   it, and, from where the system enters on, which orders are a deadlock. */
#include "solve_internal.h"
#include <stdio.h>
#include <string.h>

/* ---- Places ---------------------------------------------------------------- */

struct text {
  char at[256];
  size_t length;
  bool is_cut;
};

static void append(struct text *text, const char *more) {
  size_t length = strlen(more);
  text->is_cut |= text->length + length >= sizeof text->at;
  if (text->is_cut)
    return;
  memcpy(text->at + text->length, more, length + 1);
  text->length += length;
}

/* The members that lead to the address, as far as one structure lies in another.
   False if no other thread has a name for it. */
static bool spell_way_to(struct solver *s, ddi_term address, struct text *into) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, address);
  int64_t number = 0;
  switch (parts->kind) {
  case DDI_VALUE_GLOBAL:
    append(into, ddi_names_text(s->problem->names, parts->name));
    return true;
  case DDI_VALUE_MEMBER:
    if (!spell_way_to(s, parts->base, into))
      return false;
    if (into->length)
      append(into, "/");
    append(into, ddi_names_text(s->problem->names, parts->name));
    return true;
  case DDI_VALUE_ELEMENT:
    /* Below zero: of a structure that only its member tells of. */
    return (ddi_term_is_number(s->terms, parts->other, &number) && number < 0) ||
           spell_way_to(s, parts->base, into);
  case DDI_TERM_INNER:
    return ddi_term_parts(s->terms, parts->base)->kind != DDI_VALUE_LOCAL;
  case DDI_VALUE_LOCAL:
  case DDI_VALUE_NUMBER:
  case DDI_VALUE_UNKNOWN:
    return false;
  default:
    return true;
  }
}

static bool spell_place(struct solver *s, ddi_term object, struct text *into) {
  const struct ddi_value *parts = ddi_term_parts(s->terms, object);
  int64_t number = 0;
  switch (parts->kind) {
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_MEMBER:
    return spell_way_to(s, object, into);
  case DDI_VALUE_LOAD:
    if (!spell_place(s, parts->base, into))
      return false;
    append(into, "*");
    return true;
  case DDI_VALUE_ELEMENT: {
    char index[32];
    if (!ddi_term_is_number(s->terms, parts->other, &number) || number < 0 ||
        !spell_place(s, parts->base, into))
      return false;
    if (snprintf(index, sizeof index, "[%lld]", (long long)number) > 0 && number)
      append(into, index);
    return true;
  }
  default:
    return false;
  }
}

ddi_name ddi_place_of(struct solver *s, ddi_term object) {
  struct text text = {.length = 0};
  if (!object || !spell_place(s, object, &text) || text.is_cut)
    return 0;
  return ddi_names_add(s->places, text.at, text.length);
}

/* ---- What a function acquires ------------------------------------------------ */

static const unsigned OF_LOCKS = DDI_ACQUIRE | DDI_RELEASE | DDI_RELEASE_FOR |
                                 DDI_TRANSFER | DDI_CONVERT | DDI_INIT |
                                 DDI_REINIT | DDI_ALLOCATE;

static bool is_shared(const struct ddi_lock_use *use) {
  return use->mode == DDI_SHARED;
}

static bool is_same_use(const struct ddi_lock_use *a, const struct ddi_lock_use *b) {
  return a->object == b->object && a->op == b->op && a->kind == b->kind &&
         a->mode == b->mode;
}

static bool is_same(const struct ddi_acquisition *a, const struct ddi_acquisition *b) {
  if (!is_same_use(&a->lock, &b->lock) || a->count != b->count ||
      memcmp(a->signs, b->signs, sizeof a->signs))
    return false;
  for (uint32_t i = 0; i < a->count; i++)
    if (!is_same_use(&a->before[i], &b->before[i]))
      return false;
  return true;
}

/* Whether the thread has just made the lock, so that nobody else has it. */
static bool is_new(struct solver *s, const struct ddi_acquisition *acquisition,
                   ddi_term object) {
  ddi_term storage = ddi_term_storage(s->terms, object);
  for (uint32_t i = 0; i < acquisition->count; i++) {
    const struct ddi_lock_use *use = &acquisition->before[i];
    if ((use->op & (DDI_INIT | DDI_REINIT) && use->object == object) ||
        (use->op == DDI_ALLOCATE && use->object == storage))
      return true;
  }
  return false;
}

/* ... or has it already. */
static bool is_own(struct solver *s, const struct ddi_acquisition *acquisition) {
  for (uint32_t i = 0; i < acquisition->count; i++)
    if (acquisition->before[i].object == acquisition->lock.object &&
        acquisition->before[i].op == DDI_ACQUIRE)
      return true;
  return is_new(s, acquisition, acquisition->lock.object);
}

/* Behind all that was done before.  False if there is no room. */
static bool add_use(struct ddi_acquisition *into, const struct ddi_lock_use *use) {
  for (uint32_t i = into->count; i-- > 0 && use->op == DDI_RELEASE;) {
    const struct ddi_lock_use *before = &into->before[i];
    if (before->op != DDI_ACQUIRE || before->object != use->object ||
        before->kind != use->kind)
      continue;
    into->count--;
    memmove(&into->before[i], &into->before[i + 1],
            (into->count - i) * sizeof *into->before);
    return true;
  }
  if (into->count == DDI_MAX_LOCK_USES)
    return false;
  into->before[into->count++] = *use;
  return true;
}

/* What the way has done with locks.  False if that is not known. */
static bool begin_with(struct ddi_acquisition *into, const struct way *way) {
  into->count = 0;
  for (uint32_t i = 0; i < way->change_count; i++) {
    const struct ddi_change *change = &way->changes[i];
    if (!change->op)
      return false;
    bool is_meant = ddi_is_waited_for((enum ddi_kind)change->kind) ||
                    change->op == DDI_ALLOCATE;
    if (!is_meant || !(change->op & OF_LOCKS))
      continue;
    if (change->op == DDI_RELEASE && !change->object)
      return false; /* of another's, by its handle */
    struct ddi_lock_use use = {change->object, way->trails[i], change->op,
                               change->kind, change->mode};
    if (!add_use(into, &use))
      return false;
  }
  return true;
}

static void pass(struct solver *s, const struct caller *caller,
                 const struct ddi_acquisition *acquisition);

static void add(struct solver *s, uint32_t summary,
                const struct ddi_acquisition *acquisition) {
  struct summary *of = &s->summaries.at[summary];
  for (uint32_t i = 0; i < of->acquisitions.count; i++)
    if (is_same(&of->acquisitions.at[i], acquisition))
      return;
  if (of->acquisitions.count == DDI_MAX_ACQUISITIONS)
    return;
  PUSH(s, of->acquisitions, *acquisition);
  for (uint32_t i = 0; i < s->summaries.at[summary].callers.count; i++) {
    struct caller caller = s->summaries.at[summary].callers.at[i];
    pass(s, &caller, acquisition);
  }
}

/* What was done in the callee goes on from what its caller has done. */
static void pass(struct solver *s, const struct caller *caller,
                 const struct ddi_acquisition *acquisition) {
  struct site site = ddi_site_of(s, caller);
  if (ddi_is_by_type(s, site.at))
    return;
  const bool was_dead = s->is_dead;
  struct way *way = &s->scratch[7];
  ddi_unpack_way(caller->way, way);
  uint32_t function = s->summaries.at[caller->summary].function;
  struct ddi_acquisition passed = *acquisition;
  struct passage p;
  ddi_open_passage(&site, way, &p);
  s->is_dead = was_dead;
  if (!begin_with(&passed, way) ||
      !ddi_pass_signs(&p, way, passed.signs))
    return;
  for (uint32_t i = 0; i < acquisition->count; i++) {
    struct ddi_lock_use use = acquisition->before[i];
    use.object = ddi_passage_up(&p, use.object);
    use.trail = ddi_add_trail(s, function, caller->action, use.trail);
    bool is_lost = !use.object && use.op & (DDI_RELEASE | DDI_RELEASE_FOR);
    if (is_lost || !add_use(&passed, &use))
      return;
  }
  passed.lock.object = ddi_passage_up(&p, passed.lock.object);
  passed.lock.trail =
      ddi_add_trail(s, function, caller->action, passed.lock.trail);
  if (passed.lock.object && !is_own(s, &passed))
    add(s, caller->summary, &passed);
}

void ddi_pass_acquisitions(struct solver *s, uint32_t summary,
                           const struct caller *caller) {
  for (uint32_t i = 0; i < s->summaries.at[summary].acquisitions.count; i++) {
    struct ddi_acquisition acquisition = s->summaries.at[summary].acquisitions.at[i];
    pass(s, caller, &acquisition);
  }
}

/* Whether the thread waits until it has the lock, whatever happens. */
static bool surely_waits(const struct site *site, const struct way *way) {
  const struct ddi_routine *row =
      site->at && site->at->kind == DDI_DO_CALL
          ? ddi_info_of(site->s, site->at->name)->row
          : NULL;
  if (!row)
    return false;
  if (row->wait)
    return truth_of(site->s, way, ddi_argument(site, way, row->wait)) == 1;
  if (row->timeout)
    return truth_of(site->s, way, ddi_argument(site, way, row->timeout)) == 0;
  return row->when == DDI_ALWAYS;
}

void ddi_note_acquisition(const struct site *site, const struct way *way,
                          const struct ddi_event *event) {
  struct solver *s = site->s;
  bool is_meant = s->finds_orders && event->op == DDI_ACQUIRE &&
                  ddi_is_waited_for(event->kind) && event->object.path;
  if (!is_meant || !surely_waits(site, way))
    return;
  uint32_t function = s->summaries.at[site->summary].function;
  struct ddi_acquisition acquisition;
  memset(&acquisition, 0, sizeof acquisition);
  acquisition.lock = (struct ddi_lock_use){
      (ddi_term)event->object.path,
      ddi_add_trail(s, function, site->action, 0), event->op,
      (uint8_t)event->kind, (uint8_t)event->mode};
  ddi_signs_of_parameters(site, way, acquisition.signs);
  if (begin_with(&acquisition, way) && !is_own(s, &acquisition))
    add(s, site->summary, &acquisition);
}

/* ---- Where the system enters -------------------------------------------------- */

/* A lock that is held where another one is acquired. */
struct held {
  ddi_term object;
  ddi_name place;
  bool is_shared;
};

static struct held *find_held(struct held *all, uint32_t count, ddi_term object) {
  for (uint32_t i = 0; i < count; i++)
    if (all[i].object == object)
      return &all[i];
  return NULL;
}

enum { MAX_HELD = DDI_MAX_LOCK_USES + 1 };

/* Returns how many; without those that nobody else has. */
static uint32_t find_all_held(struct solver *s,
                              const struct ddi_acquisition *acquisition,
                              const struct ddi_held *at_entry,
                              struct held all[MAX_HELD]) {
  uint32_t count = 0;
  if (at_entry->name) {
    ddi_term object = ddi_fixed_object(s, at_entry->name);
    all[count++] = (struct held){object, ddi_place_of(s, object), false};
  }
  for (uint32_t i = 0; i < acquisition->count; i++) {
    const struct ddi_lock_use *use = &acquisition->before[i];
    struct held *known = find_held(all, count, use->object);
    if (!known && use->op == DDI_ACQUIRE) {
      if (!is_new(s, acquisition, use->object))
        all[count++] =
            (struct held){use->object, ddi_place_of(s, use->object), is_shared(use)};
    } else if (known && use->op == DDI_CONVERT) {
      known->is_shared = true;
    } else if (known && use->op == DDI_ACQUIRE) {
      known->is_shared &= is_shared(use);
    } else if (known && !(use->op & (DDI_INIT | DDI_REINIT | DDI_ALLOCATE))) {
      *known = all[--count];
    }
  }
  return count;
}

static void add_order(struct solver *s, const struct found_order *found) {
  for (uint32_t i = 0; i < s->orders.count; i++) {
    const struct found_order *known = &s->orders.at[i];
    if (!memcmp(&known->told.order, &found->told.order, sizeof found->told.order) &&
        known->told.function == found->told.function)
      return;
  }
  PUSH(s, s->orders, *found);
}

static void note_order(struct solver *s, uint32_t function, uint32_t entry,
                       const struct ddi_acquisition *acquisition, ddi_name place,
                       const struct held *all, uint32_t count,
                       const struct held *held) {
  const char *text = ddi_names_text(s->places, place);
  if (!held->place ||
      ddi_may_be_one_place(text, ddi_names_text(s->places, held->place)))
    return;
  struct found_order found;
  memset(&found, 0, sizeof found);
  struct ddi_order *order = &found.told.order;
  order->held = held->place;
  order->acquired = place;
  order->holds_shared = held->is_shared;
  order->acquires_shared = is_shared(&acquisition->lock);
  for (uint32_t i = 0; i < count; i++) {
    bool is_gate = &all[i] != held && !all[i].is_shared;
    if (is_gate &&
        !ddi_add_gate(order, all[i].place ? all[i].place : DDI_ANY_GATE))
      return;
  }
  found.told.function = function;
  found.told.entry = entry;
  found.told.waits = acquisition->lock.trail;
  add_order(s, &found);
}

static void find_orders_of(struct solver *s, uint32_t function, uint32_t entry) {
  const struct summary *of = &s->summaries.at[s->asked[function]];
  const struct ddi_held at_entry =
      s->problem->functions[function].entries[entry].context.held;
  for (uint32_t i = 0; i < of->acquisitions.count; i++) {
    const struct ddi_acquisition *acquisition = &of->acquisitions.at[i];
    struct held all[MAX_HELD];
    uint32_t count = find_all_held(s, acquisition, &at_entry, all);
    if (find_held(all, count, acquisition->lock.object))
      continue;
    ddi_name place = ddi_place_of(s, acquisition->lock.object);
    for (uint32_t j = 0; place && j < count; j++)
      note_order(s, function, entry, acquisition, place, all, count, &all[j]);
  }
}

void ddi_find_orders(struct solver *s) {
  for (uint32_t i = 0; i < s->problem->count && s->finds_orders; i++) {
    const struct ddi_function *function = &s->problem->functions[i];
    uint32_t entry = 0;
    while (entry < function->entry_count &&
           !ddi_has_orders(&function->entries[entry].context))
      entry++;
    if (entry < function->entry_count && s->asked[i] != DDI_NONE)
      find_orders_of(s, i, entry);
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < s->orders.count; i++)
    for (uint32_t j = 0; j < s->orders.count; j++)
      if (ddi_orders_invert(&s->orders.at[i].told.order,
                            &s->orders.at[j].told.order)) {
        s->orders.at[i].is_reversed = true;
        break;
      }
  for (uint32_t i = 0; i < s->orders.count; i++)
    if (s->orders.at[i].is_reversed)
      s->orders.at[kept++] = s->orders.at[i];
  s->orders.count = kept;
}
