"""What the editor has and the disk has not: files that clang reads in its place."""
import contextlib
import json
import os

from ..diff import links_among, names_by, paths_in
from ..files import whole
from ..store import digest


class Buffers:
    """Writes texts of the editor into a folder, and the overlay that shows them to
    clang.  A path has the same file each time, and the overlay one name, so that a
    command stays the same, and what is known of it, too."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.overlay = os.path.join(folder, "overlay.yaml")
        self._shown = {}  # text by path
        self._links = {}  # by the words of a command
        self._written = None

    def show(self, texts, command):
        """The overlay that shows these texts, by path, to the command."""
        for path in self._shown.keys() - texts.keys():
            del self._shown[path]
            with contextlib.suppress(OSError):
                os.unlink(self._file(path))
        for path, text in texts.items():
            if self._shown.get(path) != text:
                self._write(self._file(path), text.encode("utf-8", "replace"))
                self._shown[path] = text
        self._write_overlay(self._links_of(command))
        return self.overlay

    def _file(self, path):
        ending = os.path.splitext(path)[1]
        return os.path.join(self.folder, digest(os.fsencode(path)) + ending)

    @staticmethod
    def _write(path, data):
        with whole(path, "wb") as file:
            file.write(data)

    def _write_overlay(self, links):
        roots = {}
        for path in sorted(self._shown):
            for one in names_by(links, path) | {path, os.path.realpath(path)}:
                roots[one] = {"type": "file", "name": one,
                              "external-contents": self._file(path)}
        text = json.dumps({"version": 0, "case-sensitive": False,
                           "use-external-names": False, "roots": list(roots.values())},
                          ensure_ascii=False)
        if text != self._written:
            self._write(self.overlay, text.encode("utf-8", "replace"))
            self._written = text

    def _links_of(self, command):
        key = command.directory, *command.arguments
        if key not in self._links:
            self._links[key] = links_among(paths_in(command))
        return self._links[key]
