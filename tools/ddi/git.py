"""What a repository says of changes."""
import os
import re
import subprocess

from .errors import Failure


def run(folder, *arguments, data=None):
    """The bytes that git prints; Failure with its own words."""
    try:
        done = subprocess.run(
            ["git", "-C", folder, "-c", "core.fsmonitor=false", *arguments],  # no hook
            input=data, capture_output=True)
    except OSError as error:
        raise Failure("cannot run git: %s" % error.strerror)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Failure("git: %s" % (words[0].removeprefix("fatal: ") if words else
                                   "status %d" % done.returncode))
    return done.stdout


def top(folder):
    """The top of the repository that the folder is in; Failure if it is in none."""
    return os.fsdecode(run(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n"))


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


def before(folder, revision):
    """The names, below the top, of the files that differ now from the revision, those
    that git does not know yet included, each with the content it has there, by its
    older name if it was renamed; None: it is not there.  Submodules and repositories
    below are looked into."""
    origins = changed(folder, revision)
    found = content(folder, revision, origins)
    for name in [name for name in origins if is_repository(folder, name)]:
        del found[name]
        for inner, data in before_below(folder, revision, name).items():
            found[os.path.join(name, inner)] = data
    return found


def changed(folder, revision):
    """Names of what differs, each with its name in the revision."""
    words = iter(names_of(run(
        folder, "diff", "--name-status", "--find-renames", "--ignore-submodules=none", "-z",
        revision)))
    origins = {}
    for status in words:
        name = next(words)
        origins[name] = name
        if status[0] in "RC":
            origins[next(words)] = name
    for name in names_of(run(folder, "ls-files", "--others", "--exclude-standard", "-z")):
        origins.setdefault(name, name)
    return origins


def names_of(listed):
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def is_repository(folder, name):
    """Whether a name that git has lists no file, but a repository below."""
    path = os.path.join(folder, name)
    return os.path.isdir(path) and not os.path.islink(path)


def before_below(folder, revision, name):
    """As before(), of a repository below; of one that the revision has not, or a commit
    of it that is not there, all is new."""
    inner = os.path.join(folder, name)
    try:
        had = run(folder, "rev-parse", "--verify", "--quiet",
                  "%s:%s" % (revision, name.rstrip("/"))).decode().strip()
        return before(inner, commit(inner, had))
    except Failure:
        return dict.fromkeys(files(inner))


def files(folder):
    """Names of all files below the top, those that git ignores included."""
    found = []
    for name in names_of(run(folder, "ls-files", "--cached", "--others", "-z")):
        if not is_repository(folder, name):
            found.append(name)
        elif os.path.lexists(os.path.join(folder, name, ".git")):
            found += [os.path.join(name, inner)
                      for inner in files(os.path.join(folder, name))]
    return found


def content(folder, revision, origins):
    """The content that each name has in the revision by its name there; None: it has
    none, or no name that can be asked for."""
    names = [name for name in origins if can_be_asked(origins[name], name)]
    request = b"".join(b"%s:%s\n" % (revision.encode(), origins[name].encode())
                       for name in names)
    answer = run(folder, "cat-file", "--batch", data=request)
    found = dict.fromkeys(origins)
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if not words[-1].isdigit():  # "missing", "submodule"
            continue
        size = int(words[-1])
        if words[-2] == b"blob":
            found[name] = answer[at:at + size]
        at += size + 1
    return found


def can_be_asked(*names):
    """Whether the names are lines of UTF-8."""
    return not any(re.search("[\n\udc80-\udcff]", name) for name in names)
