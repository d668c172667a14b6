"""The half of the language server that works: it finds commands, lets ddi-check analyse,
and keeps the drivers' indexes.  The other half, the front, starts it and talks to the
editor.

Both send lines of JSON.  From the front:

  {"do": "start", "root", "options"}     first of all; see projects.Options
  {"do": "analyse", "id", "path", "why": "open" | "edit" | "save", "lines", "buffers"}
  {"do": "cancel", "id"}
  {"do": "rescan", "id", "path"}         the whole driver of a file
  {"do": "forget"}                       all that was read is read anew

To the front:

  {"ready": {"version", "rules"}}
  {"id", "findings", "functions", "files", "of"}, {"id", "error"}, {"id", "cancelled"}
  {"id", "progress": {"message", "percentage"}}
  {"renew": [path...]}    the index of their driver has changed: analyse them again
  {"error"}               of no request"""
import contextlib
import dataclasses
import fcntl
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections import defaultdict

from .. import checker, compdb
from ..arguments import Parser
from ..errors import Failure
from .buffers import Buffers
from .checkers import HERE, BadIndex, Plain, Request, knows_resident
from .drivers import Driver, Drivers
from .lookup import Lookup, NoCommand
from .processes import Cancelled, Processes, Token
from .projects import Options, Projects, work_folder
from .resident import Resident

MOST_RECENT = 20
MOST_CHECKERS = 2  # of residents, one a configuration


@dataclasses.dataclass
class Job:
    """To analyse a file.  order: when it came."""
    id: object
    path: str
    why: str
    lines: list | None
    texts: dict
    order: int
    token: Token = dataclasses.field(default_factory=Token)

    def rank(self):
        return self.why != "edit", self.order


class Workspace:
    """What "start" said, and all that was read since.  For the thread that analyses; the
    one for drivers asks for commands alone."""

    def __init__(self, root, options, temporary, processes, changed):
        self.root, self.options = root, options
        self.temporary, self.processes = temporary, processes
        self.program = checker.find(options.ddi_check)
        self.rules = checker.rules(self.program)
        self.version = version(self.program)
        self.make = Resident if knows_resident(self.program) else Plain
        self.work = work_folder(options, temporary)
        self.buffers = Buffers(os.path.join(temporary, "buffers"))
        self.drivers = Drivers(self, changed)
        self.checkers = {}
        self.builds = {}         # folders by command
        self.recent = []         # paths of sources, the newest first
        self.sources = {}        # one, by Driver
        self.shown = defaultdict(dict)  # paths of the editor, by Driver
        self.names = {}          # how the editor names a file
        self.forget()

    def forget(self):
        """Databases and configurations are read anew."""
        self.projects = Projects(self.root, self.options, self.rules, self.work)
        self.lookup = Lookup(self.options.build)

    # ---- One file --------------------------------------------------------------

    def analyse(self, job):
        """The answer for a file; Cancelled, or Failure."""
        for path in (job.path, *job.texts):
            self.names[os.path.realpath(path)] = path
        try:
            project = self.projects.of(job.path)
            if job.why != "edit":
                self.lookup.renew()
                if project.repaired.shows_another(job.path):
                    self.forget()
                    project = self.projects.of(job.path)
            found = self.lookup.find(job.path, project.repaired, job.texts, self.recent,
                                     job.token.check)
        except NoCommand as why:
            return {"findings": [], "functions": None, "of": job.path,
                    "files": [{"file": job.path, "why": str(why)}]}
        job.token.check()
        source = self.name(found.file())
        driver = self.driver(found, project)
        maker = self.checker(project)
        request = Request(self.build(found.command, job.texts, maker, project),
                          found.file(), self.index(driver),
                          job.lines if source == job.path else None)
        self.used(found.file(), driver, job.path)
        try:
            said = self.said(maker, request, driver, job.token)
        finally:
            self.renew(driver, job.why)
        return self.answer(project, said, job.texts, source)

    def answer(self, project, said, texts, of):
        """What the front is told of a run; of: the file, or None for a driver."""
        return {"findings": project.told(said.findings, texts, of, self.name),
                "functions": said.functions, "of": of,
                "files": [{"file": self.name(one["file"]), "why": one["why"]}
                          for one in said.files]}

    def said(self, maker, request, driver, token):
        try:
            return maker.analyse(request, token)
        except BadIndex:
            self.drivers.drop(driver)
            return maker.analyse(dataclasses.replace(request, index=""), token)

    def name(self, path):
        """How the editor names a file that ddi-check names."""
        path = os.path.join(HERE, path)
        return self.names.get(path) or self.names.get(os.path.realpath(path), path)

    def checker(self, project):
        """Who analyses files of the project."""
        key = tuple(project.words)
        if key not in self.checkers:
            while len(self.checkers) >= MOST_CHECKERS:
                self.checkers.pop(next(iter(self.checkers))).end()
            self.checkers[key] = self.make(self.program, project.words, self.temporary,
                                           self.processes, self.options.limit)
        return self.checkers[key]

    def build(self, command, texts, maker, project):
        """The folder of a database that has the command alone, with the buffers.  A
        checker that keeps what it has parsed always gets the same command."""
        if texts or maker.keeps:
            command = command.with_overlay(
                self.buffers.show(texts, command, project.repaired.stands_for))
        key = command.directory, command.file, *command.arguments
        if key not in self.builds:
            self.builds[key] = folder = tempfile.mkdtemp(dir=self.temporary)
            compdb.write([command.entry()], os.path.join(folder, compdb.NAME))
        return self.builds[key]

    def used(self, source, driver, path):
        """Remembers that a source was analysed."""
        if source in self.recent:
            self.recent.remove(source)
        self.recent.insert(0, source)
        del self.recent[MOST_RECENT:]
        if driver:
            self.sources[driver] = source
            self.shown[driver][path] = True

    # ---- Drivers ---------------------------------------------------------------

    @staticmethod
    def driver(found, project):
        """None if it is not known, of which driver a file is."""
        if found.driver is None:
            return None
        return Driver(found.database.path, found.driver, tuple(project.words))

    def index(self, driver):
        if not driver or self.options.index == "off":
            return ""
        return self.drivers.index(driver)

    def driver_of(self, path):
        """The Driver of a file of the editor; Failure if there is none."""
        project = self.projects.of(path)
        try:
            found = self.lookup.find(path, project.repaired, {}, list(self.recent))
        except NoCommand as why:
            raise Failure("'%s' is of no driver: %s" % (path, why))
        driver = self.driver(found, project)
        if not driver:
            raise Failure("'%s' is of no driver that is known, as there is no %s" %
                          (path, compdb.NAME))
        self.sources[driver] = found.file()
        return driver

    def commands_of(self, driver):
        """The Project and the Commands of a driver of which a source is known."""
        project = self.projects.of(self.sources[driver])
        database = self.lookup.databases.of(driver.database)
        return project, self.lookup.commands(database, driver.name, project.repaired)

    def renew(self, driver, why):
        """Lets the driver's index be made, if it may be an old one."""
        if not driver or self.options.index == "off":
            return
        self.drivers.see(driver)
        if why == "save":
            self.drivers.want(driver)

    def end(self):
        self.drivers.end()
        self.processes.end()


def version(program):
    """As "0.5.0 (LLVM 22.1.8)"."""
    try:
        text = subprocess.run([program, "--version"], stdout=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, encoding="utf-8",
                              errors="replace").stdout
    except OSError as error:
        raise Failure("cannot run '%s': %s" % (program, error.strerror))
    match = re.match(r"ddi-check (\S+), with (LLVM \S+)", text)
    if not match:
        raise Failure("'%s' is no ddi-check: it does not tell its version" % program)
    return "%s (%s)" % match.groups()


class Back:
    """Does what lines of the front say; send(message) answers."""

    def __init__(self, send, temporary):
        self.send, self.temporary = send, temporary
        self._workspace, self._started = None, None
        self._making = threading.Lock()
        self._pending = []
        self._running = None
        self._rescans = {}  # tokens by id
        self._order = itertools.count()
        self._is_over = False
        self._wake = threading.Condition()
        # ddi-check dies with this thread.
        self._thread = threading.Thread(target=self._work, name="analyses", daemon=True)
        self._thread.start()

    def line(self, line):
        """Does what a line says."""
        number = None
        try:
            message = json.loads(line)
            if not isinstance(message, dict):
                raise Failure("it is no object")
            number = message.get("id")
            do = self.DO.get(message.get("do")) if isinstance(
                message.get("do"), str) else None
            if not do:
                raise Failure("it says nothing that is known to do")
            do(self, message)
        except (ValueError, RecursionError) as error:
            self.send({"error": "a line is no JSON: %s" % error})
        except Failure as failure:
            self.send({**({"id": number} if number is not None else {}),
                       "error": str(failure)})

    def end(self):
        """Stops all work."""
        with self._wake:
            self._is_over = True
            if self._running:
                self._running.token.cancel()
            self._wake.notify()
        if self._workspace:
            self._workspace.end()
        self._thread.join(5)

    # ---- What the front asks for -----------------------------------------------

    def start(self, message):
        root = text(message, "root")
        options = Options.read(message.get("options", {}))
        with self._making:
            if self._workspace:
                self._workspace.end()
            self._workspace, self._started = None, (root, options)
        self.workspace()

    def workspace(self):
        """The Workspace, of which the front is told when it is there.  Failure if there
        can be none yet."""
        with self._making:
            if not self._started:
                raise Failure("nothing was started")
            if not self._workspace:
                made = self._workspace = Workspace(
                    *self._started, tempfile.mkdtemp(dir=self.temporary), Processes(),
                    self.renew)
                self.send({"ready": {"version": made.version, "rules": {
                    rule.name: {"summary": rule.summary, "text": rule.text,
                                "url": rule.url, "bad": rule.bad, "good": rule.good}
                    for rule in made.rules.values()}}})
            return self._workspace

    def renew(self, paths):
        if paths:
            self.send({"renew": paths})

    def analyse(self, message):
        path = absolute(message, "path")
        why = message.get("why", "edit")
        if why not in ("open", "edit", "save"):
            raise Failure("'why' is none of 'open', 'edit', 'save'")
        job = Job(identity(message), path, why, lines(message), buffers(message),
                  next(self._order))
        with self._wake:
            for other in [one for one in self._pending if one.path == path]:
                self._drop(other)
            if self._running and self._running.path == path:
                self._running.token.cancel()
            self._pending.append(job)
            self._wake.notify()

    def cancel(self, message):
        number = identity(message)
        with self._wake:
            for job in [one for one in self._pending if one.id == number]:
                self._drop(job)
            if self._running and self._running.id == number:
                self._running.token.cancel()
            if number in self._rescans:
                self._rescans[number].cancel()

    def _drop(self, job):
        self._pending.remove(job)
        self.send({"id": job.id, "cancelled": True})

    def rescan(self, message):
        number, path = identity(message), absolute(message, "path")
        workspace, token = self.workspace(), Token()

        def progress(said, percentage):
            self.send({"id": number, "progress": {"message": said,
                                                  "percentage": percentage}})

        def done(project, said, error):
            self._rescans.pop(number, None)
            self.reply(number, lambda: self.whole(workspace, project, said, error))

        self._rescans[number] = token
        workspace.drivers.rescan(path, token, progress, done)

    @staticmethod
    def whole(workspace, project, said, error):
        if error:
            raise error
        return workspace.answer(project, said, {}, None)

    def forget(self, message):
        self.workspace().forget()

    DO = {"start": start, "analyse": analyse, "cancel": cancel, "rescan": rescan,
          "forget": forget}

    # ---- The thread for analyses -----------------------------------------------

    def _work(self):
        while job := self._next():
            self.reply(job.id, lambda: self.workspace().analyse(job))
            with self._wake:
                self._running = None

    def _next(self):
        """Waits for the next Job; None at the end."""
        with self._wake:
            self._wake.wait_for(lambda: self._pending or self._is_over)
            if self._is_over:
                return None
            job = self._running = max(self._pending, key=Job.rank)
            self._pending.remove(job)
            return job

    def reply(self, number, answer):
        """Sends what answer() returns, or why it returns nothing."""
        try:
            said = answer()
        except Cancelled:
            said = {"cancelled": True}
        except Failure as failure:
            said = {"error": str(failure)}
        except OSError as error:
            said = {"error": "'%s': %s" % (error.filename, error.strerror)}
        except Exception as error:  # of which no other request must suffer
            where = traceback.extract_tb(error.__traceback__)[-1]
            said = {"error": "ddi-lsp failed (%s:%d): %s: %s" % (
                os.path.basename(where.filename), where.lineno, type(error).__name__,
                error)}
        self.send({"id": number, **said})


def identity(message):
    number = message.get("id")
    if isinstance(number, (int, str)) and not isinstance(number, bool):
        return number
    raise Failure("'id' is no number and no text")


def text(message, key):
    said = message.get(key)
    if isinstance(said, str) and said and "\0" not in said:
        return said
    raise Failure("'%s' is no text" % key)


def absolute(message, key):
    path = text(message, key)
    if not os.path.isabs(path):
        raise Failure("'%s' is no absolute path" % key)
    return os.path.normpath(path)


def buffers(message):
    """Texts by path."""
    said = {} if message.get("buffers") is None else message["buffers"]
    if isinstance(said, dict) and all(
            isinstance(one, str) and os.path.isabs(path) for path, one in said.items()):
        return said
    raise Failure("'buffers' is no object of texts by absolute paths")


def lines(message):
    """Pairs of first and last line, or None."""
    said = message.get("lines")
    if said is None:
        return None
    if isinstance(said, list) and all(
            isinstance(one, list) and len(one) == 2 and
            all(isinstance(line, int) for line in one) for one in said):
        return said
    raise Failure("'lines' is no list of pairs of numbers")


# ---- The process -----------------------------------------------------------------


class Output:
    """Lines of JSON, from any thread."""

    def __init__(self, file):
        self.file = file
        self._lock = threading.Lock()

    def send(self, message):
        line = json.dumps(message).encode() + b"\n"
        try:
            with self._lock:
                self.file.write(line)
                self.file.flush()
        except (OSError, ValueError):  # the front is gone
            os.kill(os.getpid(), signal.SIGTERM)


PREFIX, LOCK = "ddi-lsp-", "lock"


@contextlib.contextmanager
def temporary_folder():
    """A folder that goes at the end; if this program is killed, when the next one
    starts."""
    sweep(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        with open(os.path.join(folder, LOCK), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder


def sweep(folder):
    """Removes what such programs have left that were killed."""
    for entry in os.scandir(folder):
        if not entry.name.startswith(PREFIX):
            continue
        with contextlib.suppress(OSError), \
                open(os.path.join(entry.path, LOCK), "r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(entry.path, ignore_errors=True)


def main(argv):
    """Serves the front on stdin and stdout until it is gone; returns the exit status."""
    Parser(prog="ddi-lsp --back", description=__doc__.partition("\n\n")[0]).parse_args(argv)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    # What else anyone prints is for the log.
    out = Output(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with temporary_folder() as folder:
        back = Back(out.send, folder)
        try:
            for line in sys.stdin.buffer:
                if line.strip():
                    back.line(line)
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            back.end()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        sys.exit("ddi-lsp: error: %s" % failure)
