"""Compile databases that stay in memory: a file is looked up in them by its name, and
only its own command is repaired."""
import os
import sys
import threading
from collections import defaultdict
from dataclasses import replace

from ... import compdb
from ...build import driver_of
from ...command import C_ENDINGS, normalise
from ...compdb import Entry
from ...errors import Failure
from ...overlay import utf8_copy
from ...paths import last_part, locate

FLAGS_NAME = "compile_flags.txt"
MOST_FLAG_FILES = 2000  # below a compile_flags.txt
MOST_KEPT = 50000  # commands
ANY = ""  # stands for the sources that a response file may name


class Database:
    """The entries of a compile_commands.json, or of a compile_flags.txt."""

    def __init__(self, path, entries):
        self.path = path
        self.entries = []
        self._named = defaultdict(list)
        for entry in entries:
            # Ten thousand commands have few different words.
            entry.arguments = tuple(map(sys.intern, entry.arguments))
            self.entries.append(entry)
            for name in set(_names(entry)):
                self._named[name].append(entry)

    def named(self, path):
        """The entries that may compile the file, the most likely first."""
        found = self._named.get(last_part(path).lower(), []) + self._named.get(ANY, [])
        if len(found) < 2:
            return found
        wanted = _parts(path)
        return sorted(found, key=lambda entry: -_alike(_parts(entry.path()), wanted))

    def near(self, path):
        """All entries, those in the folders nearest to the path first."""
        folder = os.path.dirname(path).split("/")
        return sorted(self.entries, key=lambda entry: _distance(
            os.path.dirname(entry.path()).split("/"), folder))


def _names(entry):
    yield last_part(entry.file).lower()
    for word in entry.arguments[1:]:
        if word[:1] == "@":
            yield ANY
        elif word.rpartition(".")[2].lower() in _ENDINGS and word[:1] != "-":
            yield last_part(word).lower()


_ENDINGS = {ending[1:] for ending in C_ENDINGS}


def _parts(path):
    return path.replace("\\", "/").lower().split("/")[::-1]


def _alike(a, b):
    """How many parts are the same, from the first on."""
    return next((at for at, (x, y) in enumerate(zip(a, b)) if x != y),
                min(len(a), len(b)))


def _distance(a, b):
    return len(a) + len(b) - 2 * _alike(a, b)


def read(path):
    """The Database in a file, which is named compile_commands.json or
    compile_flags.txt.  Failure if it is none."""
    if os.path.basename(path) == FLAGS_NAME:
        return Database(path, _of_flags(path))
    problems = []
    database = Database(path, compdb.read(path, problems))
    if not database.entries and problems:
        raise Failure("%s; let the build write it again" % problems[0])
    return database


def _of_flags(path):
    """An entry for each source below the folder of a compile_flags.txt."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            words = [line.strip() for line in file if line.strip()]
    except OSError as error:
        raise Failure("cannot read '%s': %s" % (path, error.strerror))
    top = os.path.dirname(path)
    return (flags_entry(top, file, words) for file in _sources_below(top))


def flags_entry(folder, file, flags):
    """An Entry of a command that has these flags and nothing more."""
    return Entry(folder, file, ["clang", *flags, file])


def _sources_below(top):
    count = 0
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if os.path.splitext(name)[1].lower() in C_ENDINGS:
                yield os.path.join(folder, name)
                count += 1
            if count == MOST_FLAG_FILES:
                return


class Repaired:
    """The Commands of entries, as Settings and .clangd files change them; each is made
    once.  For several threads."""

    def __init__(self, settings):
        self.settings = settings
        self._kept, self._folders, self._drivers = {}, {}, {}
        self._lock = threading.Lock()

    def of(self, entry, fragments=()):
        """The Commands of an entry of a database."""
        key = id(entry), fragments
        with self._lock:
            if key not in self._kept:
                if len(self._kept) > MOST_KEPT:
                    self._kept.clear()
                self._kept[key] = entry, self.of_words(entry, fragments)
            return self._kept[key][1]

    def of_words(self, entry, fragments):
        """The same, and it is not kept."""
        words = list(entry.arguments)
        for one in fragments:
            words = one.edit(words)
        return normalise(replace(entry, arguments=words), self.settings)

    def shows_another(self, path):
        """Whether the file is UTF-16, and clang is not shown what it is now."""
        overlays = self.settings.overlays
        return utf8_copy(path, overlays.work) != overlays.copies.get(path)

    def stands_for(self, path):
        """The file that clang is shown for what is on disk."""
        if not self.settings.work:
            return path
        return self.settings.overlays.copies.get(path) or path

    def folder(self, entry):
        """Where the folder in which an entry's command runs lies here."""
        if entry.directory not in self._folders:
            self._folders[entry.directory] = self._locate(entry.directory, "/")
        return self._folders[entry.directory]

    def source(self, entry):
        """Where the file that an entry names lies here."""
        return self._locate(entry.file, self.folder(entry))

    def _locate(self, path, folder):
        return locate(path, folder, self.settings.path_map, self.settings.disk)

    def driver(self, entry):
        """The name of the driver that an entry belongs to, "" if that is the whole
        database."""
        key = entry.project, entry.directory
        if key not in self._drivers:
            self._drivers[key] = driver_of(
                replace(entry, directory=self.folder(entry)), self.settings.disk)
        return self._drivers[key]
