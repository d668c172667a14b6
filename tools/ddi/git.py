"""What a repository says of changes."""
import os
import subprocess

from .errors import Failure

# What git tells a hook of its repository, and would be wrong in a submodule.
OF_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
           "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
FILES, SUBMODULE = ("100644", "100755"), "160000"


def run(folder, *arguments, data=None):
    """The bytes that git prints; Failure with its own words."""
    try:
        done = subprocess.run(
            ["git", "-C", folder, "-c", "core.fsmonitor=false", *arguments],  # no hook
            input=data, capture_output=True, env=environment(folder))
    except OSError as error:
        raise Failure("cannot run git: %s" % error.strerror)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Failure("git: %s" % (words[0].removeprefix("fatal: ") if words else
                                   "status %d" % done.returncode))
    return done.stdout


def environment(folder):
    """The environment for git in a folder; None: this one."""
    ours = os.environ.get("GIT_WORK_TREE")
    if ours is None or not os.path.lexists(os.path.join(folder, ".git")) or \
            os.path.realpath(folder) == os.path.realpath(ours):
        return None
    return {key: value for key, value in os.environ.items() if key not in OF_HOOK}


def enter(folder):
    """The top of the repository that the folder is in.  In a hook, what git has told of
    it holds then in any folder."""
    found = top(folder)
    if any(key in os.environ for key in OF_HOOK):
        if "GIT_INDEX_FILE" in os.environ:
            os.environ["GIT_INDEX_FILE"] = os.path.abspath(os.environ["GIT_INDEX_FILE"])
        os.environ["GIT_DIR"] = git_folder(folder)
        os.environ["GIT_WORK_TREE"] = found
    return found


def line(folder, *arguments):
    """The line that git prints."""
    return os.fsdecode(run(folder, *arguments).removesuffix(b"\n"))


def top(folder):
    """The top of the repository that the folder is in; Failure if it is in none."""
    return line(folder, "rev-parse", "--show-toplevel")


def git_folder(folder):
    """Where the repository keeps what is of this work tree alone."""
    return line(folder, "rev-parse", "--absolute-git-dir")


def commit(folder, revision):
    """The full name of a commit; Failure if there is none."""
    if revision.startswith("-"):
        raise Failure("'%s' is no revision" % revision)
    try:
        return line(folder, "rev-parse", "--verify", "--quiet", revision + "^{commit}")
    except Failure:
        raise Failure("'%s' is no revision of the repository in '%s'; a shallow clone "
                      "has to fetch it first" % (revision, folder))


def parents(folder):
    """What a commit made now has for parents; of the first one, an empty tree."""
    try:
        found = [commit(folder, "HEAD")]
    except Failure:
        return [line(folder, "hash-object", "-t", "tree", os.devnull)]
    try:
        with open(os.path.join(git_folder(folder), "MERGE_HEAD")) as file:
            return found + file.read().split()
    except FileNotFoundError:
        return found


def before(folder, revision):
    """The names, below the top, of the files that differ now from the revision, those
    that git does not know yet included, each with the content it has there, by its
    older name if it was renamed; None: it is not there.  Submodules and repositories
    below are looked into."""
    found = were(folder, [revision], lambda inner, old, _: before(inner, old))
    for name in names_of(run(folder, "ls-files", "--others", "--exclude-standard", "-z")):
        inside = files(os.path.join(folder, name)) if is_repository(folder, name) else [""]
        found.update(dict.fromkeys(name + inner for inner in inside
                                   if name + inner not in found))
    return found


def staged(folder, base):
    """As before(), of the files that differ in the index: they have what base has."""
    return were(folder, ["--cached", base], between)


def removed(folder, base):
    """The names of base's files that are not in the index."""
    return names_of(run(folder, "diff", "--cached", "--name-only", "--no-renames",
                        "--diff-filter=D", "--no-relative", "-z", base, "--"))


def between(folder, old, new):
    """As before(), of the files that differ in two commits: they have what old has."""
    return were(folder, [old, new], between)


def unstaged(folder, *revision):
    """As before(), of the files that git knows and that differ on disk from the index,
    or from the revision; submodules from the commit that is in the index."""
    return were(folder, revision, lambda inner, old, _: unstaged(inner, old))


def were(folder, what, below):
    """The files that `git diff` tells, each with the content it had, or None.  Those of
    a submodule, of which both commits are there, tells below(folder, old, new); of
    another, all are new."""
    blobs, found = {}, {}
    words = iter(run(
        folder, "diff", "--raw", "--no-abbrev", "-z", "--find-renames", "--no-ext-diff",
        "--no-color", "--no-relative", "--ignore-submodules=none", *what, "--").split(b"\0"))
    for word in filter(None, words):
        old_mode, new_mode, old, new, status = word.decode().removeprefix(":").split()
        names = [os.fsdecode(next(words)) for _ in range(2 if status[0] in "RC" else 1)]
        if SUBMODULE in (old_mode, new_mode):
            inside = of_submodule(os.path.join(folder, names[-1]), below,
                                  old if old_mode == SUBMODULE else "", new)
            found.update((os.path.join(names[-1], name), data)
                         for name, data in inside.items())
        else:
            blobs.update(dict.fromkeys(names, old if old_mode in FILES else None))
    return {**contents(folder, blobs), **found}


def of_submodule(inner, below, old, new):
    if not os.path.lexists(os.path.join(inner, ".git")):
        return {}
    try:
        return below(inner, commit(inner, old), new)
    except Failure:
        return dict.fromkeys(files(inner))


def names_of(listed):
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def is_repository(folder, name):
    """Whether a name that git has lists no file, but a repository below."""
    path = os.path.join(folder, name)
    return os.path.isdir(path) and not os.path.islink(path)


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


def contents(folder, blobs):
    """What is in the blobs, which are values; None: none, or it is not there."""
    found = dict.fromkeys(blobs)
    names = [name for name, blob in blobs.items() if blob]
    if not names:
        return found
    answer = run(folder, "cat-file", "--batch",
                 data="".join(blobs[name] + "\n" for name in names).encode())
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if words[-1].isdigit():  # else "missing"
            size = int(words[-1])
            found[name] = answer[at:at + size]
            at += size + 1
    return found
