"""Finds the command for a file of the editor, as clangd does."""
import os
from dataclasses import dataclass

from ... import compdb
from ...command import C_ENDINGS, OTHER_ENDINGS, Command
from ...errors import Failure
from . import databases
from .databases import FLAGS_NAME, flags_entry
from .dotclangd import ANCESTORS, NOWHERE, Fragments, ancestors
from .includes import Includes
from .stamps import Stamped

MOST_TRIED = 1000  # sources that are asked for a header
WRITE_ONE = ("let the build write one (CMake: CMAKE_EXPORT_COMPILE_COMMANDS), make one "
             "with ddi-scan compdb, or name its folder with -p")


class NoCommand(Exception):
    """Says in a line why a file is not analysed, and what to do."""


@dataclass(frozen=True)
class Found:
    """The command for a file, and of which database and driver it is (driver: None if
    that is not known).  For a header it is that of a source that brings it in."""
    command: Command
    database: object = None
    driver: str | None = None

    def file(self):
        return os.path.join(self.command.directory, self.command.file)


class Lookup:
    """build: a folder or file that --compile-commands-dir names, or ""."""

    def __init__(self, build=""):
        self.build = build
        self.fragments = Fragments()
        self.databases = Stamped(databases.read)
        self._includes = {}  # by id of Repaired
        self._chains = {}    # by Repaired and header
        self._without = {}   # what was included when no source was found

    def renew(self):
        """What was found of no use may be of use now."""
        self._without.clear()

    def find(self, path, repaired, texts, recent=(), check=lambda: None):
        """What to analyse for a file of the editor.  recent: the sources that were
        analysed last, the newest first; check() is called now and then, and may raise.
        NoCommand or Failure if there is nothing."""
        fragments = self.fragments.of(path)
        database = self.database(path, fragments)
        if not database:
            return self.fallback(path, repaired, fragments)
        is_header = os.path.splitext(path)[1].lower() not in C_ENDINGS
        found = None if is_header else self.own(path, database, repaired)
        found = found or self.includer(path, database, repaired, texts, recent, check)
        found = found or (self.own(path, database, repaired) if is_header else None)
        if found:
            return found
        if is_header:
            raise NoCommand("no source in '%s' includes it, so there is nothing to "
                            "analyse it with; analyse it once a source does" %
                            database.path)
        raise NoCommand("it is not in '%s'; add it to the build, and let that write the "
                        "database again" % database.path)

    # ---- Databases -------------------------------------------------------------

    def database(self, path, fragments):
        """The Database that counts for a file; None if there is none."""
        where = self.build
        for one in fragments:
            where = self.build or one.database or where
        if where == NOWHERE:
            return None
        if where and where != ANCESTORS:
            return self.databases.of(self.given(where))
        for folder in ancestors(path):
            found = self.inside(folder)
            if found:
                return self.databases.of(found)
        return None

    def given(self, where):
        """The file of a database that someone named."""
        found = self.inside(where) if os.path.isdir(where) else where
        if not found or not os.path.isfile(found):
            raise Failure("there is no %s in '%s'; %s" % (compdb.NAME, where, WRITE_ONE))
        return found

    @staticmethod
    def inside(folder):
        for name in (compdb.NAME, os.path.join("build", compdb.NAME), FLAGS_NAME):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return path
        return None

    # ---- Commands --------------------------------------------------------------

    def fallback(self, path, repaired, fragments):
        """What a .clangd says alone is enough for a source."""
        ending = os.path.splitext(path)[1].lower()
        if any(one.add for one in fragments) and ending in C_ENDINGS:
            entry = flags_entry(os.path.dirname(path), path, [])
            for command in repaired.of_words(entry, fragments):
                return Found(command)
        raise NoCommand("there is no %s in a folder above it, nor in their build/; %s" %
                        (compdb.NAME, WRITE_ONE))

    def own(self, path, database, repaired):
        """The command of the file itself, if the database has it."""
        if os.path.splitext(path)[1].lower() in OTHER_ENDINGS:
            raise NoCommand("it is no source in C or C++")
        fragments = self.fragments.of(path)
        for entry in database.named(path):
            for command in repaired.of(entry, fragments):
                if is_same(os.path.join(command.directory, command.file), path):
                    return self.found(command, database, entry, repaired)
        return None

    def found(self, command, database, entry, repaired):
        is_driver = os.path.basename(database.path) != FLAGS_NAME
        return Found(command, database, repaired.driver(entry) if is_driver else None)

    def fragments_of(self, entry, repaired):
        """What .clangd files say of the source of an entry."""
        return self.fragments.of(repaired.source(entry))

    # ---- Headers ---------------------------------------------------------------

    def includes(self, repaired):
        return self._includes.setdefault(repaired, Includes(repaired.settings.disk))

    def includer(self, header, database, repaired, texts, recent, check):
        """A source that brings the header in, as it did the last time, or was analysed
        not long ago, or lies near."""
        includes = self.includes(repaired)
        key = repaired, header
        known, files = self._chains.get(key, (None, ()))
        if known and known.database is database and \
                includes.is_chain(known.command, files, texts):
            return known
        state = database, includes.state(texts)
        if self._without.get(key) == state:
            return None
        for found in self.sources(header, database, repaired, recent):
            check()
            files = includes.chain(found.command, header, texts)
            if files:
                self._chains[key] = found, files
                return found
        self._without[key] = state
        return None

    def sources(self, header, database, repaired, recent):
        """Found of sources, in the order in which they are asked for a header."""
        for path in recent:
            found = self.own(path, database, repaired)
            if found:
                yield found
        for entry in database.near(header)[:MOST_TRIED]:
            for command in repaired.of(entry, self.fragments_of(entry, repaired)):
                yield self.found(command, database, entry, repaired)

    # ---- Drivers ---------------------------------------------------------------

    def commands(self, database, driver, repaired):
        """The Commands of all sources of a driver that are there."""
        commands = {}
        for entry in database.entries:
            if repaired.driver(entry) != driver:
                continue
            for one in repaired.of(entry, self.fragments_of(entry, repaired)):
                if os.path.isfile(os.path.join(one.directory, one.file)):
                    commands.setdefault((one.file, *one.arguments), one)
        return list(commands.values())


def is_same(a, b):
    if os.path.normpath(a) == b:
        return True
    return os.path.basename(a).lower() == os.path.basename(b).lower() and \
        os.path.realpath(a) == os.path.realpath(b)
