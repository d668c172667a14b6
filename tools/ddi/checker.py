"""Runs ddi-check, and reads what it says."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from .errors import Failure, Missing
from .findings import Finding, Rules, Suppression

HERE = os.path.dirname(os.path.realpath(__file__))
# Beside the tools: installed, as built here.
PLACES = ("../../../bin/ddi-check", "../../build/bin/ddi-check",
          "../../build-19/bin/ddi-check")
ERROR = "ddi-check: error: "
# What ddi-check says of a run, and its report too.
TOLD = re.compile(r"ddi-check: \d+ (of \d+ functions have|findings? (is|are) suppressed)")
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError,
              RecursionError)
CLEAN, TOOL_FAILED, HAS_FINDINGS, FILE_FAILED = 0, 1, 2, 3


def find(given=None):
    """The program: as given, from DDI_CHECK, beside these tools, or on the path."""
    given = given or os.environ.get("DDI_CHECK")
    if given:
        if not shutil.which(given):
            raise Failure("'%s' is no program; --ddi-check and DDI_CHECK name it" % given)
        return os.path.abspath(shutil.which(given))
    for place in PLACES:
        path = os.path.normpath(os.path.join(HERE, place))
        if os.access(path, os.X_OK):
            return path
    found = shutil.which("ddi-check")
    if not found:
        raise Missing("there is no ddi-check: build it (tools/quickstart), or name it "
                      "with --ddi-check")
    return found


def run(command, cwd=None, stdout=subprocess.DEVNULL):
    """Runs ddi-check, which does not outlive this; what its report does not tell goes to
    stderr.  Returns its exit status; Failure, with its own words, if it gave up."""
    is_log = not sys.stderr.isatty()  # and no place for progress
    try:
        process = subprocess.Popen(command, cwd=cwd, stdout=stdout, encoding="utf-8",
                                   errors="replace",
                                   stderr=subprocess.PIPE if is_log else None)
    except OSError as error:
        raise Failure("cannot run '%s': %s" % (command[0], error.strerror))
    why = "ddi-check gave up"
    with process:
        try:
            for line in process.stderr or ():
                if line.startswith(ERROR):
                    why = line.removeprefix(ERROR).rstrip()
                elif not TOLD.match(line):
                    sys.stderr.write(line)
            status = process.wait()
        except BaseException:
            process.terminate()
            raise
    if status not in (CLEAN, HAS_FINDINGS, FILE_FAILED):
        raise Failure("%s (status %d of '%s')" % (why, status, command[0]))
    return status


def rules(program):
    """The Rules that there are."""
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            run([program, "--list-rules", "--format", "json"], stdout=said)
            said.seek(0)
            named = Rules.read(map(json.loads, said))
    except UNREADABLE:
        named = Rules()
    if not named:
        raise Failure("'%s' is no ddi-check: it does not list its rules" % program)
    return named


def routines(program):
    """The number of arguments that the tables speak of, by the routine's name."""
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            run([program, "--list-routines", "--format", "json"], stdout=said)
            said.seek(0)
            return {one["name"]: one["arguments"] for one in map(json.loads, said)}
    except UNREADABLE:
        raise Failure("'%s' is no ddi-check: it does not list its routines" % program)


class Answer:
    """What a run has found, and its report."""

    def __init__(self, findings, report):
        self.findings = findings
        self.files = [(one["file"], one["why"]) for one in report["files"]]
        self.suppressions = [Suppression.read(one) for one in report["suppressions"]]
        self.functions = int(report["functions"]["defined"])
        self.entry_points = int(report["entryPoints"])
        self.pairs = int(report["pairs"]["all"])
        self.undecided = int(report["pairs"]["undecided"])
        self.version, self.llvm = report["version"], report["llvm"]


def scan(program, build, options, root):
    """Scans the database in the folder; names are as seen from root.  What ddi-check
    says on the way goes to stderr.  Failure if it gave up; a file that failed is told
    in the answer."""
    report, findings = build + ".report", build + ".findings"
    with open(findings, "wb") as file:
        run([program, "-p", build, "--format", "json", "--suppressed", "--undecided",
             "--report", report, *options], root, file)
    return answer(program, findings, report)


def answer(program, findings, report):
    """The Answer out of the two files that a run writes; Failure if they are no such."""
    try:
        with open(findings, encoding="utf-8", errors="surrogateescape") as lines, \
                open(report, encoding="utf-8", errors="surrogateescape") as file:
            return Answer([Finding.read(json.loads(line)) for line in lines],
                          json.load(file))
    except (OSError, *UNREADABLE):
        raise Failure("'%s' reports in a way that is not known; it has to be of the same "
                      "version as ddi-scan" % program)


def share(program, build, options, share, is_read_only):
    """The command that does a share of the work, "2/8", for a scan that finds it in the
    cache."""
    return [program, "-p", build, "--share", share, *options,
            *["--read-only"] * is_read_only]
