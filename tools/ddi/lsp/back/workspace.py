"""What the editor has open: its databases, configurations and drivers, and how a file of
it is analysed."""
import dataclasses
import os
import re
import subprocess
import tempfile
from collections import defaultdict

from ... import checker, compdb
from ...errors import Failure
from .buffers import Buffers
from .checkers import HERE, BadIndex, Plain, Request, knows_resident
from .drivers import Driver, Drivers
from .lookup import Lookup, NoCommand
from .processes import Token
from .projects import Projects, work_folder
from .resident import Resident

MOST_RECENT = 20
MOST_CHECKERS = 2  # that stay, one a configuration


@dataclasses.dataclass
class Job:
    """To analyse a file.  order: when it came; saved: paths of which the drivers do not
    know yet that they were saved, as an analysis may be cancelled."""
    id: object
    path: str
    why: str
    lines: list | None
    texts: dict
    order: int
    saved: set
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
        self.projects = Projects(self.root, self.options, self.rules,
                                 lambda: checker.routines(self.program), self.work)
        self.lookup = Lookup(self.options.build)

    # ---- One file --------------------------------------------------------------

    def analyse(self, job):
        """The answer for a file; Cancelled, or Failure."""
        for path in (job.path, *job.texts):
            self.names[os.path.realpath(path)] = path
        try:
            project = self.projects.of(job.path)
            if job.why != "edit" or job.path in job.saved:
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
            self.renew(driver, found.database, job)
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

    def with_buffers(self, commands, texts, project, folder):
        """The commands, as those that read one of the texts have to be; folder: for
        these."""
        if not texts:
            return commands
        shown, includes = Buffers(folder), self.lookup.includes(project.repaired)
        sources = {os.path.realpath(os.path.join(one.directory, one.file))
                   for one in commands}
        headers = [path for path in texts if os.path.realpath(path) not in sources]
        reals = set(map(os.path.realpath, texts))

        def reads(command):
            source = os.path.join(command.directory, command.file)
            return os.path.realpath(source) in reals or any(
                includes.chain(command, header, texts) for header in headers)

        return [one.with_overlay(shown.show(texts, one, project.repaired.stands_for))
                if reads(one) else one for one in commands]

    def renew(self, driver, database, job):
        """Lets the driver's index be made, if it may be an old one."""
        if not driver or self.options.index == "off":
            return
        self.drivers.see(driver, database)
        if job.path in job.saved:
            job.saved.discard(job.path)
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
