"""Findings, at places in the texts that are open."""
import re
from dataclasses import dataclass, field

from . import positions
from .documents import is_header, on_disk, split
from .edits import clamped_range, moved, moved_range, through
from ..sources import as_utf8, without_mark

LEVELS = {"error": 1, "warning": 2, "note": 3}  # severities of the protocol


@dataclass
class Place:
    """In a file, as the editor names it: a pair of Positions."""
    path: str
    range: tuple


@dataclass
class Step:
    at: Place
    message: str
    depth: int = 0
    state: dict = field(default_factory=dict)


@dataclass
class Change:
    """Of a fix: puts the text at the place."""
    at: Place
    text: str


@dataclass
class Record:
    """A finding; root: the function with which its path begins; owner: the file with
    whose analysis it goes."""
    at: Place
    rule: str
    message: str
    root: str
    fingerprint: str
    severity: int
    owner: str
    steps: list
    fix: list          # of Changes; none: there is no fix, or its text was changed
    is_stale: bool = False

    def key(self):
        """What is the same finding, whoever owns it."""
        return self.rule, self.at.path, self.at.range[0], self.message

    def follow(self, path, edits):
        """Moves what lies in the file; returns whether the finding is still there."""
        if self.at.path == path:
            self.at.range = through(self.at.range, edits, moved_range)
        for step in self.steps:
            if step.at.path == path:
                step.at.range = through(step.at.range, edits, clamped_range)
        for change in self.fix:
            if change.at.path == path:
                change.at.range = through(change.at.range, edits, moved_change)
        if not all(change.at.range for change in self.fix):
            self.fix = []
        return self.at.range is not None


def moved_change(pair, edit):
    """Where a change of a fix is after the edit; an insertion stays an insertion."""
    if pair[0] != pair[1]:
        return moved_range(pair, edit)
    return None if edit.start < pair[0] < edit.end else \
        (moved(pair[0], edit, is_pushed=True),) * 2


class Snapshot:
    """The texts that an analysis was given, and on disk what it saw besides."""

    def __init__(self, documents, encoding):
        self.documents, self.encoding = documents, encoding
        self.open = {d.path: (d, d.revision, d.snapshot()) for d in documents}
        self.disk = {}
        self.bytes = {}

    def lines(self, path):
        """The lines of a file as it was analysed."""
        if path in self.open:
            return self.open[path][2]
        if path not in self.disk:
            text = without_mark(as_utf8(on_disk(path)).decode("utf-8", "replace"))
            self.disk[path] = split(text)
        return self.disk[path]

    def data(self, path):
        """Its bytes; without a mark in front, which no editor shows."""
        if path not in self.bytes:
            text = "\n".join(self.lines(path))
            self.bytes[path] = text.encode("utf-8", "surrogatepass")
        return self.bytes[path]

    def mark(self, path):
        """The bytes of the mark in front of a file on disk."""
        if path in self.open:
            return 0
        return 3 if as_utf8(on_disk(path)).startswith(b"\xef\xbb\xbf") else 0

    def place(self, path, spots):
        """The Place of a pair of Spots."""
        lines = self.lines(path)
        return Place(path, tuple(positions.position(lines, spot, self.encoding)
                                 for spot in spots))

    def since(self, path):
        """The edits of the file since; None if they are not known."""
        document = self.documents.get(path)
        if not document:
            return []
        known, revision, _ = self.open.get(path, (document, 0, None))
        return document.since(revision) if known is document else None

    def has_header_changed(self, other):
        """Whether a header that was open then, or is in the other Snapshot, differs."""
        def headers(snapshot):
            return {path: one[:2] for path, one in snapshot.open.items()
                    if is_header(path)}
        return headers(self) != headers(other)


def place(snapshot, at):
    """The Place, in a file as it was analysed, of a finding's or a step's "at"."""
    path = snapshot.documents.name(at["file"])
    lines = snapshot.lines(path)
    column = at["column"] - (snapshot.mark(path) if at["line"] == 1 else 0)
    start = positions.at(lines, at["line"], column)
    return snapshot.place(path, positions.word_at(lines, start))


def change(snapshot, data):
    """The Change of an item of "fix"; None if it lies nowhere."""
    path = snapshot.documents.name(data["file"])
    offset = data["offset"] - snapshot.mark(path)
    start = positions.at_offset(snapshot.data(path), offset)
    end = positions.at_offset(snapshot.data(path), offset + data["length"])
    if not start or not end:
        return None
    return Change(snapshot.place(path, (start, end)), data["text"])


def record(snapshot, owner, data):
    """The Record of a finding as the analysis tells it, at its place now; None if that
    is gone.  KeyError, TypeError or AttributeError: it is no finding."""
    fix = [change(snapshot, one) for one in data.get("fix", ())]
    found = Record(
        place(snapshot, data["at"]), data["rule"], data["message"],
        data.get("root", ""), data.get("fingerprint", ""),
        LEVELS.get(data.get("level"), 2), owner or owner_of(snapshot, data),
        [Step(place(snapshot, step["at"]), step["message"], step.get("depth", 0),
              step.get("state") or {}) for step in data.get("path", ())],
        fix if all(fix) else [])
    for path in {found.at.path, *(step.at.path for step in found.steps),
                 *(one.at.path for one in found.fix)}:
        edits = snapshot.since(path)
        if edits is None:
            return None
        if edits and not found.follow(path, edits):
            return None
    return found


def owner_of(snapshot, data):
    """Of a finding of a whole driver: the first source file that it lies in, or leads
    through; "" if there is none."""
    places = [data["at"], *(step["at"] for step in data.get("path", ()))]
    files = [snapshot.documents.name(at["file"]) for at in places]
    return next((file for file in files if not is_header(file)), "")


def shown(state):
    """What a step's state says, in a line."""
    said = []
    if state.get("irql"):
        said.append("IRQL " + " to ".join(dict.fromkeys(state["irql"])))
    if state.get("critical") is not None:
        said.append("critical %s" % state["critical"])
    if state.get("guarded") is not None:
        said.append("guarded %s" % state["guarded"])
    for held in state.get("held", ()):
        mode = held.get("mode", "")
        said.append("holds %s%s" % (held["object"], " " + mode if mode else ""))
    return ", ".join(said)


def rule_word(name):
    """As a suppression names the rule."""
    return re.sub(r"[^\w.]", "", name)
