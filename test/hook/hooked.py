"""A repository with drivers and a hook, for tests; nothing of the user's counts."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "scan"))

from repository import GIT, HEADER, TOOLS, Repository, driver  # noqa: E402, F401

REGION = "wdm.WithinCriticalRegion"
PROGRAM = os.path.join(os.path.realpath(TOOLS), "ddi-precommit")
NEVER = "file:///dev/null"  # no network


def own_home(folder):
    """Makes a home for the test alone."""
    os.makedirs(folder, exist_ok=True)
    for key in [key for key in os.environ if key.startswith(("GIT_", "PRE_COMMIT"))]:
        if key != "GIT_CEILING_DIRECTORIES":
            del os.environ[key]
    os.environ.update(
        HOME=folder, XDG_CONFIG_HOME=folder, PRE_COMMIT_HOME=os.path.join(folder, "kept"),
        GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.path.join(folder, "gitconfig"),
        GIT_AUTHOR_NAME="test", GIT_AUTHOR_EMAIL="test@example.com",
        GIT_COMMITTER_NAME="test", GIT_COMMITTER_EMAIL="test@example.com",
        http_proxy=NEVER, https_proxy=NEVER)


class Hooked(Repository):
    """A repository in the folder; bad and good are names of drivers in it, each with a
    header of its own, all committed."""

    def __init__(self, folder, flags, good=(), bad=()):
        super().__init__(folder, flags)
        own_home(self.folder + ".home")
        for name in (*good, *bad):
            self.add(name, is_right=name in good)
        if good or bad:
            self.commit()

    def other(self, folder):
        """Another work tree, which is there, as one of these."""
        made = Hooked.__new__(Hooked)
        made.folder = os.path.join(self.folder, folder)
        made.flags, made.commands = self.flags, []
        return made

    def beside(self, folder):
        """A new work tree of this repository."""
        shutil.rmtree(folder, ignore_errors=True)
        self.git("worktree", "add", "-q", folder)
        return self.other(folder)

    def submodule(self, *words):
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", *words)

    def add(self, name, is_right):
        self.write(name + ".h", HEADER)
        self.write(name + ".c", driver(name, is_right))
        self.compile(name + ".c", driver=name)

    def change(self, name, is_right, more=""):
        """Writes a driver's source anew."""
        self.write(name + ".c", more + driver(name, is_right))

    def run(self, *words, status, told="", untold=None, folder=""):
        """What a program prints, stderr too; the status, and what is told and what not
        must be as expected."""
        done = subprocess.run(words, cwd=os.path.join(self.folder, folder),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", errors="surrogateescape",
                              stdin=subprocess.DEVNULL)
        text = done.stdout
        if done.returncode != status or told not in text or "Traceback" in text or \
                untold is not None and untold in text:
            sys.exit("%s: status %d, not %d; '%s' is to be told, and '%s' not:\n%s" % (
                " ".join(words), done.returncode, status, told, untold, text))
        return text

    def check(self, *words, **wanted):
        """Runs ddi-precommit."""
        return self.run("/usr/bin/python3", PROGRAM, *words, **wanted)

    def try_commit(self, *words, **wanted):
        """Commits what is staged, if the hook lets it."""
        return self.run(*GIT, "commit", "-m", "one more", *words, **wanted)


FINDING = "[ddi.%s]" % REGION
CLEAN = "0 findings in "
WITHOUT_REGION = ("\n#define KeEnterCriticalRegion() ((void)0)\n"
                  "#define KeLeaveCriticalRegion() ((void)0)\n")
