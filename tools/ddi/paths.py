"""Paths of Windows on another machine: where they lie here, and how they are spelled
on disk."""
import functools
import os
import re
from dataclasses import dataclass

from .errors import Failure

DRIVE = re.compile(r"[A-Za-z]:(?=[\\/]|$)|[\\/]{2}[^\\/]")


def is_windows(path):
    """Whether the path begins with a drive or is a UNC name."""
    return bool(DRIVE.match(path)) and not os.path.exists(path)


def last_part(path):
    """The name at the end of a path, of Windows or not."""
    return re.split(r"[\\/]", path)[-1]


def forward(path):
    """With '/' for every separator of a path that Windows reads."""
    path = path.replace("\\", "/")
    start = "//" if path.startswith("//") else ""
    return start + re.sub(r"/+", "/", path[len(start):])


@dataclass(frozen=True)
class Mapping:
    """Of a folder there, with '/', to a folder here."""
    there: str
    here: str

    @staticmethod
    def parse(text):
        """Reads FROM=TO; Failure if it is none."""
        there, equals, here = text.partition("=")
        if not equals or not there or not here:
            raise Failure("'%s' is no mapping of paths; give --path-map FROM=TO, as "
                          r"'C:\src=/home/me/src'" % text)
        return Mapping(forward(there).rstrip("/") or "/", os.path.abspath(here))

    def apply(self, path):
        """The path here, or None if it does not lie below."""
        path = forward(path)
        head, rest = path[:len(self.there)], path[len(self.there):]
        ignores_case = bool(DRIVE.match(self.there + "/"))
        if ignores_case and head.lower() != self.there.lower():
            return None
        if not ignores_case and head != self.there:
            return None
        if rest and not rest.startswith("/") and not self.there.endswith("/"):
            return None
        return os.path.normpath(os.path.join(self.here, rest.lstrip("/")))


class Disk:
    """What lies on disk, by names of any case; asked once per folder."""

    def __init__(self):
        self.names = functools.lru_cache(maxsize=20000)(self._names)

    @staticmethod
    def _names(folder):
        try:
            names = sorted(os.listdir(folder))
        except (OSError, ValueError):
            return {}
        return {name.lower(): name for name in names}

    def spelling(self, path):
        """The path as it is spelled on disk, or None if nothing is there."""
        if not path or "\0" in path:
            return None
        path = os.path.normpath(path)
        if os.path.lexists(path):
            return path
        folder, name = os.path.split(path)
        if not name or folder == path:
            return None
        folder = self.spelling(folder or ".")
        real = folder and self.names(folder).get(name.lower())
        return real and os.path.join(folder, real)


def locate(path, directory, mappings, disk):
    """Where a path that is relative to the directory lies here, spelled as on disk if
    it is there."""
    mapped = next((here for here in (m.apply(path) for m in mappings)
                   if here is not None), None)
    if mapped is None and is_windows(path):
        path = forward(path)
        return path.rstrip("/") if path.count("/") > 1 else path
    mapped = mapped or path
    if "\\" in mapped and not os.path.exists(os.path.join(directory, mapped)):
        mapped = forward(mapped)
    whole = os.path.normpath(os.path.join(directory, mapped))
    return disk.spelling(whole) or whole


def longest_first(mappings):
    """The mappings in the order in which they are tried."""
    return tuple(sorted(mappings, key=lambda m: -len(m.there)))
