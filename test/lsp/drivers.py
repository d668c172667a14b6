"""Sources of drivers for tests of the language server."""
import os
import shutil
import stat
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                os.pardir, "scan"))
from repository import HEADER, Repository, driver  # noqa: E402, F401

INPUTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Inputs")
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


def across(folder, flags, project=""):
    """A repository with a driver of four files that tell of each other."""
    r = Repository(folder, flags)
    shutil.copytree(os.path.join(INPUTS, "across"), r.folder, dirs_exist_ok=True)
    for name in ("entries.c", "locks.c", "regions.c", "through.c"):
        r.compile(name, project)
    return r


def replace(repository, name, old, new):
    """Changes a file on disk."""
    with open(path(repository, name)) as file:
        text = file.read()
    assert old in text, (name, old)
    repository.write(name, text.replace(old, new))


class Slow:
    """A ddi-check that does not stay, and waits at a gate; what it begins with is in `begun()`: the kind of
    run, its nice value, process and last word."""

    def __init__(self, folder):
        self.program, self.gate, self.log = (
            os.path.join(folder, name) for name in ("slow", "gate", "log"))
        with open(self.program, "w") as file:
            file.write("""#!/bin/sh
case "$*" in
  *--write-index*) kind=index;;
  *--report*) kind=file;;
  *--help-hidden*) exec '%(real)s' --help;;
  *) exec '%(real)s' "$@";;
esac
for last; do :; done
echo "$kind $(nice) $$ ${last##*/}" >>'%(log)s'
while [ ! -e '%(gate)s' ] && [ ! -e '%(gate)s'.$kind ]; do sleep 0.05; done
exec '%(real)s' "$@"
""" % {"real": os.environ["DDI_CHECK"], "log": self.log, "gate": self.gate})
        os.chmod(self.program, stat.S_IRWXU)

    def begun(self, kind="file"):
        """The last word of each run of the kind."""
        return [last for one, _, _, last in self.runs() if one == kind]

    def processes(self):
        """Of all runs."""
        return [int(process) for _, _, process, _ in self.runs()]

    def runs(self):
        try:
            with open(self.log) as file:
                return [line.split() for line in file]
        except FileNotFoundError:
            return []

    def open(self, kind=""):
        """Lets all runs through, or those of a kind."""
        with open(self.gate + kind, "w"):
            pass

    def close(self):
        """Holds what comes, and forgets what was."""
        for name in (self.gate, self.gate + ".file", self.gate + ".index", self.log):
            if os.path.exists(name):
                os.unlink(name)


def wait(is_so, told=lambda: ""):
    """Waits until something is so; fails with what is told."""
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    sys.exit("waited too long: %s" % told())


def is_running(process):
    """Whether there is a process of this number that has not ended."""
    try:
        with open("/proc/%d/stat" % process) as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
