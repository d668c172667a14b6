/*
 * Numbers, texts and arrays as CBOR (RFC 8949), written to memory or read from it.
 *
 * One function both reads and writes an item, so that whoever describes a file
 * describes it once.
 */
#ifndef DDI_STREAM_H
#define DDI_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ddi_stream {
  bool is_reading;
  const char *error; /* the first */
  /* What was written; to be freed. */
  unsigned char *out;
  size_t used, room;
  /* What is left to be read. */
  const unsigned char *in;
  size_t left;
};

extern const char ddi_no_memory[], ddi_not_sound[]; /* errors */

/* False, for what has gone wrong. */
bool ddi_stream_fail(struct ddi_stream *s, const char *error);
/* Fails if what is read lies outside of the bounds. */
bool ddi_stream_number(struct ddi_stream *s, int64_t *value, int64_t low,
                       int64_t high);
/* Of an array; that many items follow. */
bool ddi_stream_length(struct ddi_stream *s, uint64_t *length);
/* What is read lies where it was read from, and has no zero at its end. */
bool ddi_stream_text(struct ddi_stream *s, const char **text, size_t *length);
/* The same, of anything. */
bool ddi_stream_bytes(struct ddi_stream *s, const unsigned char **bytes,
                      size_t *length);

#ifdef __cplusplus
}
#endif
#endif
