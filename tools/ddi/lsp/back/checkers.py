"""Lets ddi-check analyse a file: each time anew, or in one process that stays (see
resident.py)."""
import json
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass

from ... import checker
from ...errors import Failure


HERE = "/"  # a result that was kept is for names as seen from one folder


@dataclass(frozen=True)
class Request:
    """build: the folder of a database that has the file; index: of its driver, or "";
    lines: pairs of first and last, which differ from what was analysed last, or None."""
    build: str
    file: str
    index: str = ""
    lines: list | None = None


@dataclass(frozen=True)
class Said:
    """findings: as ddi-check prints them; functions: the only ones of which they speak,
    or None; files: objects with file and why."""
    findings: list
    functions: list | None
    files: list


class BadIndex(Failure):
    """An index is broken, of another build of ddi-check, or made with other options."""


BAD_INDEX = re.compile(r"cannot use '.*' as a driver's index: |"
                       r"the index '.*' was written with other options")


def failure(what):
    """The Failure for what ddi-check says."""
    return BadIndex(what) if BAD_INDEX.match(what) else Failure(what)


def knows_resident(program):
    """Whether the program can stay, and keep what it has parsed."""
    try:
        text = subprocess.run([program, "--help-hidden"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                              encoding="utf-8", errors="replace").stdout
    except OSError as error:
        raise Failure("cannot run '%s': %s" % (program, error.strerror))
    return "--resident" in text


class Plain:
    """Runs ddi-check for each request.  words: its options; folder: for what it writes;
    limit: seconds for a run."""
    keeps = False  # nothing of one request helps the next

    def __init__(self, program, words, folder, processes, limit):
        self.program, self.words, self.folder = program, words, folder
        self.processes, self.limit = processes, limit

    def analyse(self, request, token):
        """What is said of the file; Cancelled, or Failure."""
        index = ["--index", request.index] if request.index else []
        return self.run(["-p", request.build, *index, request.file], token)

    def run(self, words, token, is_low=False, terminal=None):
        """Runs ddi-check with these words more; terminal: where to it says what it does,
        if anyone looks on."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            names = [os.path.join(folder, name) for name in ("out", "err", "report")]
            with open(names[0], "wb") as out, open(names[1], "wb") as err:
                process = self.processes.start(
                    [self.program, "--format", "json", "--report", names[2],
                     *self.words, *words], is_low, cwd=HERE, stdin=subprocess.DEVNULL,
                    stdout=out, stderr=terminal.descriptor if terminal else err,
                    env={**os.environ, "TMPDIR": folder})
            status = self.processes.wait(process, token, self.limit)
            if status not in (checker.CLEAN, checker.HAS_FINDINGS, checker.FILE_FAILED):
                said = terminal.why() if terminal else why(lines_of(names[1]))
                raise failure(said or "ddi-check crashed (status %d of '%s')" %
                              (status, self.program))
            return read(*names[::2])

    def end(self):
        """Nothing has stayed."""


def why(lines):
    """What ddi-check gave up for, in its words; "" if it did not say."""
    for line in lines:
        if line.startswith(checker.ERROR):
            return line.removeprefix(checker.ERROR).rstrip()
    return ""


def lines_of(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.readlines()


def read(out, report):
    """Said, of the two files that a run writes."""
    try:
        with open(out, encoding="utf-8", errors="replace") as lines, \
                open(report, encoding="utf-8", errors="replace") as file:
            files = json.load(file)["files"]
            return Said([json.loads(line) for line in lines], None,
                        [{"file": one["file"], "why": one["why"]} for one in files])
    except (OSError, *checker.UNREADABLE):
        raise Failure("ddi-check reports in a way that is not known; it has to be of the "
                      "same version as ddi-lsp")
