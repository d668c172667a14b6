"""Runs ddi-check, and reads what it says."""
import json
import os
import shutil
import subprocess

from .errors import Failure
from .findings import Finding, Rule, Suppression

HERE = os.path.dirname(os.path.realpath(__file__))
# Beside the tools: installed, as built here.
PLACES = ("../../../bin/ddi-check", "../../build/bin/ddi-check",
          "../../build-19/bin/ddi-check")
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
        raise Failure("there is no ddi-check: build it (tools/quickstart), or name it "
                      "with --ddi-check")
    return found


def run_quietly(program, *arguments):
    """What it prints; Failure with its own words if it fails."""
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True)
    except OSError as error:
        raise Failure("cannot run '%s': %s" % (program, error.strerror))
    if done.returncode:
        raise Failure(last_line(done.stderr) or
                      "'%s' ended with status %d" % (program, done.returncode))
    return done.stdout


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1].removeprefix("ddi-check: error: ") if lines else ""


def rules(program):
    """All rules, by name."""
    text = run_quietly(program, "--list-rules", "--format", "json")
    all_rules = map(Rule.read, map(json.loads, text.splitlines()))
    return {rule.name: rule for rule in all_rules}


class Answer:
    """What a run has found, and its report."""

    def __init__(self, findings, report):
        self.findings = findings
        self.files = [(one["file"], one["why"]) for one in report["files"]]
        self.suppressions = [Suppression.read(one) for one in report["suppressions"]]
        self.functions = report["functions"]["defined"]
        self.entry_points = report["entryPoints"]
        self.pairs, self.undecided = report["pairs"]["all"], report["pairs"]["undecided"]
        self.version, self.llvm = report["version"], report["llvm"]


def scan(program, build, options, root):
    """Scans the database in the folder; names are as seen from root.  What ddi-check
    says on the way goes to stderr.  Failure if it gave up; a file that failed is told
    in the answer."""
    report = build + ".report"
    command = [program, "-p", build, "--format", "json", "--suppressed", "--undecided",
               "--report", report, *options]
    try:
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE,
                              encoding="utf-8", errors="surrogateescape") as process:
            try:
                findings = [Finding.read(json.loads(line)) for line in process.stdout]
            except BaseException:
                process.terminate()
                raise
    except OSError as error:
        raise Failure("cannot run '%s': %s" % (program, error.strerror))
    if process.returncode not in (CLEAN, HAS_FINDINGS, FILE_FAILED):
        raise Failure("the scan was given up: ddi-check ended with status %d" %
                      process.returncode)
    with open(report, encoding="utf-8", errors="surrogateescape") as file:
        return Answer(findings, json.load(file))


def share(program, build, options, share, is_read_only):
    """The command that does a share of the work, "2/8", for a scan that finds it in the
    cache."""
    return [program, "-p", build, "--share", share, *options,
            *["--read-only"] * is_read_only]
