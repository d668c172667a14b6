"""The hook that git runs before a commit, for a repository without pre-commit."""
import os
import shlex
import shutil
import sys

from . import git
from .errors import Failure
from .files import whole

MARK = "# Written by `ddi-precommit --install`; `ddi-precommit --uninstall` removes it.\n"
SCRIPT = """\
#!/bin/sh
%(mark)sprogram=%(program)s
[ -x "$program" ] || {
  echo "ddi-precommit: warning: nothing is checked: there is no '$program'" >&2
  exit 0
}
exec "$program"%(options)s
"""


def install(folder, options):
    """Writes the hook, which runs this program with the options, and returns the exit
    status.  Failure if there is another, or it would be that of other repositories."""
    top = git.top(folder)
    if options and os.path.realpath(folder) != os.path.realpath(top):
        raise Failure("git runs hooks in '%s': install it there, so that options mean "
                      "the same" % top)
    path = path_of(top)
    words = "".join(" " + shlex.quote(word) for word in options)
    program = os.path.abspath(shutil.which(sys.argv[0]) or sys.argv[0])
    line = "%s%s || exit" % (shlex.quote(program), words)
    if is_shared(top):
        raise Failure("by core.hooksPath '%s' is the hook of other repositories, too: add "
                      "to it \"%s\", or set core.hooksPath in this one" % (path, line))
    if os.path.lexists(path) and not is_ours(path):
        raise Failure("there is a hook already, '%s': add to it \"%s\"" % (path, line))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with whole(path) as file:
        file.write(SCRIPT % {"mark": MARK, "program": shlex.quote(program),
                             "options": words})
    mode = os.stat(path).st_mode
    os.chmod(path, mode | (mode & 0o444) >> 2)  # who reads it may run it
    print("the hook is '%s'" % path)
    return 0


def uninstall(folder):
    """Removes the hook, and returns the exit status; Failure if it is another."""
    path = path_of(git.top(folder))
    if not os.path.lexists(path):
        print("there is no hook '%s'" % path)
        return 0
    if not is_ours(path):
        raise Failure("'%s' is not the hook that ddi-precommit writes: remove from it "
                      "what calls ddi-precommit" % path)
    os.unlink(path)
    print("the hook '%s' is gone" % path)
    return 0


def path_of(top):
    return os.path.join(top, git.line(top, "rev-parse", "--git-path", "hooks"),
                        "pre-commit")


def is_shared(top):
    """Whether the folder of hooks is that of all repositories of a user."""
    try:
        scope = git.line(top, "config", "--show-scope", "--get", "core.hooksPath")
    except Failure:
        return False
    return scope.split()[0] not in ("local", "worktree")


def is_ours(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return MARK in file.read(1 << 16)
    except OSError:
        return False
