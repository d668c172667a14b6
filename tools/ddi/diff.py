"""What a change affects, and the same sources as they were before."""
import json
import os
import re
from collections import defaultdict

from . import git
from .paths import forward, last_part
from .sources import Sources, as_utf8

CODE = (".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inl", ".inc", ".tmh")
INCLUDE = re.compile(rb"""^[ \t]*(?:#|%:)[ \t]*(?:include|include_next|import)\b[ \t]*"""
                     rb"""(?:[<"]([^>"\n]+)[>"]|(\w))""", re.M)
ANY = ""  # a name that a macro stands for


def base(name):
    return last_part(name).lower()


def by_path(name):
    """What stands for a file of this path, and no other of that name."""
    return "/" + os.path.normpath(name).lower()


class Includes:
    """What the files below top include, by the names in their directives; contents: of
    files that do not count as they are on disk."""

    def __init__(self, top, contents=()):
        self.top = top
        self.contents = dict(contents)
        self.files = set(git.files(top))
        self.paths = set(map(by_path, self.files))
        links = {name for name in self.files
                 if os.path.islink(os.path.join(top, name))}
        self.users = defaultdict(set)
        for name in links:
            self.users[self.target(name)].add(name)
        self.linked = set(self.users)
        for name in self.files - links:
            if name.lower().endswith(CODE):
                for one in self.included(name):
                    self.users[one].add(name)

    def target(self, link):
        return base(os.readlink(os.path.join(self.top, link)))

    def included(self, name):
        """What a file, below top or elsewhere, includes: the path, if that lies beside
        it; else the last part of the name, in lower case; ANY for what a macro names."""
        data = self.contents.get(name)
        if data is None:
            try:
                with open(os.path.join(self.top, name), "rb") as file:
                    data = file.read()
            except OSError:
                return set()
        return {self.meant(name, match) for match in INCLUDE.finditer(as_utf8(data))}

    def meant(self, user, directive):
        if not directive[1]:
            return ANY
        name = os.fsdecode(directive[1])
        is_quoted = directive.string[directive.start(1) - 1] == ord('"')
        beside = by_path(os.path.join(os.path.dirname(user), forward(name)))
        is_beside = is_quoted and beside in self.paths and base(user) not in self.linked
        return beside if is_beside else base(name)

    def of(self, name):
        """The files that include it."""
        return self.users[by_path(name)] | self.users[base(name)] | self.users[ANY]

    def name(self, command):
        """The file of a command, as the repository names it."""
        path = os.path.realpath(os.path.join(command.directory, command.file))
        return os.path.relpath(path, self.top)

    def of_command(self, command):
        """Base names of what a command includes that its file does not tell."""
        words = command.arguments
        used = {base(words[i + 1]) for i, word in enumerate(words[:-1])
                if word == "-include"}
        used |= {base(word[3:]) for word in words if word[:3] in ("/FI", "-FI")}
        name = self.name(command)
        return used if name in self.files else used | self.included(name)


class Change:
    """What is affected when files change: they, and what includes them; rather too much
    than too little."""

    def __init__(self, includes, changed):
        self.includes = includes
        self.affected, work = set(changed), list(changed)
        while work:
            for user in includes.of(work.pop()) - self.affected:
                self.affected.add(user)
                work.append(user)
        self.names = {one for name in self.affected for one in (base(name), by_path(name))}

    def concerns(self, command):
        """Whether the file of a command is affected, or what it is made to include."""
        if not self.affected:
            return False
        if self.includes.name(command) in self.affected:
            return True
        used = self.includes.of_command(command)
        return ANY in used or not used.isdisjoint(self.names)


FOLDER = re.compile(r"(?:[-/]I|-isystem|-iquote|-idirafter|/external:I)?(.+)", re.S)


class Version:
    """The sources as they were, or will be: contents is what differs from the disk, by
    name; None: it is not there."""

    def __init__(self, includes, contents, store):
        self.includes, self.contents, self.store = includes, contents, store
        self.top, self.files = includes.top, includes.files
        self.change = Change(includes, contents)

    def has(self, command):
        """Whether there is a file of that name."""
        name = self.includes.name(command)
        if name in self.contents:
            return self.contents[name] is not None
        return os.path.isfile(os.path.join(self.top, name))

    def build(self, build):
        """The build, of this version."""
        if not self.contents:
            return build
        overlay = self.overlay([one for driver in build.drivers
                                for one in driver.commands])

        def change(command):
            if not self.has(command):
                return None
            return command.with_overlay(overlay) if self.change.concerns(command) \
                else command

        return build.changed(change)

    def overlay(self, commands):
        """The file for -ivfsoverlay that shows the version's content to the commands,
        by all names that links make."""
        links = self.links(commands)
        roots = []
        for name, data in sorted(self.contents.items()):
            if data is None:
                continue
            kept = self.store.keep(as_utf8(data))
            roots += [{"type": "file", "name": one, "external-contents": kept}
                      for one in sorted(names_by(links, os.path.join(self.top, name)))]
        text = json.dumps({"version": 0, "case-sensitive": False,
                           "use-external-names": False, "roots": roots},
                          ensure_ascii=False)
        return self.store.keep(text.encode("utf-8", "replace"), ".yaml")

    def links(self, commands):
        """As links_among, of the repository, and of what the commands name."""
        paths = {os.path.join(self.top, name) for name in self.files}
        paths = {path for path in paths if os.path.islink(path)}
        return links_among(paths.union(*map(paths_in, commands)))

    def sources(self, tree):
        """The text of the version, for fingerprints."""
        known = {tree.name(os.path.join(self.top, name)): data or b""
                 for name, data in self.contents.items()}

        class OfVersion(Sources):
            def raw(self, name):
                return known[name] if name in known else super().raw(name)

        return OfVersion(tree.root)


def paths_in(command):
    """All that the words of a command may name, and the folder of its file."""
    words = [os.path.dirname(command.file), *command.arguments]
    return {os.path.join(command.directory, FOLDER.sub(r"\1", word)) for word in words}


def links_among(paths):
    """Pairs of a path and where it leads, of those paths that are links or lie behind
    one."""
    paths = {os.path.normpath(path) for path in paths if os.path.exists(path)}
    pairs = {(path, os.path.realpath(path)) for path in paths}
    return {(path, real) for path, real in pairs if path != real}


def names_by(links, path):
    """The path, and what else it is called by a link, or one behind another."""
    names = {path}
    for _ in range(2):
        names |= {link + name[len(real):] for name in names for link, real in links
                  if name == real or name.startswith(real + os.sep)}
    return names
