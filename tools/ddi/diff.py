"""What a change affects, and the same sources as they were before."""
import json
import os
import re
from collections import defaultdict

from . import git
from .sources import Sources, as_utf8

CODE = (".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".inl", ".inc", ".tmh")
INCLUDE = re.compile(rb"""^[ \t]*(?:#|%:)[ \t]*(?:include|include_next|import)\b[ \t]*"""
                     rb"""(?:[<"]([^>"\n]+)[>"]|(\w))""", re.M)
ANY = ""  # a name that a macro stands for


def base(name):
    return re.split(r"[/\\]", name)[-1].lower()


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
        if name.lower().endswith(CODE):
            for one in included(os.path.join(top, name)):
                users[one].add(name)
    reached, work = set(changed), list(changed)
    while work:
        name = work.pop()
        for user in users[base(name)] | users[ANY]:
            if user not in reached:
                reached.add(user)
                work.append(user)
    return reached


class Before:
    """The sources below top as they were in a revision."""

    def __init__(self, top, revision, store):
        self.top = top
        self.store = store
        self.commit = git.commit(top, revision)
        self.changed = git.changed(top, self.commit)
        listed = git.run(top, "ls-files", "-z", "--cached", "--others",
                         "--exclude-standard").split(b"\0")
        self.affected = affected(top, self.changed,
                                 [os.fsdecode(name) for name in listed if name])
        self.names = {base(name) for name in self.affected}
        self.contents = git.content(top, self.commit, self.changed)

    def concerns(self, command):
        """Whether the file of a command is affected, or what it is made to include."""
        path = os.path.realpath(os.path.join(command.directory, command.file))
        if os.path.relpath(path, self.top) in self.affected:
            return True
        words = command.arguments
        forced = [words[i + 1] for i, word in enumerate(words[:-1]) if word == "-include"]
        forced += [word[3:] for word in words if word[:3] in ("/FI", "-FI")]
        return any(base(name) in self.names for name in forced)

    def had(self, command):
        """Whether there was a file of that name."""
        path = os.path.realpath(os.path.join(command.directory, command.file))
        return self.contents.get(os.path.relpath(path, self.top), b"") is not None

    def overlay(self):
        """The file for -ivfsoverlay that shows the revision's content."""
        roots = [{"type": "file", "name": os.path.join(self.top, name),
                  "external-contents": self.store.keep(as_utf8(data))}
                 for name, data in sorted(self.contents.items()) if data is not None]
        text = json.dumps({"version": 0, "case-sensitive": False,
                           "use-external-names": False, "roots": roots})
        return self.store.keep(text.encode(), ".yaml")

    def sources(self, root):
        """The text of the revision, for fingerprints."""
        known = {os.path.relpath(os.path.join(self.top, name), root): data or b""
                 for name, data in self.contents.items()}

        class OfRevision(Sources):
            def raw(self, name):
                return known[name] if name in known else super().raw(name)

        return OfRevision(root)
