"""What ddi-lsp says of itself: to stderr, or to the file that --log names."""
import os
import traceback

from ..errors import Failure

descriptor = 2  # where it goes; the back's stderr goes there, too


def to(path):
    """Lets it go to the file.  Failure: that cannot be written."""
    global descriptor
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise Failure("cannot write the log '%s': %s" % (path, error.strerror))


def log(text):
    try:
        os.write(descriptor, ("ddi-lsp: %s\n" % text).encode("utf-8", "replace"))
    except OSError:
        pass  # nobody reads it any more


def safely(action, *words):
    """What the action returns; None if it raises what it should not.  A mistake of ours
    in one message is no reason to end: the next ones may be clangd's alone."""
    try:
        return action(*words)
    except Exception:  # whatever it is
        log("internal error: " + traceback.format_exc())
        return None
