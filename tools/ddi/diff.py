"""What a change affects, and the same sources as they were before."""
import json
import os
import re
from collections import defaultdict

from . import git
from .paths import last_part
from .sources import Sources, as_utf8

CODE = (".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inl", ".inc", ".tmh")
INCLUDE = re.compile(rb"""^[ \t]*(?:#|%:)[ \t]*(?:include|include_next|import)\b[ \t]*"""
                     rb"""(?:[<"]([^>"\n]+)[>"]|(\w))""", re.M)
ANY = ""  # a name that a macro stands for


def base(name):
    return last_part(name).lower()


def included(path):
    """Base names of what a file includes, in lower case; ANY for what a macro names."""
    try:
        with open(path, "rb") as file:
            data = as_utf8(file.read())
    except OSError:
        return set()
    return {base(os.fsdecode(name)) if name else ANY
            for name, _ in INCLUDE.findall(data)}


def affected(top, changed, files):
    """Of the files below top, those that are changed, or include what is, by the names
    in their directives: rather too many than too few."""
    users = defaultdict(set)
    for name in files:
        path = os.path.join(top, name)
        if os.path.islink(path):
            users[base(os.readlink(path))].add(name)
        elif name.lower().endswith(CODE):
            for one in included(path):
                users[one].add(name)
    reached, work = set(changed), list(changed)
    while work:
        name = work.pop()
        for user in users[base(name)] | users[ANY]:
            if user not in reached:
                reached.add(user)
                work.append(user)
    return reached


FOLDER = re.compile(r"(?:[-/]I|-isystem|-iquote|-idirafter|/external:I)?(.+)", re.S)


class Before:
    """The sources below top as they were in a revision."""

    def __init__(self, top, revision, store):
        self.top = top
        self.store = store
        self.contents = git.before(top, git.commit(top, revision))
        self.files = set(git.files(top))
        self.affected = affected(top, self.contents, self.files)
        self.names = {base(name) for name in self.affected}

    def name(self, command):
        """The file of a command, as the repository names it."""
        path = os.path.realpath(os.path.join(command.directory, command.file))
        return os.path.relpath(path, self.top)

    def concerns(self, command):
        """Whether the file of a command is affected, or what it is made to include."""
        name = self.name(command)
        if name in self.affected:
            return True
        words = command.arguments
        used = {base(words[i + 1]) for i, word in enumerate(words[:-1])
                if word == "-include"}
        used |= {base(word[3:]) for word in words if word[:3] in ("/FI", "-FI")}
        if name not in self.files:
            used |= included(os.path.join(self.top, name))
        return ANY in used or not used.isdisjoint(self.names)

    def had(self, command):
        """Whether there was a file of that name."""
        return self.contents.get(self.name(command), b"") is not None

    def overlay(self, commands):
        """The file for -ivfsoverlay that shows the revision's content to the commands,
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
        """The text of the revision, for fingerprints."""
        known = {tree.name(os.path.join(self.top, name)): data or b""
                 for name, data in self.contents.items()}

        class OfRevision(Sources):
            def raw(self, name):
                return known[name] if name in known else super().raw(name)

        return OfRevision(tree.root)


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
