"""What a repository says of changes."""
import os
import subprocess

from .errors import Failure


def run(folder, *arguments, data=None):
    """The bytes that git prints; Failure with its own words."""
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], input=data,
                              capture_output=True)
    except OSError as error:
        raise Failure("cannot run git: %s" % error.strerror)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Failure("git: %s" % (words[0].removeprefix("fatal: ") if words else
                                   "status %d" % done.returncode))
    return done.stdout


def root(folder):
    """The top of the repository that the folder is in; "" if it is in none."""
    try:
        return run(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n")
    except Failure:
        return ""


def commit(folder, revision):
    """The full name of a commit; Failure if there is none."""
    if revision.startswith("-"):
        raise Failure("'%s' is no revision" % revision)
    try:
        return run(folder, "rev-parse", "--verify", "--quiet",
                   revision + "^{commit}").decode().strip()
    except Failure:
        raise Failure("'%s' is no revision of the repository in '%s'; a shallow clone "
                      "has to fetch it first" % (revision, folder))


def changed(folder, revision):
    """Names of the files, below the top, that differ now from the revision, those that
    git does not know yet included."""
    differ = run(folder, "diff", "--name-only", "--no-renames", "-z", revision)
    untracked = run(folder, "ls-files", "--others", "--exclude-standard", "-z")
    names = (differ + untracked).split(b"\0")
    return sorted({os.fsdecode(name) for name in names if name})


def content(folder, revision, names):
    """The content that each of the files has in the revision; None: it is not there."""
    request = b"".join(b"%s:%s\n" % (revision.encode(), os.fsencode(name))
                       for name in names if "\n" not in name)
    answer = run(folder, "cat-file", "--batch", data=request)
    found = dict.fromkeys(names)
    at = 0
    for name in (name for name in names if "\n" not in name):
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if words[-1] == b"missing" or words[-2:-1] != [b"blob"]:
            at += 0 if words[-1] == b"missing" else int(words[-1]) + 1
            continue
        size = int(words[-1])
        found[name] = answer[at:at + size]
        at += size + 1
    return found
