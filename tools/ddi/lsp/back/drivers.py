"""Keeps an index of each driver, by which one file is analysed as a part of it."""
import contextlib
import filecmp
import os
import re
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass

from ... import compdb, store
from ...errors import Failure
from . import checkers
from .processes import Cancelled, Token
from .projects import warn

MOST = 2000   # files of a driver of which an index is made without being asked for
PAUSE = 1.0   # seconds after a change, as another may follow
PROGRESS = re.compile(rb"\[(\d+)/(\d+)\]")
MOST_SAID = 1 << 16
YEAR = 365 * 24 * 3600.0


@dataclass(frozen=True)
class Driver:
    """Of a database; name: as Repaired.driver has it; words: options for ddi-check, with
    which its index is made."""
    database: str
    name: str
    words: tuple


class Drivers:
    """Makes indexes on a thread of its own, one at a time: each driver that is wanted,
    once nothing has changed for a moment; before all, those that are asked for.

    workspace: knows the commands; changed(paths): called with files that were analysed
    as a part of a driver of which the index has become another one."""

    def __init__(self, workspace, changed):
        self.workspace, self.changed = workspace, changed
        self.folder = os.path.join(
            workspace.options.cache or store.default_folder(), "lsp")
        self._due = {}     # when to make the index, by driver
        self._asked = []
        self._running = None
        self._seen = {}        # its database when it was seen, by driver
        self._is_over = False
        self._wake = threading.Condition()
        threading.Thread(target=self._run, name="drivers", daemon=True).start()

    def end(self):
        """Lets the thread end."""
        with self._wake:
            self._is_over = True
            self._wake.notify()

    def index(self, driver):
        """The file of its index, or "" if there is none."""
        path = self._path(driver)
        return path if os.path.isfile(path) else ""

    def _path(self, driver):
        text = "\0".join((os.path.realpath(driver.database), driver.name, *driver.words))
        return os.path.join(self.folder, store.digest(os.fsencode(text)) + ".index")

    def drop(self, driver):
        """Removes an index that cannot be used, and lets it be made anew."""
        with contextlib.suppress(OSError):
            os.unlink(self._path(driver))
        self.want(driver)

    def see(self, driver, database):
        """A file of the driver is open: its index is brought up to date, once for a
        database that was read."""
        if self._seen.get(driver) is not database:
            self._seen[driver] = database
            self.want(driver, 0)

    def want(self, driver, pause=PAUSE):
        """A file of the driver is another one on disk."""
        with self._wake:
            self._due[driver] = time.monotonic() + pause
            self._wake.notify()

    def rescan(self, path, texts, token, progress, done):
        """Analyses the whole driver of a file before all else; texts: of buffers, by
        path, which count instead of the disk.  progress(text,
        percentage) is called on the way, and at the end done(scan), where scan() is the
        Project and what was said, or raises what went wrong; on other threads."""
        with self._wake:
            self._asked.append((path, texts, token, progress, done))
            if self._running:
                self._running.cancel()
            self._wake.notify()

    # ---- The thread ------------------------------------------------------------

    def _run(self):
        while work := self._next():
            try:
                work()
            except Cancelled:
                pass
            except Failure as failure:
                warn("no index: %s" % failure)
            except Exception as error:  # one driver must not cost all others theirs
                warn("no index: %s: %s" % (type(error).__name__, error))

    def _next(self):
        """Waits for something to do; None at the end."""
        with self._wake:
            while not self._is_over:
                if self._asked:
                    asked = self._asked.pop(0)
                    return lambda: self._answer(*asked)
                now = time.monotonic()
                driver = min(self._due, key=self._due.get, default=None)
                if driver and self._due[driver] <= now:
                    del self._due[driver]
                    token = self._running = Token()
                    return lambda: self._in_background(driver, token)
                self._wake.wait(self._due[driver] - now if driver else YEAR)
        return None

    def _in_background(self, driver, token):
        try:
            project, commands = self.workspace.commands_of(driver)
            if not commands:
                return
            if len(commands) > MOST:
                warn("no index is made of '%s', which has %d files; ask for a scan of "
                     "the driver" % (driver.database, len(commands)))
                return
            jobs = "-j%d" % max((os.cpu_count() or 1) // 2, 1)
            self._scan(driver, project, commands, token, is_low=True, words=[jobs])
        except Cancelled:
            self.want(driver)  # what was asked for goes before
            raise
        finally:
            with self._wake:
                self._running = None

    def _answer(self, path, texts, token, progress, done):
        made, error = None, None
        try:
            made = self._asked_for(path, texts, token, progress)
        except Exception as wrong:  # who has asked is told
            error = wrong

        def scan():
            if error:
                raise error
            return made

        done(scan)

    def _asked_for(self, path, texts, token, progress):
        token.check()
        driver = self.workspace.driver_of(path)
        project, commands = self.workspace.commands_of(driver)
        if not commands:
            raise Failure("no file of the driver is there any more")
        with tempfile.TemporaryDirectory(dir=self.workspace.temporary) as folder, \
                Terminal(progress) as terminal:
            commands = self.workspace.with_buffers(commands, texts, project, folder)
            return project, self._scan(driver, project, commands, token,
                                       terminal=terminal)

    def _scan(self, driver, project, commands, token, is_low=False, words=(),
              terminal=None):
        """Analyses all files, and writes the index."""
        path = self._path(driver)
        store.Store(self.folder)  # without what nobody has used for long
        with tempfile.TemporaryDirectory(dir=self.workspace.temporary) as build:
            compdb.write((one.entry() for one in commands),
                         os.path.join(build, compdb.NAME))
            before = os.path.join(build, "before")
            with contextlib.suppress(OSError):
                shutil.copyfile(path, before)
            plain = checkers.Plain(
                self.workspace.program, project.words, self.workspace.temporary,
                self.workspace.processes, limit=YEAR)
            said = plain.run(["-p", build, "--write-index", path, *words], token, is_low,
                             terminal)
            is_same = os.path.isfile(before) and filecmp.cmp(before, path, False)
        if not is_same:
            self.changed(list(self.workspace.shown[driver]))
        return said


class Terminal:
    """A terminal for ddi-check, which tells its progress nowhere else.  progress(text,
    percentage) is called on another thread."""

    def __init__(self, progress):
        self.progress = progress
        self.said = b""
        self._phase, self._last = 0, 0

    def __enter__(self):
        ours, self.descriptor = os.openpty()
        self._reader = threading.Thread(target=self._read, args=(ours,), daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_):
        self._finish()

    def _finish(self):
        """Reads what is left."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
        self._reader.join()

    def why(self):
        """As checkers.why, once ddi-check has ended."""
        self._finish()
        return checkers.why(self.said.decode("utf-8", "replace").splitlines())

    def _read(self, ours):
        """Until all others have closed it, which is an error here."""
        rest = b""
        with open(ours, "rb", buffering=0) as file, contextlib.suppress(OSError):
            while data := file.read(4096):
                self.said = (self.said + data)[-MOST_SAID:]
                *lines, rest = re.split(rb"[\r\n]", rest + data)
                for match in map(PROGRESS.search, [*lines, rest]):
                    if match:
                        self._tell(*map(int, match.groups()))

    def _tell(self, done, every):
        self._phase += done < self._last
        share = done / max(every, 1)
        if done != self._last:
            self.progress(
                "%d of %d files%s" % (done, every, " once more" if self._phase else ""),
                int(70 + 29 * share if self._phase else 70 * share))
        self._last = done
