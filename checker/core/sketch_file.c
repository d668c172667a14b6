/*
 * Sketches as CBOR: an array of the format's name, its version, a table of
 * strings, and for each function its numbers and five arrays of integers.
 *
 * The same functions read and write, so that both agree on what comes when.
 */
#include "ddi_sketch.h"
#include "stream.h"
#include <stdlib.h>
#include <string.h>

enum { VERSION = 2, FIRST_ROOM = 4096 };
static const char format[] = "ddi-check sketches";

struct stream {
  struct ddi_stream items;
  bool counts_names; /* and does nothing else */
  struct ddi_names *names;
  ddi_wanted *wants;
  void *context;
  /* Writing: numbers in the table, by name; reading: names, by number. */
  uint32_t *table;
  uint32_t table_room;
  uint32_t used_count;
};

static bool fail(struct stream *s, const char *error) {
  return ddi_stream_fail(&s->items, error);
}

/* Room for count + 1 items; what is new is zero. */
static bool reserve(struct stream *s, void **items, uint32_t *room,
                    uint32_t count, size_t size) {
  if (count < *room)
    return true;
  uint32_t more = count < FIRST_ROOM / 2 ? FIRST_ROOM : count * 2;
  void *grown = realloc(*items, more * size);
  if (!grown)
    return fail(s, ddi_no_memory);
  memset((char *)grown + *room * size, 0, (more - *room) * size);
  *items = grown;
  *room = more;
  return true;
}

/* ---- One item ------------------------------------------------------------- */

static bool number(struct stream *s, int64_t *value, int64_t low,
                   int64_t high) {
  return s->counts_names || ddi_stream_number(&s->items, value, low, high);
}

static bool length_of(struct stream *s, uint64_t *length) {
  return s->counts_names || ddi_stream_length(&s->items, length);
}

static bool small(struct stream *s, uint8_t *value) {
  int64_t wide = *value;
  bool is_done = number(s, &wide, 0, UINT8_MAX);
  *value = (uint8_t)wide;
  return is_done;
}

static bool level(struct stream *s, int8_t *value) {
  int64_t wide = *value;
  bool is_done = number(s, &wide, DDI_NO_BOUND, DDI_HIGH_LEVEL);
  *value = (int8_t)wide;
  return is_done;
}

static bool whole(struct stream *s, uint32_t *value) {
  int64_t wide = *value;
  bool is_done = number(s, &wide, 0, UINT32_MAX);
  *value = (uint32_t)wide;
  return is_done;
}

/* An index is written as one more, so that none is zero. */
static bool index_of(struct stream *s, uint32_t *value) {
  int64_t wide = *value == DDI_NONE ? 0 : (int64_t)*value + 1;
  bool is_done = number(s, &wide, 0, UINT32_MAX);
  *value = wide ? (uint32_t)(wide - 1) : DDI_NONE;
  return is_done;
}

static bool name(struct stream *s, ddi_name *value) {
  int64_t local = 0;
  if (s->counts_names) {
    if (!*value)
      return true;
    if (!reserve(s, (void **)&s->table, &s->table_room, *value,
                 sizeof *s->table))
      return false;
    if (!s->table[*value])
      s->table[*value] = ++s->used_count;
    return true;
  }
  if (!s->items.is_reading && *value)
    local = s->table[*value];
  if (!number(s, &local, 0, s->used_count))
    return false;
  if (s->items.is_reading)
    *value = local ? s->table[local - 1] : 0;
  return true;
}

/* ---- The parts of a body --------------------------------------------------- */

/* How many numbers a part of the kind is. */
enum {
  VALUE_FIELDS = 6,
  ACTION_FIELDS = 17,
  EDGE_FIELDS = 3,
  BLOCK_FIELDS = 4
};

static bool value_fields(struct stream *s, void *part) {
  struct ddi_value *v = part;
  return small(s, &v->kind) && small(s, &v->compare) && name(s, &v->name) &&
         whole(s, &v->base) && whole(s, &v->other) &&
         number(s, &v->number, INT64_MIN, INT64_MAX);
}

static bool action_fields(struct stream *s, void *part) {
  struct ddi_action *a = part;
  uint32_t op = a->op, kind = a->object_kind, mode = a->mode;
  bool is_done =
      small(s, &a->kind) && small(s, &a->flags) && level(s, &a->irql_min) &&
      level(s, &a->irql_max) && name(s, &a->name) && name(s, &a->written) &&
      whole(s, &a->first) && whole(s, &a->count) && index_of(s, &a->variable) &&
      index_of(s, &a->value) && index_of(s, &a->address) && whole(s, &op) &&
      whole(s, &kind) && whole(s, &mode) && name(s, &a->file) &&
      whole(s, &a->line) && whole(s, &a->column);
  if (kind >= DDI_KINDS || mode > DDI_EXCLUSIVE || op > DDI_ASSUME_FREE)
    return fail(s, ddi_not_sound);
  a->op = (enum ddi_op)op;
  a->object_kind = (enum ddi_kind)kind;
  a->mode = (enum ddi_mode)mode;
  return is_done;
}

static bool edge_fields(struct stream *s, void *part) {
  struct ddi_edge *e = part;
  return whole(s, &e->to) && index_of(s, &e->test) && small(s, &e->is_else);
}

static bool block_fields(struct stream *s, void *part) {
  struct ddi_block *b = part;
  return whole(s, &b->first_action) && whole(s, &b->actions) &&
         whole(s, &b->first_edge) && whole(s, &b->edges);
}

static bool argument_fields(struct stream *s, void *part) {
  return whole(s, part);
}

static bool parts(struct stream *s, void **items, uint32_t *count, size_t size,
                  unsigned fields, bool (*each)(struct stream *, void *)) {
  uint64_t length = (uint64_t)*count * fields;
  if (!length_of(s, &length))
    return false;
  if (s->items.is_reading) {
    if (length % fields || length / fields > UINT32_MAX)
      return fail(s, ddi_not_sound);
    *count = (uint32_t)(length / fields);
    *items = *count ? calloc(*count, size) : NULL;
    if (*count && !*items)
      return fail(s, ddi_no_memory);
  }
  for (uint32_t i = 0; i < *count; ++i)
    if (!each(s, (char *)*items + i * size))
      return false;
  return true;
}

static bool body_parts(struct stream *s, struct ddi_body *b) {
  return name(s, &b->why_not) && whole(s, &b->entry) && whole(s, &b->exit) &&
         whole(s, &b->variables) && whole(s, &b->parameters) &&
         parts(s, (void **)&b->values, &b->value_count, sizeof *b->values,
               VALUE_FIELDS, value_fields) &&
         parts(s, (void **)&b->arguments, &b->argument_count,
               sizeof *b->arguments, 1, argument_fields) &&
         parts(s, (void **)&b->actions, &b->action_count, sizeof *b->actions,
               ACTION_FIELDS, action_fields) &&
         parts(s, (void **)&b->edges, &b->edge_count, sizeof *b->edges,
               EDGE_FIELDS, edge_fields) &&
         parts(s, (void **)&b->blocks, &b->block_count, sizeof *b->blocks,
               BLOCK_FIELDS, block_fields);
}

/* ---- Whether what was read makes sense -------------------------------------- */

static bool has_range(uint32_t first, uint32_t count, uint32_t all) {
  return first <= all && count <= all - first;
}

static bool is_value(const struct ddi_body *b, uint32_t value) {
  return value < b->value_count;
}

static bool is_value_or_none(const struct ddi_body *b, uint32_t value) {
  return value == DDI_NONE || is_value(b, value);
}

static bool is_below(int64_t number, uint32_t limit) {
  return number >= 0 && number < (int64_t)limit;
}

static bool is_sound_value(const struct ddi_body *b, uint32_t index) {
  const struct ddi_value *v = &b->values[index];
  switch (v->kind) {
  case DDI_VALUE_UNKNOWN:
  case DDI_VALUE_NUMBER:
    return true;
  case DDI_VALUE_PARAMETER:
    return is_below(v->number, b->parameters);
  case DDI_VALUE_VARIABLE:
  case DDI_VALUE_LOCAL:
    return is_below(v->number, b->variables);
  case DDI_VALUE_GLOBAL:
  case DDI_VALUE_FUNCTION:
    return v->name != 0;
  case DDI_VALUE_MEMBER:
    return v->name && v->base < index;
  case DDI_VALUE_LOAD:
    return v->base < index;
  case DDI_VALUE_ELEMENT:
  case DDI_VALUE_AND:
    return v->base < index && v->other < index;
  case DDI_VALUE_COMPARE:
    return v->base < index && v->other < index && v->compare <= DDI_LE;
  case DDI_VALUE_RESULT:
    return is_below(v->number, b->action_count) &&
           b->actions[v->number].kind == DDI_DO_CALL;
  case DDI_VALUE_TAGGED:
    return v->base < index && v->number >= 1 && v->number <= 3;
  default:
    return false;
  }
}

static bool is_sound_action(const struct ddi_body *b,
                            const struct ddi_action *a) {
  if (!is_value_or_none(b, a->value) || !is_value_or_none(b, a->address))
    return false;
  switch (a->kind) {
  case DDI_DO_CALL:
    return a->name && has_range(a->first, a->count, b->argument_count);
  case DDI_DO_SET:
    return a->variable < b->variables && a->value != DDI_NONE;
  case DDI_DO_DECLARE:
    return a->variable < b->variables;
  case DDI_DO_STORE:
    return a->address != DDI_NONE && a->value != DDI_NONE;
  case DDI_DO_RETURN:
    return true;
  case DDI_DO_EVENT:
    return a->op && !((unsigned)a->op & ((unsigned)a->op - 1));
  default:
    return false;
  }
}

static bool is_sound(const struct ddi_body *b) {
  if (b->why_not)
    return !b->block_count && !b->value_count && !b->argument_count &&
           !b->action_count && !b->edge_count;
  if (b->entry >= b->block_count || b->exit >= b->block_count)
    return false;
  for (uint32_t i = 0; i < b->value_count; ++i)
    if (!is_sound_value(b, i))
      return false;
  for (uint32_t i = 0; i < b->argument_count; ++i)
    if (!is_value(b, b->arguments[i]))
      return false;
  for (uint32_t i = 0; i < b->action_count; ++i)
    if (!is_sound_action(b, &b->actions[i]))
      return false;
  for (uint32_t i = 0; i < b->edge_count; ++i)
    if (b->edges[i].to >= b->block_count || b->edges[i].is_else > 1 ||
        !is_value_or_none(b, b->edges[i].test))
      return false;
  for (uint32_t i = 0; i < b->block_count; ++i)
    if (!has_range(b->blocks[i].first_action, b->blocks[i].actions,
                   b->action_count) ||
        !has_range(b->blocks[i].first_edge, b->blocks[i].edges, b->edge_count))
      return false;
  return true;
}

/* ---- A unit ----------------------------------------------------------------- */

/* Each function: its name, its file, and as bytes all else: so that it can be left
   out unread. */
enum { FUNCTION_ITEMS = 3 };

static bool write_body(struct stream *s, struct ddi_body *b) {
  struct stream inner = *s;
  inner.items = (struct ddi_stream){0};
  bool is_done = body_parts(&inner, b);
  const unsigned char *bytes = inner.items.out;
  is_done = is_done && ddi_stream_bytes(&s->items, &bytes, &inner.items.used);
  free(inner.items.out);
  return is_done;
}

static bool read_body(struct stream *s, struct ddi_named_body *f,
                      const unsigned char *bytes, size_t length) {
  struct stream inner = *s;
  inner.items.in = bytes;
  inner.items.left = length;
  f->body = calloc(1, sizeof *f->body);
  if (!f->body)
    return fail(s, ddi_no_memory);
  bool is_done = body_parts(&inner, f->body) && !inner.items.left &&
                 f->function && is_sound(f->body);
  return is_done ||
         fail(s, inner.items.error ? inner.items.error : ddi_not_sound);
}

static bool function(struct stream *s, struct ddi_named_body *f) {
  uint64_t items = FUNCTION_ITEMS;
  ddi_name file =
      f->body && f->body->action_count ? f->body->actions[0].file : 0;
  const unsigned char *bytes;
  size_t length;
  if (!length_of(s, &items) || !name(s, &f->function) || !name(s, &file))
    return false;
  if (s->counts_names)
    return body_parts(s, f->body);
  if (!s->items.is_reading)
    return write_body(s, f->body);
  if (items != FUNCTION_ITEMS)
    return fail(s, ddi_not_sound);
  if (!ddi_stream_bytes(&s->items, &bytes, &length))
    return false;
  return (s->wants && !s->wants(s->context, f->function, file)) ||
         read_body(s, f, bytes, length);
}

static bool write_functions(struct stream *s, const struct ddi_unit *unit) {
  uint64_t count = unit->count;
  bool is_done = length_of(s, &count);
  for (size_t i = 0; is_done && i < unit->count; ++i) {
    struct ddi_named_body same = unit->functions[i]; /* is not changed */
    is_done = function(s, &same);
  }
  return is_done;
}

static bool read_functions(struct stream *s, struct ddi_unit *unit) {
  uint64_t count;
  if (!length_of(s, &count))
    return false;
  unit->functions =
      count ? calloc((size_t)count, sizeof *unit->functions) : NULL;
  if (count && !unit->functions)
    return fail(s, ddi_no_memory);
  while (count--) {
    struct ddi_named_body f = {0};
    bool is_done = function(s, &f);
    if (f.body)
      unit->functions[unit->count++] = f;
    if (!is_done)
      return false;
  }
  return true;
}

static bool put_text(struct stream *s, const char *text) {
  size_t length = strlen(text);
  return ddi_stream_text(&s->items, &text, &length);
}

static bool write_names(struct stream *s, const struct ddi_names *names) {
  const char **texts = calloc((size_t)s->used_count + 1, sizeof *texts);
  if (!texts)
    return fail(s, ddi_no_memory);
  for (uint32_t i = 0; i < s->table_room; ++i)
    if (s->table[i])
      texts[s->table[i] - 1] = ddi_names_text(names, i);
  uint64_t count = s->used_count;
  bool is_done = length_of(s, &count);
  for (uint32_t i = 0; is_done && i < s->used_count; ++i)
    is_done = put_text(s, texts[i]);
  free(texts);
  return is_done;
}

static bool read_names(struct stream *s) {
  const char *text;
  size_t length;
  uint64_t count;
  if (!length_of(s, &count))
    return false;
  if (count > UINT32_MAX / 2)
    return fail(s, ddi_not_sound);
  s->table = calloc((size_t)count + 1, sizeof *s->table);
  if (!s->table)
    return fail(s, ddi_no_memory);
  for (s->used_count = 0; s->used_count < count; ++s->used_count) {
    if (!ddi_stream_text(&s->items, &text, &length))
      return false;
    if (!length || memchr(text, 0, length))
      return fail(s, ddi_not_sound);
    s->table[s->used_count] = ddi_names_add(s->names, text, length);
    if (!s->table[s->used_count])
      return fail(s, ddi_no_memory);
  }
  return true;
}

enum { UNIT_ITEMS = 4 };

bool ddi_unit_write(const struct ddi_unit *unit, const struct ddi_names *names,
                    FILE *file) {
  struct stream s = {.counts_names = true};
  int64_t version = VERSION;
  uint64_t items = UNIT_ITEMS;
  bool is_done = write_functions(&s, unit);
  s.counts_names = false;
  is_done = is_done && length_of(&s, &items) && put_text(&s, format) &&
            number(&s, &version, VERSION, VERSION) && write_names(&s, names) &&
            write_functions(&s, unit) &&
            fwrite(s.items.out, 1, s.items.used, file) == s.items.used;
  free(s.items.out);
  free(s.table);
  return is_done;
}

static bool read_head(struct stream *s) {
  const char *text;
  size_t length;
  uint64_t items;
  int64_t version = 0;
  if (!length_of(s, &items) || items != UNIT_ITEMS ||
      !ddi_stream_text(&s->items, &text, &length) || length != strlen(format) ||
      memcmp(text, format, length)) {
    s->items.error = "these are no sketches of ddi-check";
    return false;
  }
  if (!number(s, &version, 0, INT64_MAX))
    return false;
  return version == VERSION ||
         fail(s, "the sketches are of another version of ddi-check");
}

struct ddi_unit *ddi_unit_read(const void *bytes, size_t length,
                               struct ddi_names *names, ddi_wanted *wants,
                               void *context, const char **error) {
  struct stream s = {
      .items = {.is_reading = true, .in = bytes, .left = length},
      .names = names,
      .wants = wants,
      .context = context};
  struct ddi_unit *unit = calloc(1, sizeof *unit);
  bool is_done = unit ? read_head(&s) && read_names(&s) && read_functions(&s, unit) &&
                            (!s.items.left || fail(&s, ddi_not_sound))
                      : fail(&s, ddi_no_memory);
  free(s.table);
  *error = s.items.error;
  if (is_done)
    return unit;
  ddi_unit_free(unit);
  return NULL;
}

void ddi_unit_free(struct ddi_unit *unit) {
  if (!unit)
    return;
  for (size_t i = 0; i < unit->count; ++i)
    ddi_body_free(unit->functions[i].body);
  free(unit->functions);
  free(unit);
}
