/* Names, and the memory of a sketch. */
#include "ddi_sketch.h"
#include <stdlib.h>
#include <string.h>

struct ddi_names {
  char **texts; /* by number; the first is none */
  size_t *lengths;
  uint32_t count, room;
  uint32_t *slots; /* numbers, by hash; zero is free */
  uint32_t slot_count; /* a power of two, more than twice the count */
};

enum { FIRST_ROOM = 256 };

static uint32_t hash_of(const char *text, size_t length) {
  uint32_t hash = 2166136261u; /* FNV-1a */
  for (size_t i = 0; i < length; ++i)
    hash = (hash ^ (unsigned char)text[i]) * 16777619u;
  return hash;
}

static bool grow(struct ddi_names *names, uint32_t room) {
  char **texts = realloc(names->texts, room * sizeof *texts);
  if (texts)
    names->texts = texts;
  size_t *lengths = realloc(names->lengths, room * sizeof *lengths);
  if (lengths)
    names->lengths = lengths;
  uint32_t *slots = calloc(room * 4, sizeof *slots);
  if (!texts || !lengths || !slots) {
    free(slots);
    return false;
  }
  free(names->slots);
  names->slots = slots;
  names->slot_count = room * 4;
  names->room = room;
  for (uint32_t i = 1; i < names->count; ++i) {
    uint32_t at = hash_of(texts[i], lengths[i]);
    while (slots[at & (names->slot_count - 1)])
      ++at;
    slots[at & (names->slot_count - 1)] = i;
  }
  return true;
}

struct ddi_names *ddi_names_new(void) {
  struct ddi_names *names = calloc(1, sizeof *names);
  if (!names)
    return NULL;
  names->count = 1;
  if (grow(names, FIRST_ROOM))
    return names;
  ddi_names_free(names);
  return NULL;
}

void ddi_names_free(struct ddi_names *names) {
  if (!names)
    return;
  for (uint32_t i = 1; i < names->count; ++i)
    free(names->texts[i]);
  free(names->texts);
  free(names->lengths);
  free(names->slots);
  free(names);
}

ddi_name ddi_names_find(const struct ddi_names *names, const char *text,
                        size_t length) {
  uint32_t at = hash_of(text, length);
  for (uint32_t found;
       length && (found = names->slots[at & (names->slot_count - 1)]) != 0; ++at)
    if (names->lengths[found] == length &&
        !memcmp(names->texts[found], text, length))
      return found;
  return 0;
}

ddi_name ddi_names_add(struct ddi_names *names, const char *text,
                       size_t length) {
  if (!length)
    return 0;
  ddi_name known = ddi_names_find(names, text, length);
  if (known)
    return known;
  if (names->count == names->room &&
      (names->room > UINT32_MAX / 16 || !grow(names, names->room * 2)))
    return 0;
  uint32_t at = hash_of(text, length);
  while (names->slots[at & (names->slot_count - 1)])
    ++at;
  char *copy = malloc(length + 1);
  if (!copy)
    return 0;
  memcpy(copy, text, length);
  copy[length] = 0;
  names->texts[names->count] = copy;
  names->lengths[names->count] = length;
  names->slots[at & (names->slot_count - 1)] = names->count;
  return names->count++;
}

uint32_t ddi_names_count(const struct ddi_names *names) {
  return names->count;
}

const char *ddi_names_text(const struct ddi_names *names, ddi_name name) {
  return name && name < names->count ? names->texts[name] : "";
}

enum ddi_compare ddi_opposite(enum ddi_compare how) {
  switch (how) {
  case DDI_EQ:
    return DDI_NE;
  case DDI_NE:
    return DDI_EQ;
  case DDI_LT:
    return DDI_GE;
  case DDI_GE:
    return DDI_LT;
  case DDI_GT:
    return DDI_LE;
  case DDI_LE:
    return DDI_GT;
  }
  return how;
}

bool ddi_value_has_base(const struct ddi_value *value) {
  switch (value->kind) {
  case DDI_VALUE_MEMBER:
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_LOAD:
  case DDI_VALUE_COMPARE:
  case DDI_VALUE_AND:
  case DDI_VALUE_TAGGED:
    return true;
  default:
    return false;
  }
}

bool ddi_value_has_other(const struct ddi_value *value) {
  return value->kind == DDI_VALUE_ELEMENT || value->kind == DDI_VALUE_COMPARE ||
         value->kind == DDI_VALUE_AND;
}

void ddi_body_free(struct ddi_body *body) {
  if (!body)
    return;
  free(body->values);
  free(body->arguments);
  free(body->actions);
  free(body->edges);
  free(body->blocks);
  free(body);
}
