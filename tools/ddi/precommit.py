"""The hook of git: what a commit would bring in, as it is staged."""
import argparse
import os
import sys
from dataclasses import replace

from . import baseline, build, checker, commands_cli, compdb, git, hook, main
from .arguments import Parser
from .command import C_ENDINGS
from .config import NAME
from .diff import CODE, Change, Includes, Version
from .errors import Failure, Missing, tell
from .findings import File
from .reports import common, text
from .scan import Scanner, Tree, exit_status

EPILOG = """\
Findings that a parent of the commit has do not count, nor do those of the baseline in
%s, or what is suppressed.

exit status: 0 nothing new, 2 new findings, 1 ddi-precommit failed. What could not be
checked is told; with --strict it is 3 for a file, 1 if nothing could be checked
""" % NAME


def parser():
    made = Parser(prog="ddi-precommit", epilog=EPILOG,
                  description="Checks what is staged, before it is committed.",
                  formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("files", metavar="FILE", nargs="*", help="of what is staged, only "
                      "this; if it is not staged, whatever is found in it is told")
    made.add_argument("--strict", action="store_true",
                      help="fails if something staged could not be checked")
    made.add_argument("--baseline", metavar="FILE", help="the findings that are known")
    commands_cli.add_arguments(made, None, "what %s says, or the top of the repository, "
                               "or build in it" % NAME)
    main.add_what(made)
    main.add_how(made)
    own = made.add_argument_group("the hook of a repository")
    own.add_argument("--install", action="store_true",
                     help="makes git run this, with the other options, before a commit")
    own.add_argument("--uninstall", action="store_true", help="takes that back")
    made.set_defaults(fail_on=None, shard="", engine="local")
    return made


def run(words):
    """The exit status of a command line."""
    args = parser().parse_args(words)
    if args.uninstall:
        return hook.uninstall(os.getcwd())
    if args.install:
        if args.files:
            raise Failure("--install goes without files")
        return hook.install(os.getcwd(), [word for word in words if word != "--install"])
    return check(args)


def check(args):
    """Checks what is staged; returns the exit status."""
    args.root = git.enter(os.getcwd())
    commit = Commit(args.root, args.files)
    if not commit.changed:
        return checker.CLEAN
    try:
        program, rules, config = main.chosen(args)
        args.build = database(args)
    except Missing as why:
        if not any(map(is_code, commit.changed)):
            return checker.CLEAN
        if args.strict:
            raise
        tell("warning", "nothing is checked: %s" % why)
        return checker.CLEAN
    scanner = Scanner(args, config, program, rules)
    return checked(scanner, commit, args)


def is_code(name):
    return name.lower().endswith(CODE)


def database(args):
    """Where the compile database is; Missing if it is nowhere."""
    places = [args.build] if args.build else \
        [args.root, os.path.join(args.root, "build")]
    for place in places:
        if os.path.isfile(compdb.database_path(place)):
            return place
    raise Missing("there is no %s in '%s'; let the build write it (README.md, Your "
                  "driver), and name its folder with -p, or as build in %s" %
                  (compdb.NAME, "', '".join(places), NAME))


class Commit:
    """What is staged.  changed: names of files that no parent has like that, or that
    are asked for; parents: of each, the files that are otherwise there, with their
    content; unasked: asked for, and not staged; unstaged: what is otherwise on disk, as
    it is staged."""

    def __init__(self, top, files):
        self.top = top
        parents = bases(top)
        self.parents = [git.staged(top, one) for one in parents]
        # What is no longer in the index may still be on disk.
        self.unstaged = {**dict.fromkeys(git.removed(top, parents[0])),
                         **git.unstaged(top)}
        self.changed = set.intersection(*map(set, self.parents))
        self.unasked = set()
        if files:
            tree = Tree(top)
            asked = {tree.name(os.path.abspath(file)) for file in files}
            self.unasked = asked.difference(*self.parents)
            self.changed = asked | {name for name in self.changed
                                    if not self.can_be_asked(name)}

    def can_be_asked(self, name):
        """Whether pre-commit would: not for what is gone, or in a submodule."""
        if not self.is_there(name):
            return False
        folder = os.path.dirname(name)
        while folder and not os.path.lexists(os.path.join(self.top, folder, ".git")):
            folder = os.path.dirname(folder)
        return not folder

    def is_there(self, name):
        """Whether the commit would have the file."""
        if name in self.unstaged:
            return self.unstaged[name] is not None
        return os.path.isfile(os.path.join(self.top, name))


def bases(top):
    """What the commit is compared with: its parents, or of many commits, of which
    pre-commit tells, what they began with."""
    first = os.environ.get("PRE_COMMIT_FROM_REF")
    if not first:
        return git.parents(top)
    return [git.line(top, "merge-base", git.commit(top, first), "HEAD")]


def checked(scanner, commit, args):
    """Scans what the commit affects, and tells what is new; returns the exit status."""
    includes = Includes(commit.top, commit.unstaged)
    now = Version(includes, commit.unstaged, scanner.store)
    change = Change(includes, commit.changed)
    with build.prepared(args, scanner.store, now.has) as whole:
        lost = unknown(commit, includes, whole)
        whole = replace(whole.only(change.concerns), problems=())
        sources = now.sources(scanner.tree)
        found = scanner.scan(now.build(whole), sources)
        leave_new(found, scanner, commit, includes, whole)
    concerned = {scanner.tree.name(build.path_of(command)) for driver in whole.drivers
                 for command in driver.commands if change.concerns(command)}
    lost += [file for file in common.failures(found) if file.name in concerned]
    if whole.drivers:
        report(found, sources)
    for file in lost:
        tell("warning", "'%s' is not checked: %s" % (common.clean(file.name),
                                                     common.clean(file.why)))
    found.files = lost if args.strict else []
    return exit_status(found, scanner.config.fail_on or "new")


def unknown(commit, includes, whole):
    """The staged files that no command is for, nor includes."""
    commands = [command for driver in whole.drivers for command in driver.commands]
    own = {includes.name(command) for command in commands}
    found = []
    for name in sorted(commit.changed - own):
        if not is_code(name) or not commit.is_there(name):
            continue
        alone = Change(includes, [name])
        if not any(map(alone.concerns, commands)):
            is_source = os.path.splitext(name)[1].lower() in C_ENDINGS
            found.append(File(name, "it is not in the compile database" if is_source else
                              "no file of the compile database includes it"))
    return found


def leave_new(found, scanner, commit, includes, whole):
    """Leaves of the findings those that neither baseline nor parents have.  The parents
    are scanned only if there are any."""
    known = baseline.read(scanner.config.baseline) if scanner.config.baseline else []
    compare(found, known)
    for parent in commit.parents:
        if not found.findings:
            return
        before = Version(includes, {**commit.unstaged, **parent}, scanner.store)
        known += [one for one in scanner.known_before(whole, before)
                  if one.file not in commit.unasked]
    compare(found, known)


def compare(found, known):
    shown = found.shown()
    baseline.compare(shown, known)
    found.findings = [replace(one, baseline="") for one in shown if one.baseline == "new"]


def report(found, sources):
    printer = text.Printer(sys.stdout, sources,
                           sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    for finding in common.chosen(found, common.Options()):
        printer.finding(finding)
    print(common.summary(found))
    sys.stdout.flush()
    if found.findings:
        tell("note", "correct that, or silence it with a comment, '// ddi-suppress RULE: "
             "reason'; git commit --no-verify commits all the same")
