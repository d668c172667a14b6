"""The texts that the editor has open."""
import os
import urllib.parse

from . import positions
from .edits import Edit, difference
from .positions import Malformed

SOURCES = (".c", ".cc", ".cpp", ".cxx", ".c++", ".m", ".mm")
HEADERS = (".h", ".hh", ".hpp", ".hxx", ".inl", ".inc")
LANGUAGES = ("c", "cpp", "c++", "objective-c", "objective-cpp")
MOST_EDITS = 2000  # that are remembered
MOST_VERSIONS = 200
MANY_CHANGES = 50  # in one notification; they count as one edit
MOST_BYTES = 16 << 20  # on disk; no source is larger


def path_of(uri):
    """The absolute path that a file: URI names; None if it is no such."""
    if not isinstance(uri, str) or not uri.startswith("file://"):
        return None
    host, slash, path = uri.removeprefix("file://").partition("/")
    try:
        text = (slash + path.partition("#")[0]).encode("utf-8")
    except UnicodeEncodeError:  # half a character
        return None
    path = os.fsdecode(urllib.parse.unquote_to_bytes(text))
    if host not in ("", "localhost") or not slash or "\0" in path:
        return None
    return os.path.normpath(path)


def uri_of(path):
    return "file://" + urllib.parse.quote(os.fsencode(path))


def split(text):
    """The lines of a text, of which there is at least one."""
    return text.split("\n")


def on_disk(path):
    """The bytes of a file; none if it is no file, or too long for a source."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > MOST_BYTES:
            return b""
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError):
        return b""


def is_header(path):
    return os.path.splitext(path)[1].lower() not in SOURCES


class Document:
    """An open text: its lines, and the edits that made them, which revision counts."""

    def __init__(self, path, text, version, language=""):
        self.path = path
        self.real = os.path.realpath(path)
        self.language = language
        self.owner = path       # the file whose analysis tells of it
        self.lines = split(text)
        self.is_shared = False  # someone keeps the lines as they are
        self.revision = 0
        self.edits = []         # the last ones
        self.versions = []      # the last ones, with their revisions
        self.set_version(version)
        self.compared = None    # state of the file on disk, and whether it has the text

    def is_source(self):
        """Whether it is of a kind that is analysed."""
        extension = os.path.splitext(self.path)[1].lower()
        return self.language in LANGUAGES or extension in SOURCES + HEADERS

    def text(self):
        return "\n".join(self.lines)

    def snapshot(self):
        """The lines as they are now, which later edits leave alone."""
        self.is_shared = True
        return self.lines

    def since(self, revision):
        """The edits after the revision; None if they are not known."""
        back = self.revision - revision
        if not 0 <= back <= len(self.edits):
            return None
        return self.edits[len(self.edits) - back:]

    def change(self, changes, version, encoding):
        """Does the edits of a notification.  Malformed: they are none."""
        if not isinstance(changes, list):
            raise Malformed("a list of changes is wanted")
        before = self.snapshot()
        edits = [edit for edit in (self.apply(one, encoding) for one in changes) if edit]
        if len(edits) > MANY_CHANGES:
            whole = difference(before, self.lines, encoding)
            edits = [whole] if whole else []
        self.edits += edits
        del self.edits[:-MOST_EDITS]
        self.revision += len(edits)
        self.compared = None
        self.set_version(version)

    def set_version(self, version):
        self.version = version
        self.versions.append((version, self.revision))
        del self.versions[:-MOST_VERSIONS]

    def revision_of(self, version):
        """The revision that has the version; the current one if it is not known."""
        known = (revision for one, revision in reversed(self.versions) if one == version)
        return next(known, self.revision)

    def apply(self, change, encoding):
        """Does one edit, and returns it; None if it changes nothing."""
        text = change.get("text") if isinstance(change, dict) else None
        if not isinstance(text, str):
            raise Malformed("a text is wanted")
        if change.get("range") is None:
            before, self.lines, self.is_shared = self.lines, split(text), False
            return difference(before, self.lines, encoding)
        start, end = positions.read_range(self.lines, change["range"], encoding)
        old = [positions.position(self.lines, spot, encoding) for spot in (start, end)]
        new = split(text)
        last = len(new[-1]) + (start.index if len(new) == 1 else 0)
        new[0] = self.lines[start.line][:start.index] + new[0]
        new[-1] += self.lines[end.line][end.index:]
        if self.is_shared:
            self.lines, self.is_shared = list(self.lines), False
        self.lines[start.line:end.line + 1] = new
        new_end = positions.position(
            self.lines, positions.Spot(start.line + len(new) - 1, last), encoding)
        return Edit(*old, new_end)

    def differs_from_disk(self):
        """Whether the text is another than the file's."""
        try:
            found = os.stat(self.path)
            state = (found.st_mtime_ns, found.st_size, found.st_ino)
        except OSError:
            return True
        if not self.compared or self.compared[0] != state:
            text = self.text().encode("utf-8", "surrogatepass")
            self.compared = state, on_disk(self.path) == text
        return not self.compared[1]


class Documents:
    """All open texts, by path.  The same file may be known by several names."""

    def __init__(self):
        self.by_path = {}
        self.by_real = {}

    def __iter__(self):
        return iter(self.by_path.values())

    def open(self, document):
        self.by_path[document.path] = document
        self.by_real[document.real] = document

    def close(self, path):
        """Returns the Document that was open, or None."""
        document = self.by_path.pop(path, None)
        if document:
            self.by_real.pop(document.real, None)
        return document

    def get(self, path):
        """The open Document of the path, by whatever name; or None."""
        return self.by_path.get(path) or self.by_real.get(path)

    def name(self, path):
        """The path by the name under which the editor knows it."""
        document = self.get(path)
        return document.path if document else path
