"""A folder for what is needed while this program runs."""
import contextlib
import fcntl
import os
import shutil
import tempfile

from ...errors import Failure

PREFIX, LOCK = "ddi-lsp-", "lock"


@contextlib.contextmanager
def temporary_folder():
    """A folder that goes at the end; if this program is killed, when the next one
    starts."""
    sweep(where())
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        with open(os.path.join(folder, LOCK), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def where():
    """The folder for temporary files; Failure if there is none."""
    try:
        return tempfile.gettempdir()
    except OSError:
        raise Failure("there is no folder for temporary files that can be written; set "
                      "TMPDIR to one")


def sweep(folder):
    """Removes what such programs have left that were killed."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(PREFIX) and \
                    entry.stat(follow_symlinks=False).st_uid == os.getuid():
                remove(entry.path)


def remove(folder):
    """Removes the folder if whoever made it runs no more."""
    with contextlib.suppress(OSError), open(os.path.join(folder, LOCK), "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
