#include "stream.h"
#include <cbor.h>
#include <stdlib.h>
#include <string.h>

const char ddi_no_memory[] = "there is no memory left";
const char ddi_not_sound[] = "it is damaged";

bool ddi_stream_fail(struct ddi_stream *s, const char *error) {
  if (!s->error)
    s->error = error;
  return false;
}

/* ---- Reading ---------------------------------------------------------------- */

enum token_kind { NOTHING, NUMBER, TEXT, BYTES, ARRAY };

struct token {
  enum token_kind kind;
  int64_t number;
  const unsigned char *bytes;
  uint64_t length; /* of these, or of an array */
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

static void set_bytes(struct token *token, enum token_kind kind,
                      cbor_data bytes, size_t length) {
  token->kind = kind;
  token->bytes = bytes;
  token->length = length;
}
static void on_text(void *t, cbor_data text, size_t length) {
  set_bytes(t, TEXT, text, length);
}
static void on_bytes(void *t, cbor_data bytes, size_t length) {
  set_bytes(t, BYTES, bytes, length);
}

static bool next(struct ddi_stream *s, enum token_kind kind,
                 struct token *token) {
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
  callbacks.byte_string = on_bytes;
  memset(token, 0, sizeof *token);
  struct cbor_decoder_result result =
      cbor_stream_decode(s->in, s->left, &callbacks, token);
  if (result.status != CBOR_DECODER_FINISHED || token->kind != kind)
    return ddi_stream_fail(s, ddi_not_sound);
  s->in += result.read;
  s->left -= result.read;
  return true;
}

/* ---- Items ------------------------------------------------------------------ */

enum {
  FIRST_ROOM = 4096,
  HEAD = 9 /* the most bytes that a number or a length takes */
};

/* Makes room for what is to be written next. */
static unsigned char *put(struct ddi_stream *s, size_t length) {
  while (s->room - s->used < length) {
    size_t room = s->room ? s->room * 2 : FIRST_ROOM;
    unsigned char *grown = realloc(s->out, room);
    if (!grown) {
      ddi_stream_fail(s, ddi_no_memory);
      return NULL;
    }
    s->out = grown;
    s->room = room;
  }
  return s->out + s->used;
}

bool ddi_stream_number(struct ddi_stream *s, int64_t *value, int64_t low,
                       int64_t high) {
  if (s->is_reading) {
    struct token token;
    if (!next(s, NUMBER, &token))
      return false;
    *value = token.number;
    return (*value >= low && *value <= high) ||
           ddi_stream_fail(s, ddi_not_sound);
  }
  unsigned char *to = put(s, HEAD);
  if (!to)
    return false;
  s->used += *value >= 0 ? cbor_encode_uint((uint64_t)*value, to, HEAD)
                         : cbor_encode_negint((uint64_t)(-1 - *value), to, HEAD);
  return true;
}

bool ddi_stream_length(struct ddi_stream *s, uint64_t *length) {
  if (s->is_reading) {
    struct token token;
    if (!next(s, ARRAY, &token))
      return false;
    *length = token.length; /* each item takes a byte or more */
    return token.length <= s->left || ddi_stream_fail(s, ddi_not_sound);
  }
  unsigned char *to = put(s, HEAD);
  if (!to)
    return false;
  s->used += cbor_encode_array_start((size_t)*length, to, HEAD);
  return true;
}

static bool put_bytes(struct ddi_stream *s, size_t head, const void *bytes,
                      size_t length) {
  s->used += head;
  if (length)
    memcpy(s->out + s->used, bytes, length);
  s->used += length;
  return true;
}

static bool get_bytes(struct ddi_stream *s, enum token_kind kind,
                      const unsigned char **bytes, size_t *length) {
  struct token token;
  if (!next(s, kind, &token))
    return false;
  *bytes = token.bytes;
  *length = (size_t)token.length;
  return true;
}

bool ddi_stream_text(struct ddi_stream *s, const char **text, size_t *length) {
  const unsigned char *bytes;
  if (s->is_reading) {
    bool is_done = get_bytes(s, TEXT, &bytes, length);
    *text = is_done ? (const char *)bytes : NULL;
    return is_done;
  }
  unsigned char *to = put(s, HEAD + *length);
  return to && put_bytes(s, cbor_encode_string_start(*length, to, HEAD), *text,
                         *length);
}

bool ddi_stream_bytes(struct ddi_stream *s, const unsigned char **bytes,
                      size_t *length) {
  if (s->is_reading)
    return get_bytes(s, BYTES, bytes, length);
  unsigned char *to = put(s, HEAD + *length);
  return to && put_bytes(s, cbor_encode_bytestring_start(*length, to, HEAD),
                         *bytes, *length);
}
