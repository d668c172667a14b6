"""Places in a text, counted in many ways.

A Position is one of the protocol: a line from zero, and a column in units of the encoding
that was negotiated; lines end at a line feed alone, as clangd counts them.  A Spot is
within our text: a line, and an index into it.  ddi-check counts lines from one, and
columns in bytes from one."""
import collections
import re

Position = collections.namedtuple("Position", "line character")
Spot = collections.namedtuple("Spot", "line index")

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"
WORD = re.compile(r"\w+|[^\w\s]")


class Malformed(ValueError):
    """Of a client's position or edit: it is none."""


def width(character, encoding):
    """How many units the character takes."""
    if encoding == UTF16:
        return 1 + (character > "\uffff")
    if encoding == UTF8:
        return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")
    return 1


def index_of(line, units, encoding):
    """The index of a column; the end of the line if it is behind that, and the front of
    a character that it splits."""
    end = len(line) - line.endswith("\r")
    if encoding == UTF32 or line.isascii():
        return min(units, end)
    for index in range(end):
        units -= width(line[index], encoding)
        if units < 0:
            return index
    return end


def units_of(line, index, encoding):
    """The column of an index."""
    if encoding == UTF32 or line.isascii():
        return min(index, len(line))
    return sum(width(character, encoding) for character in line[:index])


def index_of_byte(line, column):
    """The index of a column that counts bytes from one."""
    if line.isascii():
        return min(max(column - 1, 0), len(line))
    front = line.encode("utf-8", "surrogatepass")[:max(column - 1, 0)]
    return len(front.decode("utf-8", "ignore"))


def read(lines, data, encoding):
    """The Spot in the lines of a JSON position, which may lie behind the end.  Malformed:
    it is none."""
    if not isinstance(data, dict):
        raise Malformed("a position is wanted")
    line, units = data.get("line"), data.get("character")
    for number in (line, units):
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise Malformed("a line and a character are wanted")
    if line >= len(lines):
        return Spot(len(lines) - 1, len(lines[-1]))
    return Spot(line, index_of(lines[line], units, encoding))


def read_range(lines, data, encoding):
    """A pair of Spots; Malformed if it is no range."""
    if not isinstance(data, dict):
        raise Malformed("a range is wanted")
    start = read(lines, data.get("start"), encoding)
    end = read(lines, data.get("end"), encoding)
    if end < start:
        raise Malformed("the range ends before it begins")
    return start, end


def position(lines, spot, encoding):
    """The Position of a Spot."""
    return Position(spot.line, units_of(lines[spot.line], spot.index, encoding))


def as_json(pair):
    """The range of a pair of Positions."""
    return {"start": pair[0]._asdict(), "end": pair[1]._asdict()}


def from_json(data):
    """The pair of Positions of a range; Malformed if it is none."""
    try:
        ends = [Position(end["line"], end["character"])
                for end in (data["start"], data["end"])]
    except (KeyError, TypeError):
        raise Malformed("a range is wanted")
    if not all(isinstance(number, int) for end in ends for number in end):
        raise Malformed("numbers are wanted")
    return tuple(ends)


def at(lines, line, column):
    """The Spot of ddi-check's line and column."""
    number = min(max(line - 1, 0), len(lines) - 1)
    return Spot(number, index_of_byte(lines[number], column))


def word_at(lines, spot):
    """Spots where the word there begins and ends; it is never nothing, if the line has
    something."""
    line = lines[spot.line].rstrip("\r")
    word = WORD.match(line, spot.index)
    if word:
        return spot, Spot(spot.line, word.end())
    start = min(spot.index, max(len(line) - 1, 0))
    return Spot(spot.line, start), Spot(spot.line, len(line[:start + 1]))


def at_offset(data, offset):
    """The Spot of an offset into a text's bytes; None if it is behind its end."""
    if not 0 <= offset <= len(data):
        return None
    start = data.rfind(b"\n", 0, offset) + 1
    return Spot(data.count(b"\n", 0, offset),
                len(data[start:offset].decode("utf-8", "ignore")))
