"""How a tool ends without a traceback, and what it warns of."""
import os
import sys


class Failure(Exception):
    """Tells the user in one line what is wrong, where, and what to do."""


class Missing(Failure):
    """What is needed is not here; a hook can do without."""


def tell(kind, text):
    """A line on stderr, by the name of the program: tell("warning", "...")."""
    print("%s: %s: %s" % (os.path.basename(sys.argv[0]), kind, text), file=sys.stderr)
