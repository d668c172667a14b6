"""The lines of JSON that the front and the back send each other; see the package."""
import itertools
import json
import os
import signal
import sys
import tempfile
import threading
import traceback

from ...errors import Failure
from .processes import Cancelled, Processes, Token, give_way
from .projects import Options
from .temporary import temporary_folder
from .workspace import Job, Workspace


class Back:
    """Does what lines of the front say; send(message) answers."""

    def __init__(self, send, temporary):
        self.send, self.temporary = send, temporary
        self._workspace, self._started = None, None
        self._making = threading.Lock()
        self._pending = []
        self._running = None
        self._rescans = {}  # tokens by id
        self._saved = set()  # see Job
        self._order = itertools.count()
        self._is_over = False
        self._wake = threading.Condition()
        # ddi-check dies with this thread.
        self._thread = threading.Thread(target=self._work, name="analyses", daemon=True)
        self._thread.start()

    def line(self, line):
        """Does what a line says; whatever is wrong with it is one line of answer."""
        number = None
        try:
            message = json.loads(line)
            if not isinstance(message, dict):
                raise Failure("it is no object")
            number = message.get("id")
            do = message.get("do")
            if not isinstance(do, str) or do not in self.DO:
                raise Failure("it says nothing that is known to do")
            self.DO[do](self, message)
        except Exception as error:
            identified = {} if number is None else {"id": number}
            self.send({**identified, "error": told(error)})

    def end(self):
        """Stops all work."""
        with self._wake:
            self._is_over = True
            self._wake.notify()
        self._stop()
        self._thread.join(5)

    def _stop(self):
        """Ends the workspace, and what is done in it."""
        with self._wake:
            if self._running:
                self._running.token.cancel()
        for token in list(self._rescans.values()):
            token.cancel()
        if self._workspace:
            self._workspace.end()

    # ---- What the front asks for -----------------------------------------------

    def start(self, message):
        root = text(message, "root")
        options = Options.read(message.get("options", {}))
        with self._making:
            self._stop()
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
                  next(self._order), self._saved)
        if why == "save":
            self._saved.add(path)
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
        texts, workspace, token = buffers(message), self.workspace(), Token()

        def progress(said, percentage):
            self.send({"id": number, "progress": {"message": said,
                                                  "percentage": percentage}})

        def done(scan):
            self._rescans.pop(number, None)
            self.reply(number, lambda: workspace.answer(*scan(), texts, None))

        self._rescans[number] = token
        workspace.drivers.rescan(path, texts, token, progress, done)

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
        except Exception as error:  # of which no other request must suffer
            said = {"error": told(error)}
        self.send({"id": number, **said})


def told(error):
    """In one line, what went wrong."""
    if isinstance(error, Failure):
        return str(error)
    if isinstance(error, OSError):
        return ("'%s': " % error.filename if error.filename else "") + str(error.strerror)
    if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError, RecursionError)):
        return "a line is no JSON: %s" % error
    where = traceback.extract_tb(error.__traceback__)[-1]
    return "ddi-lsp failed (%s:%d): %s: %s" % (
        os.path.basename(where.filename), where.lineno, type(error).__name__, error)


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


ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def main():
    """Serves the front on stdin and stdout until it is gone; returns the exit status."""
    give_way()
    for number in ENDS:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    # What else anyone prints is for the log.
    out = Output(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        with temporary_folder() as folder:
            serve(Back(out.send, folder))
    except Failure as failure:
        out.send({"error": str(failure)})
        return 1
    return 0


def serve(back):
    """Until the front is gone, or a signal comes."""
    try:
        for line in sys.stdin.buffer:
            if line.strip():
                back.line(line)
    finally:
        for number in ENDS:
            signal.signal(number, signal.SIG_IGN)
        back.end()
