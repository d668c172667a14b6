"""Which source brings a header in, by the names in #include lines."""
import os

from ...diff import INCLUDE
from ...sources import as_utf8
from .stamps import Stamped

MOST = 1 << 22  # bytes of a file that are looked at
SYSTEM = ("-isystem", "-imsvc", "-external:I", "-idirafter")


def directives(data):
    """The names that some text includes, as they are written."""
    return tuple(os.fsdecode(name).replace("\\", "/")
                 for name, _ in INCLUDE.findall(data) if name)


def _of_file(path):
    try:
        if not os.path.isfile(path):
            return ()
        with open(path, "rb") as file:
            return directives(as_utf8(file.read(MOST)))
    except OSError:
        return ()


def folders(words):
    """Where a repaired command searches headers that are not the system's."""
    found, words = [], iter(words)
    for word in words:
        if word in SYSTEM:
            next(words, None)
        elif word in ("-I", "-iquote"):
            found.append(next(words, ""))
        elif word.startswith("-I"):
            found.append(word[2:])
    return tuple(dict.fromkeys(filter(None, found)))


def forced(words):
    """What a repaired command includes first."""
    words = list(words)
    return [words[at + 1] for at, word in enumerate(words[:-1]) if word == "-include"] + \
        [word[3:] for word in words if word.startswith("-FI")]


class Includes:
    """What files include.  texts: by path, what counts instead of the disk."""

    def __init__(self, disk):
        self.disk = disk
        self.on_disk = Stamped(_of_file)
        self._of_text = {}

    def names(self, path, texts):
        text = texts.get(path)
        if text is None:
            return self.on_disk.of(path)
        known = self._of_text.get(path)
        if not known or known[0] != text:
            known = self._of_text[path] = (
                text, directives(text.encode("utf-8", "replace")))
        return known[1]

    def state(self, texts):
        """What the texts include, all together."""
        return {path: self.names(path, texts) for path in texts}

    def chain(self, command, header, texts):
        """The files on the way from the source of a command to a header that it brings
        in, both included; None if it does not."""
        searched = folders(command.arguments)
        source = os.path.join(command.directory, command.file)
        wanted = os.path.realpath(header)
        came = {source: None}
        left = [source]
        while left:
            path = left.pop()
            names = self.names(path, texts)
            if path == source:
                names = [*forced(command.arguments), *names]
            for name in names:
                found = self.find(name, path, searched)
                if not found or found in came:
                    continue
                came[found] = path
                if found == header or os.path.basename(found) == os.path.basename(
                        header) and os.path.realpath(found) == wanted:
                    return self.way(came, found)
                left.append(found)
        return None

    @staticmethod
    def way(came, end):
        files = []
        while end:
            files.append(end)
            end = came[end]
        return tuple(reversed(files))

    def is_chain(self, command, files, texts):
        """Whether each of the files still brings the next one in."""
        searched = folders(command.arguments)
        for above, below in zip(files, files[1:]):
            names = self.names(above, texts)
            if above == files[0]:
                names = [*forced(command.arguments), *names]
            if not any(name.lower().endswith(os.path.basename(below).lower()) and
                       self.find(name, above, searched) == below for name in names):
                return False
        return True

    def find(self, name, user, searched):
        """The file that a name in an #include line of another one means; None if it is
        the system's, or nowhere."""
        for folder in (os.path.dirname(user), *searched):
            found = self.disk.spelling(os.path.join(folder, name))
            if found and os.path.isfile(found):
                return found
        return None
