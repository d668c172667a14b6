"""The parts that know nothing of processes, against slower ones that are plainly right:
framing, positions, edits."""
import json
import random

from ddi.lsp import edits, framing, messages, positions
from ddi.lsp.documents import Document, path_of, uri_of
from ddi.lsp.framing import Framer, Message, Piece
from world import run_tests

WORDS = ["a", "bad(", "\u00e9", "\ud55c\uae00", "\U0001f600", " ", "\t", "\n", "\r\n", "x_1", ""]
ENCODINGS = {"utf-8": lambda text: len(text.encode()),
             "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
             "utf-32": len}


def test_framing():
    dice = random.Random(1)
    framing.MOST_HEADERS, framing.MOST_BODY = 200, 3000
    for _ in range(300):
        stream, bodies = b"", []
        for _ in range(dice.randrange(6)):
            body = bytes(dice.choices(b"{}\r\n:Content-Length 0129", k=dice.choice(
                [0, 1, 20, 500, 3001, 9000])))
            head = dice.choice([
                b"Content-Length: %d\r\n\r\n", b"content-length:%d\n\n",
                b"Content-Type: x; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
                b"Content-Length: 7\r\nContent-Length: %d  \r\nX: y\r\n\r\n"])
            stream += head % len(body) + body
            bodies.append(body)
        framer, out = Framer(), []
        while stream:
            count = dice.choice([1, 2, 7, 100, 5000])
            out += framer.feed(stream[:count])
            stream = stream[count:]
        assert not framer.end()
        assert [one.body for one in out if isinstance(one, Message)] == \
            [body for body in bodies if len(body) <= 3000], bodies
    for _ in range(300):  # anything at all
        stream = b"".join(dice.choice([
            b"Content-Length: ", b"12", b"\r\n", b"\n", b"\r\n\r\n", b"-5", b"x" * 300,
            b"99999999999999999999", b"\0", b": "]) for _ in range(dice.randrange(30)))
        framer, out, left = Framer(), b"", stream
        while left:
            count = dice.randrange(1, 40)
            for one in framer.feed(left[:count]):
                out += one.raw
            left = left[count:]
            assert len(framer.kept) <= 200 + 3000 + 40
        assert out + framer.end() == stream


def test_resumes():
    """What is no head of a message ends with the next blank line."""
    good = b"Content-Length: 2\r\n\r\n{}"
    for bad in (b"nonsense\r\n\r\n", b"Content-Length: x\r\n\r\n",
                b"Content-Length: -1\r\n\r\n", b"\r\n\r\n", b"y" * 20000 + b"\n\n"):
        framer = Framer()
        out = framer.feed(bad) + framer.feed(good)
        assert out[-1] == Message(good, 21) and out[-1].body == b"{}", (bad[:30], out)
        assert all(isinstance(one, Piece) for one in out[:-1])


def test_messages():
    assert messages.methods(rb'{"params":{"text":"\"method\":\"x\""},"method" : "a\/b"}'
                            ) == {"a/b"}
    assert messages.key(1) == messages.key(1.0) != messages.key("1")
    assert len({messages.key(one) for one in (1, "1", None, 1.5, True, [1])}) == 6
    assert messages.first_id(b'{"id":"a\\"b","jsonrpc":"2.0","result":1}') == '"a\\"b"'
    assert messages.first_id(b'{"id":7,"result":1}') == "7"
    assert messages.first_id(b'{"result":{"id":7},"id":8}') is None
    for body in (b"", b"[" * 100000, b"1" * 10000, b'"\xff"', b"{", b"[1]", b"NaN"):
        assert messages.parse_object(body) is None, body[:20]


def test_uris():
    assert path_of("file:///a/b%20c/../%EA%B0%80.c") == "/a/\uac00.c"
    assert path_of("file://localhost/a.c") == "/a.c"
    for odd in ("file://host/a", "untitled:1", "/a", None, 7, "file://", "file:///%00",
                "http://x/a.c", "file:", "file:///\ud800"):
        assert path_of(odd) is None, odd
    for path in ("/a b/c#d%.c", "/\uac00/\udcff.c"):
        assert path_of(uri_of(path)) == path


def place(text, index, units):
    """The position of an index into the text, the plain way."""
    front = text[:index]
    return {"line": front.count("\n"), "character": units(front[front.rfind("\n") + 1:])}


def test_edits():
    """Texts, and words in them that no edit touches, are where they should be."""
    for seed in range(400):
        dice = random.Random(seed)
        encoding = dice.choice(list(ENCODINGS))
        units = ENCODINGS[encoding]
        text = "".join(dice.choices(WORDS, k=dice.randrange(60)))
        # Words that are found again: of letters that nothing else has.
        marks = [chr(0x4e00 + number) * 2 for number in range(3)]
        for mark in marks:
            at = spot(dice, text)
            text = text[:at] + mark + text[at:]
        document = Document("/a.c", text, 1)
        before = {mark: range_of(text, mark, units) for mark in marks}
        start = document.revision
        for _ in range(dice.randrange(1, 8)):
            first, last = sorted((spot(dice, text), spot(dice, text)))
            if dice.random() < 0.3:
                last = first
            new = "".join(dice.choices(WORDS, k=dice.randrange(6)))
            changed = text[:first] + new + text[last:]
            change = {"text": new, "range": {"start": place(text, first, units),
                                             "end": place(text, last, units)}}
            if dice.random() < 0.2:
                change = {"text": changed}
            document.change([change], 2, encoding)
            text = changed
            assert document.text() == text, seed
        edited = document.since(start)
        for mark in marks:
            pair = positions.from_json(before[mark])
            moved = edits.through(pair, edited, edits.moved_range)
            if mark not in text:
                assert moved is None or moved[0] == moved[1], (seed, mark)
            elif moved:
                assert positions.as_json(moved) == range_of(text, mark, units), seed
        for first, last in edits.changed_lines(edited):
            assert 0 <= first <= last < len(document.lines), seed


def spot(dice, text):
    """An index that does not split a line's end, or a mark."""
    while True:
        at = dice.randrange(len(text) + 1)
        if text[at - 1:at + 1] != "\r\n" and not (
                0 < at < len(text) and text[at - 1] == text[at] >= "\u4e00" and
                text[at] < "\u4e04"):
            return at


def range_of(text, word, units):
    at = text.index(word)
    return {"start": place(text, at, units), "end": place(text, at + len(word), units)}


def test_words_survive():
    """Typing beside a word leaves it; typing in it does not."""
    def after(change):
        document = Document("/a.c", "ab cd\nef", 1)
        document.change([change], 2, "utf-16")
        pair = positions.Position(0, 3), positions.Position(0, 5)
        return edits.through(pair, document.since(0), edits.moved_range)

    def at(line, column, text, to=None):
        start = {"line": line, "character": column}
        end = {"line": line, "character": to or column}
        return {"text": text, "range": {"start": start, "end": end}}

    assert after(at(0, 3, "x")) == ((0, 4), (0, 6))
    assert after(at(0, 5, "x")) == ((0, 3), (0, 5))
    assert after(at(0, 4, "x")) is None
    assert after(at(0, 0, "\n\n")) == ((2, 3), (2, 5))
    assert after(at(0, 0, "", 3)) == ((0, 0), (0, 2))
    assert after(at(0, 2, "", 4)) is None
    assert after(at(1, 0, "x")) == ((0, 3), (0, 5))
    assert after({"text": "ab; cd\nef"}) == ((0, 4), (0, 6))
    assert after({"text": "ab cxd\nef"}) is None
    assert after({"text": "y\nab cd\nef"}) == ((1, 3), (1, 5))


def test_positions():
    line = "\uac00\U0001f600x\r"
    for encoding, columns in (("utf-8", [0, 3, 7, 8]), ("utf-16", [0, 1, 3, 4]),
                              ("utf-32", [0, 1, 2, 3])):
        for index, column in enumerate(columns):
            assert positions.index_of(line, column, encoding) == index
            assert positions.units_of(line, index, encoding) == column
        assert positions.index_of(line, 99, encoding) == 3  # not behind the return
    assert positions.index_of(line, 2, "utf-16") == 1  # within a character: its front
    assert positions.index_of_byte(line, 8) == 2
    for odd in (None, 1, {}, {"line": 0}, {"line": -1, "character": 0},
                {"line": "0", "character": 0}, {"line": True, "character": 0}):
        try:
            positions.read(["a"], odd, "utf-16")
            raise SystemExit("%s is no position" % odd)
        except positions.Malformed:
            pass
    assert positions.read(["a", "b"], {"line": 9, "character": 9}, "utf-8") == (1, 1)
    data = "\uac00\nb".encode()
    assert [positions.at_offset(data, one) for one in (0, 3, 4, 5, 6, -1)] == \
        [(0, 0), (0, 1), (1, 0), (1, 1), None, None]


def test_surrogates():
    """A text may have half a character; nothing falls over it."""
    text = json.loads('"a\\ud800b"')
    document = Document("/none.c", text, 1)
    document.change([{"text": "x", "range": {"start": {"line": 0, "character": 2},
                                             "end": {"line": 0, "character": 2}}}], 2,
                    "utf-8")
    assert document.differs_from_disk()


run_tests(globals())
