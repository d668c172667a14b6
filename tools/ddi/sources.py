"""The text that findings lie in.

Columns of ddi-check count bytes of UTF-8, those of editors UTF-16 code units.  A
source in UTF-16 is analysed as UTF-8."""
import codecs
import os
import re
from collections import OrderedDict

KEPT = 64            # files at a time
MOST = 64 << 20      # bytes of a file; what is larger is no source
TOKEN = re.compile(r"\w+|[^\w\s]")


class Sources:
    """Files of a scan, by the names that findings have for them; what cannot be
    read is empty."""

    def __init__(self, root):
        self.root = root
        self._kept = OrderedDict()

    def raw(self, name):
        """The bytes on disk."""
        path = os.path.join(self.root, name)
        try:
            if not os.path.isfile(path):  # a device or a pipe is not read
                return b""
            with open(path, "rb") as file:
                data = file.read(MOST + 1)
        except (OSError, ValueError):
            return b""
        return data if len(data) <= MOST else b""

    def data(self, name):
        """The bytes as they were analysed."""
        return as_utf8(self.raw(name))

    def lines(self, name):
        """Each line's bytes, without its end."""
        if name not in self._kept:
            self._kept[name] = self.data(name).splitlines()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        return self._kept[name]

    def line(self, name, number):
        """The text of a line; None if there is none of this number."""
        lines = self.lines(name)
        if not 1 <= number <= len(lines):
            return None
        return without_mark(lines[number - 1].decode("utf-8", "replace"))

    def before(self, place):
        """The line's text in front of the place; None if there is no such line."""
        lines = self.lines(place.file)
        if not 1 <= place.line <= len(lines):
            return None
        front = lines[place.line - 1][:max(place.column - 1, 0)]
        return without_mark(front.decode("utf-8", "replace"))

    def span(self, place):
        """Where the word at the place begins and ends, in columns of UTF-16."""
        front = self.before(place)
        if front is None:
            column = max(place.column, 1)
            return column, column + 1
        rest = self.line(place.file, place.line)[len(front):]
        word = TOKEN.match(rest)
        start = units(front) + 1
        return start, start + max(units(word.group()) if word else 1, 1)

    def place_of(self, name, offset):
        """The line, and the column in UTF-16, of a byte; (1, 1) if out of reach."""
        data = self.data(name)
        if offset > len(data):
            return 1, 1
        lines = (data[:offset] + b".").splitlines()
        # A CR LF that the offset splits ends its line only behind the LF.
        front = lines[-1][:-1].decode("utf-8", "replace")
        return len(lines), units(without_mark(front)) + 1


def is_utf16(data):
    """Whether the bytes begin with a mark of UTF-16."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def as_utf8(data):
    """The bytes of a source, which may be in UTF-16 with a mark, as clang reads them."""
    if is_utf16(data):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def without_mark(text):
    return text[1:] if text.startswith("\ufeff") else text


def units(text):
    """How many UTF-16 code units the text has."""
    return len(text) + sum(character > "\uffff" for character in text)
