/*
 * Sketches as CBOR: an array of the format's name, its version, a table of
 * strings, and for each function its numbers and five arrays of integers.
 *
 * The same functions read and write, so that both agree on what comes when.
 */
#include "ddi_sketch.h"
#include <cbor.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, FIRST_ROOM = 4096 };
static const char format[] = "ddi-check sketches";

enum mode { COUNT_NAMES, WRITE, READ };

struct stream {
  enum mode mode;
  const char *error;
  /* WRITE, to be put into a file at the end. */
  unsigned char *out;
  size_t used, room;
  /* READ. */
  const unsigned char *in;
  size_t left;
  struct ddi_names *names;
  /* WRITE: numbers in the table, by name; READ: names, by number. */
  uint32_t *table;
  uint32_t table_room;
  uint32_t used_count;
};

static bool fail(struct stream *s, const char *error) {
  if (!s->error)
    s->error = error;
  return false;
}

static const char no_memory[] = "there is no memory left";
static const char not_sound[] = "the sketches are damaged";

/* Room for count + 1 items; what is new is zero. */
static bool reserve(struct stream *s, void **items, uint32_t *room,
                    uint32_t count, size_t size) {
  if (count < *room)
    return true;
  uint32_t more = count < FIRST_ROOM / 2 ? FIRST_ROOM : count * 2;
  void *grown = realloc(*items, more * size);
  if (!grown)
    return fail(s, no_memory);
  memset((char *)grown + *room * size, 0, (more - *room) * size);
  *items = grown;
  *room = more;
  return true;
}

/* ---- One item ------------------------------------------------------------- */

enum token_kind { NOTHING, NUMBER, TEXT, ARRAY };

struct token {
  enum token_kind kind;
  int64_t number;
  const unsigned char *text;
  uint64_t length; /* of a text or an array */
};

static void set_number(void *into, uint64_t value, bool is_negative) {
  struct token *token = into;
  if (value > INT64_MAX)
    return;
  token->kind = NUMBER;
  token->number = is_negative ? -1 - (int64_t)value : (int64_t)value;
}
static void on_uint8(void *t, uint8_t v) { set_number(t, v, false); }
static void on_uint16(void *t, uint16_t v) { set_number(t, v, false); }
static void on_uint32(void *t, uint32_t v) { set_number(t, v, false); }
static void on_uint64(void *t, uint64_t v) { set_number(t, v, false); }
static void on_negint8(void *t, uint8_t v) { set_number(t, v, true); }
static void on_negint16(void *t, uint16_t v) { set_number(t, v, true); }
static void on_negint32(void *t, uint32_t v) { set_number(t, v, true); }
static void on_negint64(void *t, uint64_t v) { set_number(t, v, true); }

static void on_array(void *into, size_t length) {
  struct token *token = into;
  token->kind = ARRAY;
  token->length = length;
}

static void on_text(void *into, cbor_data text, size_t length) {
  struct token *token = into;
  token->kind = TEXT;
  token->text = text;
  token->length = length;
}

static bool next(struct stream *s, enum token_kind kind, struct token *token) {
  struct cbor_callbacks callbacks = cbor_empty_callbacks;
  callbacks.uint8 = on_uint8;
  callbacks.uint16 = on_uint16;
  callbacks.uint32 = on_uint32;
  callbacks.uint64 = on_uint64;
  callbacks.negint8 = on_negint8;
  callbacks.negint16 = on_negint16;
  callbacks.negint32 = on_negint32;
  callbacks.negint64 = on_negint64;
  callbacks.array_start = on_array;
  callbacks.string = on_text;
  memset(token, 0, sizeof *token);
  struct cbor_decoder_result result =
      cbor_stream_decode(s->in, s->left, &callbacks, token);
  if (result.status != CBOR_DECODER_FINISHED || token->kind != kind)
    return fail(s, not_sound);
  s->in += result.read;
  s->left -= result.read;
  return true;
}

/* Makes room for what is to be written next. */
static unsigned char *put(struct stream *s, size_t length) {
  while (s->room - s->used < length) {
    size_t room = s->room ? s->room * 2 : FIRST_ROOM;
    unsigned char *grown = realloc(s->out, room);
    if (!grown) {
      fail(s, no_memory);
      return NULL;
    }
    s->out = grown;
    s->room = room;
  }
  return s->out + s->used;
}

enum { HEAD = 9 }; /* the most bytes that a number or a length takes */

static bool number(struct stream *s, int64_t *value, int64_t low,
                   int64_t high) {
  struct token token;
  if (s->mode == COUNT_NAMES)
    return true;
  if (s->mode == READ) {
    if (!next(s, NUMBER, &token))
      return false;
    *value = token.number;
    return (*value >= low && *value <= high) || fail(s, not_sound);
  }
  unsigned char *to = put(s, HEAD);
  if (!to)
    return false;
  s->used += *value >= 0 ? cbor_encode_uint((uint64_t)*value, to, HEAD)
                         : cbor_encode_negint((uint64_t)(-1 - *value), to, HEAD);
  return true;
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

static bool length_of(struct stream *s, uint64_t *length) {
  struct token token;
  if (s->mode == COUNT_NAMES)
    return true;
  if (s->mode == READ) {
    if (!next(s, ARRAY, &token))
      return false;
    *length = token.length; /* each item takes a byte or more */
    return token.length <= s->left || fail(s, not_sound);
  }
  unsigned char *to = put(s, HEAD);
  if (!to)
    return false;
  s->used += cbor_encode_array_start((size_t)*length, to, HEAD);
  return true;
}

static bool name(struct stream *s, ddi_name *value) {
  int64_t local = 0;
  if (s->mode == COUNT_NAMES) {
    if (!*value)
      return true;
    if (!reserve(s, (void **)&s->table, &s->table_room, *value,
                 sizeof *s->table))
      return false;
    if (!s->table[*value])
      s->table[*value] = ++s->used_count;
    return true;
  }
  if (s->mode == WRITE && *value)
    local = s->table[*value];
  if (!number(s, &local, 0, s->used_count))
    return false;
  if (s->mode == READ)
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
    return fail(s, not_sound);
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
  if (s->mode == READ) {
    if (length % fields || length / fields > UINT32_MAX)
      return fail(s, not_sound);
    *count = (uint32_t)(length / fields);
    *items = *count ? calloc(*count, size) : NULL;
    if (*count && !*items)
      return fail(s, no_memory);
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

/* Each function: its name, five numbers and five arrays. */
enum { FUNCTION_ITEMS = 11 };

static bool function(struct stream *s, struct ddi_named_body *f) {
  uint64_t items = FUNCTION_ITEMS;
  if (!length_of(s, &items) || !name(s, &f->function))
    return false;
  if (items != FUNCTION_ITEMS)
    return fail(s, not_sound);
  if (s->mode != READ)
    return body_parts(s, f->body);
  f->body = calloc(1, sizeof *f->body);
  if (!f->body)
    return fail(s, no_memory);
  return body_parts(s, f->body) &&
         ((f->function && is_sound(f->body)) || fail(s, not_sound));
}

static bool functions(struct stream *s, struct ddi_unit *unit) {
  uint64_t count = unit->count;
  if (!length_of(s, &count))
    return false;
  if (s->mode == READ) {
    unit->functions = count ? calloc((size_t)count, sizeof *unit->functions)
                            : NULL;
    if (count && !unit->functions)
      return fail(s, no_memory);
    unit->count = (size_t)count;
  }
  for (size_t i = 0; i < unit->count; ++i)
    if (!function(s, &unit->functions[i]))
      return false;
  return true;
}

static bool put_text(struct stream *s, const char *text) {
  size_t length = strlen(text);
  unsigned char *to = put(s, HEAD + length);
  if (!to)
    return false;
  s->used += cbor_encode_string_start(length, to, HEAD);
  memcpy(s->out + s->used, text, length);
  s->used += length;
  return true;
}

static bool write_names(struct stream *s, const struct ddi_names *names) {
  const char **texts = calloc((size_t)s->used_count + 1, sizeof *texts);
  if (!texts)
    return fail(s, no_memory);
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
  struct token token;
  uint64_t count;
  if (!length_of(s, &count))
    return false;
  if (count > UINT32_MAX / 2)
    return fail(s, not_sound);
  s->table = calloc((size_t)count + 1, sizeof *s->table);
  if (!s->table)
    return fail(s, no_memory);
  for (s->used_count = 0; s->used_count < count; ++s->used_count) {
    if (!next(s, TEXT, &token))
      return false;
    if (!token.length || memchr(token.text, 0, (size_t)token.length))
      return fail(s, not_sound);
    s->table[s->used_count] = ddi_names_add(
        s->names, (const char *)token.text, (size_t)token.length);
    if (!s->table[s->used_count])
      return fail(s, no_memory);
  }
  return true;
}

enum { UNIT_ITEMS = 4 };

bool ddi_unit_write(const struct ddi_unit *unit, const struct ddi_names *names,
                    FILE *file) {
  struct stream s = {.mode = COUNT_NAMES};
  struct ddi_unit same = *unit; /* is not changed: nothing is read */
  int64_t version = VERSION;
  uint64_t items = UNIT_ITEMS;
  bool is_done = functions(&s, &same);
  s.mode = WRITE;
  is_done = is_done && length_of(&s, &items) && put_text(&s, format) &&
            number(&s, &version, VERSION, VERSION) && write_names(&s, names) &&
            functions(&s, &same) && fwrite(s.out, 1, s.used, file) == s.used;
  free(s.out);
  free(s.table);
  return is_done;
}

static bool read_head(struct stream *s) {
  struct token token;
  uint64_t items;
  int64_t version = 0;
  if (!length_of(s, &items) || items != UNIT_ITEMS || !next(s, TEXT, &token) ||
      token.length != strlen(format) ||
      memcmp(token.text, format, strlen(format))) {
    s->error = "these are no sketches of ddi-check";
    return false;
  }
  if (!number(s, &version, 0, INT64_MAX))
    return false;
  return version == VERSION ||
         fail(s, "the sketches are of another version of ddi-check");
}

struct ddi_unit *ddi_unit_read(const void *bytes, size_t length,
                               struct ddi_names *names, const char **error) {
  struct stream s = {
      .mode = READ, .in = bytes, .left = length, .names = names};
  struct ddi_unit *unit = calloc(1, sizeof *unit);
  bool is_done = unit ? read_head(&s) && read_names(&s) && functions(&s, unit) &&
                            (!s.left || fail(&s, not_sound))
                      : fail(&s, no_memory);
  free(s.table);
  *error = s.error;
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
