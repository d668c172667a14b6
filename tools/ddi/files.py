"""Files that are written whole or not at all."""
import contextlib
import os
import tempfile


@contextlib.contextmanager
def whole(path, mode="w", **how):
    """A file to write, which takes the place of the path once all is in it; nothing is
    left of it otherwise.  What is there and no plain file, as /dev/stdout, is written
    as it is.  OSError if it cannot be written."""
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, mode, **how) as file:
            yield file
        return
    path = os.path.realpath(path)  # a link stays one
    file = tempfile.NamedTemporaryFile(mode, dir=os.path.dirname(path),
                                       prefix=".ddi-", delete=False, **how)
    try:
        with file:
            yield file
        os.chmod(file.name, 0o666 & ~_umask())
        os.replace(file.name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(file.name)
        raise


def _umask():
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
