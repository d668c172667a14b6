"""Messages of the language server protocol in a stream of bytes.

What is no message is not dropped: a proxy passes it on as it came, for clangd has its
own ways with it."""
import json
import re
from dataclasses import dataclass

MOST_HEADERS = 16 << 10  # bytes; what has no blank line within is no head of a message
MOST_BODY = 64 << 20     # bytes; a longer message passes in pieces, unread
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*\r?$",
                    re.IGNORECASE | re.MULTILINE)
BLANK = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True)
class Message:
    """A whole one: as it came, and where its body begins."""
    raw: bytes
    head: int

    @property
    def body(self):
        return self.raw[self.head:]


@dataclass(frozen=True)
class Piece:
    """Bytes that are no message, or part of one that is too long to look at; rest: how
    many more of it follow."""
    raw: bytes
    rest: int = 0


class Framer:
    """Cuts a stream into Messages and Pieces.  All that is fed comes out again, in
    order; at most MOST_BODY of it is kept."""

    def __init__(self):
        self.kept = bytearray()
        self.head = 0   # bytes of the head of the message in kept; 0: not yet known
        self.need = 0   # bytes of that message, head and body
        self.passes = 0  # bytes of a long message that are still to come
        self.seen = 0   # up to where there is no blank line

    def feed(self, data):
        """What can be told now that these bytes are here: a list."""
        self.kept += data
        found = []
        while self.kept:
            one = self.rest_of_long() if self.passes else self.message()
            if one is None:
                break
            found.append(one)
        return found

    def end(self):
        """What is left when the stream ends: the bytes of half a message."""
        return self.take(len(self.kept))

    def take(self, count):
        data = bytes(memoryview(self.kept)[:count])
        del self.kept[:count]
        self.head = self.seen = 0
        return data

    def rest_of_long(self):
        data = self.take(min(self.passes, len(self.kept)))
        self.passes -= len(data)
        return Piece(data, self.passes)

    def message(self):
        if not self.head:
            odd = self.read_head()
            if odd or not self.head:
                return odd
        if self.need - self.head > MOST_BODY:
            self.passes = self.need
            return self.rest_of_long()
        if len(self.kept) < self.need:
            return None
        head = self.head
        return Message(self.take(self.need), head)

    def read_head(self):
        """Sets head and need if a whole head is here; a Piece if it is none."""
        blank = BLANK.search(self.kept, max(self.seen - 3, 0))
        if not blank:
            self.seen = len(self.kept)
            return Piece(self.take(self.seen)) if self.seen > MOST_HEADERS else None
        lengths = LENGTH.findall(self.kept, 0, blank.end())
        if not lengths or blank.end() > MOST_HEADERS:
            return Piece(self.take(blank.end()))
        self.head = blank.end()
        self.need = self.head + int(lengths[-1])  # clangd, too, takes the last
        return None


def frame(body):
    """The bytes of a message with this body."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def dump(data):
    """The bytes of a message with this JSON."""
    return frame(json.dumps(data, separators=(",", ":")).encode("ascii"))
