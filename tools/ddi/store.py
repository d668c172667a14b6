"""Files that commands name: by their content, so that equal ones have one name, and a
result that was kept for a command is found again."""
import contextlib
import hashlib
import os
import shutil
import tempfile
import time

from .errors import Failure
from .files import whole

MONTH = 30 * 24 * 3600


def default_folder():
    """Where ddi-check keeps its results by default."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if cache.startswith("~"):
        cache = tempfile.gettempdir()
    return os.path.join(cache, "ddi-check")


def digest(data):
    """What stands for some bytes in the name of a file."""
    return hashlib.sha256(data).hexdigest()[:24]


def keep(folder, name, data):
    """Writes a file that is named by what it holds, whole or not at all, and returns its
    path.  Failure if it cannot be written."""
    path = os.path.join(folder, name)
    try:
        if os.path.exists(path):
            os.utime(path)
            return path
        os.makedirs(folder, exist_ok=True)
        with whole(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Failure("cannot write '%s': %s; --cache names another folder" %
                      (path, error.strerror))
    return path


class Store:
    """A folder of such files; what nobody asked for in a month goes by itself."""

    def __init__(self, folder):
        self.folder = folder
        try:
            os.makedirs(folder, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                self.prune()
        except OSError as error:
            raise Failure("cannot keep results in '%s': %s; --cache names another" %
                          (folder, error.strerror))

    def keep(self, data, suffix=""):
        """The name of a file with these bytes."""
        return keep(self.folder, digest(data) + suffix, data)

    def prune(self):
        for entry in os.scandir(self.folder):
            with contextlib.suppress(OSError):  # another scan may have been quicker
                prune(entry)


def prune(entry):
    if entry.stat(follow_symlinks=False).st_mtime > time.time() - MONTH:
        return
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)
