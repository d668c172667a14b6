"""What the editor has and the disk has not: files that clang reads in its place."""
import contextlib
import json
import os

from ...diff import links_among, names_by, paths_in
from ...files import whole
from ...store import digest


class Buffers:
    """Writes texts of the editor into a folder, and for each source the overlay that
    shows them to clang.

    A command stays the same, and so does its overlay when a file that was once in it is
    saved: a link to the disk takes the text's place.  So what ddi-check has kept of the
    command is not lost."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self._content = {}   # by file here: the text, or where the link leads
        self._overlays = {}  # their text, by file
        self._roots = {}     # paths that were ever in it, by overlay
        self._links = {}     # by the words of a command

    def show(self, texts, command, stands_for):
        """The overlay that shows these texts, by path, to the command.  stands_for(path)
        is the file that has what is on disk, in UTF-8."""
        texts = {os.path.realpath(path): text for path, text in texts.items()}
        source = os.path.join(command.directory, command.file)
        overlay = self._file(source, ".yaml")
        roots = self._roots.setdefault(overlay, {})
        roots[os.path.realpath(source)] = source
        roots.update((path, path) for path in texts if path not in roots)
        for real, path in roots.items():
            self._put(self._file(real, os.path.splitext(real)[1]), texts.get(real),
                      stands_for(path))
        self._write_overlay(overlay, roots, self._links_of(command))
        return overlay

    def _file(self, path, ending):
        return os.path.join(self.folder, digest(os.fsencode(path)) + ending)

    def _put(self, file, text, disk):
        """Makes a file the text, or a link to the disk."""
        content = disk if text is None else (text,)
        if self._content.get(file) == content:
            return
        with contextlib.suppress(FileNotFoundError):
            os.unlink(file)
        if text is None:
            os.symlink(disk, file)
        else:
            with open(file, "wb") as out:
                out.write(text.encode("utf-8", "replace"))
        self._content[file] = content

    def _write_overlay(self, overlay, roots, links):
        entries = {}
        for real, path in sorted(roots.items()):
            for name in names_by(links, path) | {path, real}:
                entries[name] = {
                    "type": "file", "name": name, "external-contents":
                    self._file(real, os.path.splitext(real)[1])}
        text = json.dumps({"version": 0, "case-sensitive": False,
                           "use-external-names": False, "roots": list(entries.values())},
                          ensure_ascii=False)
        if self._overlays.get(overlay) != text:
            with whole(overlay, "wb") as out:
                out.write(text.encode("utf-8", "replace"))
            self._overlays[overlay] = text

    def _links_of(self, command):
        key = command.directory, *command.arguments
        if key not in self._links:
            self._links[key] = links_among(paths_in(command))
        return self._links[key]
