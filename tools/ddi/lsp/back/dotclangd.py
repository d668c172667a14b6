"""What .clangd files and the user's clangd/config.yaml say of compile commands, as
clangd reads them: https://clangd.llvm.org/config"""
import os
import re
from dataclasses import dataclass

import yaml

from ...config import Reader, parsed
from .stamps import Stamped

NAME = ".clangd"
ANCESTORS, NOWHERE = "Ancestors", "None"
# Flags of which clangd removes the value, too, joined to them or not.
VALUED = ("-I", "-D", "-U", "-isystem", "-iquote", "-idirafter", "-include-pch", "-include",
          "-imacros", "-imsvc", "/imsvc", "/I", "/D", "/U", "/FI", "-FI", "-x", "-target",
          "-o", "-F", "-L", "-l", "-isysroot", "-resource-dir", "-ivfsoverlay", "-MF",
          "-MT", "-MQ")
ENDS_OPTIONS = ("--", "/link", "-link")


@dataclass(frozen=True)
class Fragment:
    """A document of a file.  folder: below which it counts, "" for the user's file;
    database: a folder, ANCESTORS, NOWHERE, or "" if it does not say."""
    folder: str = ""
    only: tuple = ()
    but: tuple = ()
    is_never: bool = False  # it has a condition that is not known
    add: tuple = ()
    remove: tuple = ()
    compiler: str = ""
    database: str = ""

    def applies(self, path):
        if self.is_never:
            return False
        below = os.path.relpath(path, self.folder) if self.folder else path
        if self.only and not any(one.fullmatch(below) for one in self.only):
            return False
        return not any(one.fullmatch(below) for one in self.but)

    def edit(self, words):
        """The words of a command, the compiler first, as the document changes them."""
        first, rest = words[:1], words[1:]
        for wanted in self.remove:
            rest = without(rest, wanted)
        end = next((at for at, word in enumerate(rest) if word in ENDS_OPTIONS),
                   len(rest))
        return [*([self.compiler] if self.compiler else first),
                *rest[:end], *self.add, *rest[end:]]


def without(words, wanted):
    """The words without a flag and its value; without those that begin so, for what ends
    in '=' or '*'; or without one word."""
    if wanted in VALUED:
        return without_flag(words, wanted)
    start = wanted.removesuffix("*")
    if start != wanted or wanted.endswith("="):
        return [word for word in words if not word.startswith(start)]
    return [word for word in words if word != wanted]


def without_flag(words, flag):
    left, kept = iter(words), []
    for word in left:
        if word == flag:
            next(left, None)
        elif flag != max((one for one in VALUED if word.startswith(one)), key=len,
                         default=""):
            kept.append(word)
    return kept


def user_file():
    """The user's clangd/config.yaml, which need not be there."""
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(folder, "clangd", "config.yaml")


class Fragments:
    """Of all files that say something of a source."""

    def __init__(self):
        self.user = Stamped(lambda path: read(path, ""))
        self.project = Stamped(lambda path: read(path, os.path.dirname(path)))

    def of(self, path):
        """The Fragments that apply to a source, what counts more behind: the outermost
        folder's first, the user's last.  Failure names file and line."""
        found = []
        for folder in reversed(list(ancestors(path))):
            found += self.project.of(os.path.join(folder, NAME))
        return tuple(one for one in found + self.user.of(user_file())
                     if one.applies(path))


def ancestors(path):
    """The folder of a file, and all above."""
    folder = os.path.dirname(path)
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def read(path, folder):
    """The Fragments of a file, none if it is not there.  Failure names file and line."""
    if not os.path.isfile(path):  # older versions kept their index in a folder of the name
        return []
    documents = parsed(path, lambda text, **how: list(yaml.compose_all(text, **how)))
    return [fragment(Reader(path), node, folder) for node in documents if node]


def fragment(reader, node, folder):
    said = {"folder": folder}
    for name, item in reader.items(node):
        if name == "If":
            said.update(conditions(reader, item))
        elif name == "CompileFlags":
            said.update(flags(reader, item, folder))
    return Fragment(**said)


def conditions(reader, node):
    said = {}
    for name, item in reader.items(node):
        if name == "PathMatch":
            said["only"] = patterns(reader, item)
        elif name == "PathExclude":
            said["but"] = patterns(reader, item)
        else:
            said["is_never"] = True
    return said


def patterns(reader, node):
    found = []
    for text in reader.texts(node):
        try:
            found.append(re.compile(text))
        except (re.error, OverflowError, RecursionError) as error:
            reader.fail(node, "'%s' is no pattern: %s" % (text, error))
    return tuple(found)


def flags(reader, node, folder):
    said = {}
    for name, item in reader.items(node):
        if name in ("Add", "Remove"):
            said[name.lower()] = reader.texts(item)
        elif name == "Compiler":
            said["compiler"] = reader.text(item)
        elif name == "CompilationDatabase":
            said["database"] = database(reader, item, folder)
    return said


def database(reader, node, folder):
    text = reader.text(node)
    if text in (ANCESTORS, NOWHERE, ""):
        return text
    if not folder and not os.path.isabs(text):
        reader.fail(node, "the folder '%s' must be absolute here" % text)
    return os.path.normpath(os.path.join(folder, text))
