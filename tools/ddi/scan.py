"""A scan: all drivers of a build, compared with what is known, and reported."""
import fnmatch
import functools
import os
import sys
import tempfile
from dataclasses import replace

from . import baseline, checker, diff, doctor, fingerprints, git, reports, store
from .errors import Failure, tell
from .files import whole
from .findings import File, Scan
from .sources import Sources


class Tree:
    """Names of files, as seen from the root."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.name = functools.cache(self._name)

    def _name(self, file):
        """Relative to the root, with '/', if it lies below, by a link or not; else
        absolute."""
        path = os.path.normpath(os.path.join(self.root, file))
        top = self.root.rstrip(os.sep) + os.sep
        for one in (path, os.path.realpath(path)):
            if one.startswith(top):
                return one[len(top):]
        return path

    def place(self, at):
        return replace(at, file=self.name(at.file))

    def suppression(self, one):
        return replace(one, at=self.place(one.at)) if one else None

    def finding(self, one):
        return replace(one, at=self.place(one.at),
                       path=tuple(replace(s, at=self.place(s.at)) for s in one.path),
                       fix=tuple(replace(e, file=self.name(e.file)) for e in one.fix),
                       suppression=self.suppression(one.suppression))


def order_of(finding):
    return (finding.at.file, finding.at.line, finding.at.column, finding.rule,
            finding.message)


def join(answers, tree, rules, config):
    """One Scan of the answers for several drivers, which may share files, named as in
    the tree.  Findings are in order, with their level."""
    scan = Scan(root=tree.root, rules=rules)
    findings, files, suppressions = {}, {}, {}
    for answer in answers:
        scan.version = "%s (LLVM %s)" % (answer.version, answer.llvm)
        scan.functions += answer.functions
        scan.entry_points += answer.entry_points
        scan.pairs += answer.pairs
        scan.undecided += answer.undecided
        for one in map(tree.finding, answer.findings):
            findings.setdefault(order_of(one), one)
        for name, why in answer.files:
            name = tree.name(name)
            files[name] = files.get(name) or why
        for one in map(tree.suppression, answer.suppressions):
            key = (one.at, one.kind)
            used = one.used or (key in suppressions and suppressions[key].used)
            suppressions[key] = replace(one, used=used)
    scan.findings = [findings[key] for key in sorted(findings)
                     if not is_excluded(findings[key].at.file, tree.root, config)]
    scan.files = [File(name, files[name]) for name in sorted(files)]
    scan.suppressions = sorted((one for one in suppressions.values()
                                if not is_excluded(one.at.file, tree.root, config)),
                               key=lambda s: (s.at.file, s.at.line, s.at.column))
    for finding in scan.findings:
        if not finding.is_undecided:
            finding.level = config.level(finding.rule)
    return scan


def is_excluded(name, root, config):
    if not config.exclude:
        return False
    folder = os.path.dirname(config.file) if config.file else root
    below = os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")
    return any(matches(below, pattern) for pattern in config.exclude)


def matches(name, pattern):
    """Whether the pattern is the path, or a folder above it; '**/x' is x anywhere."""
    pattern = pattern.rstrip("/")
    if pattern.startswith("**/") and matches(name, pattern[3:]):
        return True
    return fnmatch.fnmatchcase(name, pattern) or \
        fnmatch.fnmatchcase(name, pattern + "/*")


def options(config, args):
    """What a configuration, and the options for how it is done, are for ddi-check."""
    words = ["--strictness", config.strictness, "--world", config.world]
    words += ["--rules=" + ",".join(config.rules)] * bool(config.rules)
    words += ["--role=" + "=".join(pair) for pair in config.roles]
    words += ["--wrapper=" + "=".join(pair) for pair in config.wrappers]
    words += ["--timeout", str(config.timeout)] * bool(config.timeout)
    words += ["--file-memory", str(config.file_memory)] * bool(config.file_memory)
    words += ["--require-reason"] * config.require_reason
    words += ["-j%s" % args.jobs] * bool(args.jobs)
    words += ["--cache", os.path.abspath(args.cache or "")] * bool(args.cache)
    return words + ["--no-cache"] * args.no_cache


class Scanner:
    """Scans builds, as the options and the configuration say."""

    def __init__(self, args, config, program, rules):
        self.args, self.config = args, config
        self.program, self.rules = program, rules
        self.root = root_of(args)
        self.tree = Tree(self.root)
        self.store = self.kept() or self.passing()

    def kept(self):
        """The store in the cache; None if the scan has to do without."""
        if self.args.no_cache:
            return None
        cache = os.path.abspath(self.args.cache or store.default_folder())
        try:
            return store.Store(os.path.join(cache, "scan"))
        except Failure as failure:
            if self.args.shard or self.args.engine == "dask":
                raise
            tell("warning", failure)
            return None

    def passing(self):
        """A store that goes when the scan ends."""
        self.temporary = tempfile.TemporaryDirectory(prefix="ddi-scan-")
        return store.Store(self.temporary.name)

    def options(self):
        """For ddi-check."""
        return options(self.config, self.args)

    def scan(self, build, sources=None):
        """The Scan of all drivers of a prepared build; sources: what was scanned, by
        default as it is on disk."""
        answers = [checker.scan(self.program, driver.folder, self.options(), self.root)
                   for driver in build.drivers]
        scan = join(answers, self.tree, self.rules, self.config)
        fingerprints.assign(scan.findings, sources or Sources(self.tree.root))
        known = {file.name for file in scan.files}
        problems = [File(self.tree.name(name), why) for name, why in build.problems]
        scan.files += [one for one in problems if one.name not in known]
        return scan

    def share(self, build, share, is_read_only):
        """Commands of ddi-check that do a share, "2/8", of each driver."""
        return [checker.share(self.program, driver.folder, self.options(), share,
                              is_read_only) for driver in build.drivers]

    def before(self, revision):
        """The sources as they were in the revision."""
        top = git.top(self.root)
        contents = git.before(top, git.commit(top, revision))
        return diff.Version(diff.Includes(top), contents, self.store)

    def known_before(self, build, before):
        """What a scan of the version finds, as a baseline has it."""
        scan = self.scan(replace(before.build(build), problems=()),
                         before.sources(self.tree))
        for file in scan.files:
            if file.why:
                tell("warning", "'%s' could not be analysed as it was, and all in it counts as new: "
                     "%s" % (doctor.shown(file.name), file.why))
        return [baseline.known_of(one) for one in scan.shown()]


def root_of(args):
    """From where names are seen."""
    if args.root and not os.path.isdir(args.root):
        raise Failure("--root: '%s' is no folder" % args.root)
    try:
        return os.path.realpath(args.root or git.top(os.getcwd()))
    except Failure:
        return os.getcwd()


def exit_status(scan, fail_on):
    """0 clean, 2 findings that count, 3 not all was analysed."""
    if any(file.why for file in scan.files):
        return checker.FILE_FAILED
    shown = [f for f in scan.shown() if f.level != "note"]
    counts = {
        "never": [],
        "error": [f for f in shown if f.level == "error"],
        "warning": shown,
        "new": [f for f in shown if f.baseline != "unchanged"],
    }[fail_on]
    return checker.HAS_FINDINGS if counts else checker.CLEAN


def compare(scan, known):
    """Sets what is new, and adds what is gone."""
    scan.findings += baseline.compare(
        [f for f in scan.findings if not f.is_undecided and not f.suppression], known)


def write_reports(scan, wanted, options):
    """wanted: pairs of format and file ("-": stdout)."""
    for name, path in wanted:
        try:
            if path == "-":
                reports.write(name, scan, sys.stdout, options)
                sys.stdout.flush()
                continue
            with whole(path, encoding="utf-8", errors="surrogateescape",
                       newline="\n") as file:
                reports.write(name, scan, file, replace(options, color=False))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Failure("cannot write the report '%s': %s" % (path, error.strerror))
