"""Sources of drivers for tests of the language server."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "scan"))
from repository import HEADER, Repository, driver  # noqa: E402, F401

REGION = "wdm.WithinCriticalRegion"


def arguments():
    """The folder to work in, and the flags: FOLDER -- FLAG..."""
    folder, _, *flags = sys.argv[1:]
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):  # nothing of the user's
        os.environ[name] = os.path.join(os.path.realpath(folder) + "." + name)
    return folder, flags


def path(repository, name):
    return os.path.join(repository.folder, name)


def fresh(folder, flags, *names):
    """A repository with these drivers; those that begin with 'bad' are wrong."""
    r = Repository(folder, flags)
    for name in names:
        r.write(name + ".h", HEADER)
        r.write(name + ".c", driver(name, is_right=not name.startswith("bad")))
        r.compile(name + ".c")
    return r
