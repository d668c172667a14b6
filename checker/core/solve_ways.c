/* Ways of which equal ones are one. */
#include "solve_internal.h"
#include <stdlib.h>
#include <string.h>

static uint32_t hash_bytes(const void *bytes, size_t length) {
  const unsigned char *at = bytes;
  uint64_t h = 0xcbf29ce484222325u;
  for (; length >= 8; length -= 8, at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
  }
  for (; length > 0; length--)
    h = (h ^ *at++) * 0x100000001b3u;
  return (uint32_t)(h ^ h >> 32);
}

static size_t state_size(const struct ddi_state *state) {
  return offsetof(struct ddi_state, objects) +
         state->count * sizeof *state->objects;
}

static void grow_slots(struct solver *s) {
  uint32_t count = s->slot_count * 2;
  struct packed **slots = calloc(count, sizeof *slots);
  if (!slots)
    return;
  for (uint32_t i = 0; i < s->slot_count; i++)
    for (struct packed *p = s->slots[i], *next; p; p = next) {
      next = p->next;
      p->next = slots[p->hash & (count - 1)];
      slots[p->hash & (count - 1)] = p;
    }
  free(s->slots);
  s->slots = slots;
  s->slot_count = count;
}

enum { COUNTS = 6 * sizeof(uint32_t) };

static bool is_packed(const struct packed *p, const struct way *way) {
  size_t counts = COUNTS, facts = facts_size(way),
         changes = changes_size(way), state = state_size(&way->state);
  const unsigned char *at = p->bytes;
  return p->length == counts + facts + changes + state &&
         !memcmp(at, &way->fact_count, counts) &&
         !memcmp(at + counts, way->facts, facts) &&
         !memcmp(at + counts + facts, way->changes, changes) &&
         !memcmp(at + counts + facts + changes, &way->state, state);
}

static void fill_packed(struct packed *p, const struct way *way) {
  size_t counts = COUNTS, facts = facts_size(way),
         changes = changes_size(way), state = state_size(&way->state);
  unsigned char *at = p->bytes;
  memcpy(at, &way->fact_count, counts);
  memcpy(at + counts, way->facts, facts);
  memcpy(at + counts + facts, way->changes, changes);
  memcpy(at + counts + facts + changes, &way->state, state);
  memcpy(p->trails, way->trails, sizeof p->trails);
}

/* Equal ways of two functions change the same at different places. */
static bool is_of_function(const struct solver *s, const struct packed *p,
                           const struct way *way) {
  return !way->change_count || s->trails.at[p->trails[0]].function ==
                                   s->trails.at[way->trails[0]].function;
}

const struct packed *ddi_pack_way(struct solver *s, const struct way *way) {
  uint32_t hash = hash_bytes(way->facts, facts_size(way)) * 31 +
                  hash_bytes(way->changes, changes_size(way)) * 17 +
                  hash_bytes(&way->state, state_size(&way->state)) +
                  way->fact_count + way->asks_owner * 7 + (way->focus * 16 + way->kind) * 13 + way->guard;
  struct packed **slot = &s->slots[hash & (s->slot_count - 1)];
  for (struct packed *p = *slot; p; p = p->next)
    if (p->hash == hash && is_packed(p, way) && is_of_function(s, p, way))
      return p;
  size_t length = COUNTS + facts_size(way) +
                  changes_size(way) + state_size(&way->state);
  struct packed *p = malloc(sizeof *p + length);
  if (!p) {
    s->has_failed = true;
    return NULL;
  }
  p->hash = hash;
  p->length = (uint32_t)length;
  fill_packed(p, way);
  p->next = *slot;
  *slot = p;
  if (++s->packed_count > s->slot_count)
    grow_slots(s);
  return p;
}

void ddi_unpack_way(const struct packed *p, struct way *way) {
  const unsigned char *at = p->bytes;
  memcpy(&way->fact_count, at, COUNTS);
  at += COUNTS;
  memcpy(way->facts, at, facts_size(way));
  at += facts_size(way);
  memcpy(way->changes, at, changes_size(way));
  at += changes_size(way);
  size_t state = (size_t)(p->bytes + p->length - at);
  memcpy(&way->state, at, state);
  memset((unsigned char *)&way->state + state, 0, sizeof way->state - state);
  memcpy(way->trails, p->trails, sizeof way->trails);
}
