"""What was made of a file, for as long as the file stays as it is."""
import os
import threading


def stamp(path):
    """What changes with the content of a file; None if there is no such file."""
    try:
        seen = os.stat(path)
    except (OSError, ValueError):
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


class Stamped:
    """Results of make(path), one a file, made anew when the file has changed.  What
    make raises is kept, too, and raised again.
    For several threads."""

    def __init__(self, make):
        self.make = make
        self._kept = {}
        self._lock = threading.Lock()

    def of(self, path):
        now = stamp(path)
        with self._lock:
            known = self._kept.get(path)
            if not known or known[0] != now:
                known = self._kept[path] = (now, *self._made(path))
        _, made, error = known
        if error:
            raise error
        return made

    def _made(self, path):
        try:
            return self.make(path), None
        except Exception as error:  # and not what ends the program
            return None, error.with_traceback(None)
