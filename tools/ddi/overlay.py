"""Overlays of the file system for clang: names of files in any case, and UTF-8 for
what is UTF-16."""
import json
import os
import re

from .sources import as_utf8, is_utf16
from .store import digest, keep

# What sources include.  The headers of C++ have no ending.
ENDINGS = {"", ".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".inc", ".ipp", ".tpp",
           ".tmh", ".c", ".cc", ".cpp", ".cxx", ".c++", ".def", ".x", ".ver", ".tpl",
           ".rh", ".gen", ".tbl", ".txt", ".dat"}
SKIPPED = {".git", ".svn", ".hg", ".vs", "node_modules"}
MOST_FILES = 20000
MOST_SEEN = 100000
UPWARD = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*["<](\.\.[^">\r\n]*)[">]', re.M)


def utf8_copy(path, work):
    """The path of a copy in UTF-8 if the file is UTF-16, else None."""
    try:
        with open(path, "rb") as file:
            start = file.read(2)
            if not is_utf16(start):
                return None
            data = as_utf8(start + file.read())
    except OSError:
        return None
    return keep(os.path.join(work, "utf8"), digest(data) + os.path.splitext(path)[1],
                data)


def is_text(name):
    """Whether the name is UTF-8, as clang reads no other."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class Tree:
    """The files below a folder that can be included; is_cut: if there are too many,
    some of them."""

    def __init__(self, top, deep):
        self.files, self.is_cut = [], False
        left, seen = [top], 0
        while left:
            names, folders = self._read(left.pop())
            seen += len(names) + len(folders)
            self.files += [name for name in names if can_be_included(name)]
            if deep:
                left += reversed(folders)
            if seen > MOST_SEEN or len(self.files) > MOST_FILES:
                self.is_cut = True
                return

    @staticmethod
    def _read(folder):
        """The files and the folders in it: no devices, and nothing that leads away."""
        try:
            with os.scandir(folder) as entries:
                every = sorted(entries, key=lambda entry: entry.name)
            return ([entry.path for entry in every if entry.is_file()],
                    [entry.path for entry in every
                     if entry.name not in SKIPPED and
                     entry.is_dir(follow_symlinks=False)])
        except OSError:
            return [], []


def can_be_included(path):
    """Whether clang can read it, and a source would."""
    return os.path.splitext(path)[1].lower() in ENDINGS and is_text(path)


class Overlays:
    """Writes overlays into the work folder, one for each set of folders."""

    def __init__(self, work, disk):
        self.work, self.disk = work, disk
        self.trees, self.written, self.outside, self.copies = {}, {}, {}, {}

    def tree(self, folder, deep=True):
        key = (folder, deep)
        if key not in self.trees:
            self.trees[key] = Tree(folder, deep)
        return self.trees[key]

    def upward(self, folder, deep=True):
        """The folders that files in it, or below, include with '..'."""
        key = (folder, deep)
        if key not in self.outside:
            tree = self.tree(folder, deep)
            self.outside[key] = {found for file in tree.files if not tree.is_cut
                                 for found in self._upward_of(file)}
        return self.outside[key]

    def _upward_of(self, file):
        try:
            with open(file, "rb") as opened:
                text = opened.read(1 << 16)
        except OSError:
            return
        for name in UPWARD.findall(text):
            name = name.decode("utf-8", "replace").replace("\\", "/")
            found = self.disk.spelling(os.path.join(os.path.dirname(file),
                                                    os.path.dirname(name)))
            if found and os.path.isdir(found):
                yield found

    def all_upward(self, folders):
        """Those of the folders, and of what is found there, and so on."""
        found = set().union(*map(self.upward, folders))
        fresh = found
        while fresh:
            fresh = set().union(*(self.upward(folder, False)
                                  for folder in fresh)) - found
            found |= fresh
        return sorted(found)

    def copy(self, file):
        if file not in self.copies:
            self.copies[file] = utf8_copy(file, self.work)
        return self.copies[file]

    def of(self, folders, is_ours=True):
        """The path of an overlay in which the files of the folders, and below, have
        names of any case; and whether folders were too large to be listed whole.
        is_ours: the folders hold sources, and not the headers of a kit."""
        key = (tuple(folders), is_ours)
        if key not in self.written:
            self.written[key] = self._write(folders, is_ours)
        return self.written[key]

    def _write(self, folders, is_ours):
        trees = [self.tree(folder) for folder in folders]
        if is_ours:
            trees += [self.tree(folder, False) for folder in self.all_upward(folders)]
        top = {}
        for tree in trees:
            for file in tree.files:
                self._add(top, file)
        text = json.dumps({"version": 0, "case-sensitive": "false",
                           "roots": [_folder("/", top)]}, ensure_ascii=False)
        data = text.encode()
        path = keep(self.work, "overlay-%s.yaml" % digest(data), data)
        return path, any(tree.is_cut for tree in trees)

    def _add(self, top, file):
        *folders, name = file.strip("/").split("/")
        # Two folders may differ in case alone: the first one's spelling will do.
        for folder in folders:
            top = top.setdefault(folder.lower(), (folder, {}))[1]
            if not isinstance(top, dict):
                return  # a file has that name in another case
        top.setdefault(name.lower(), (name, file, self.copy(file)))


def _folder(name, content):
    return {"name": name, "type": "directory",
            "contents": [_item(item) for item in content.values()]}


def _item(item):
    if isinstance(item[1], dict):
        return _folder(*item)
    name, file, copy = item
    if not copy:
        return {"name": name, "type": "file", "external-contents": file}
    return {"name": name, "type": "file", "external-contents": copy,
            "use-external-name": False}
