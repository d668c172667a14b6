"""A ddi-check that stays, and keeps what it has parsed: `ddi-check --resident`.

Requests and answers are lines of JSON.  {"id", "build", "file", "index", "lines"}, the
last only if it is known, is answered by {"id", "status", "findings", "functions",
"files"}, {"id", "error"} or {"id", "cancelled"}; {"cancel": id} ends a request."""
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
import time

from ... import checker
from ...errors import Failure
from .checkers import HERE, Said, failure
from .processes import Cancelled

PATIENCE = 5  # seconds for a cancelled request to end
CANCEL = object()
UNKNOWN = Failure("ddi-check answers in a way that is not known; it has to be of the same "
                  "version as ddi-lsp")


class Resident:
    """Like checkers.Plain, and for one thread.  The process starts with the first
    request, and again if it has died."""
    keeps = True

    def __init__(self, program, words, folder, processes, limit):
        self.command = [program, "--resident", *words]
        self.folder, self.processes, self.limit = folder, processes, limit
        self._process = None
        self._ids = itertools.count(1)

    def analyse(self, request, token):
        """What is said of the file; Cancelled, or Failure."""
        if not self._process or self._process.poll() is not None:
            self._start()
        events = self._events
        with token.stopping(lambda: events.put(CANCEL)):
            number = next(self._ids)
            self._tell({"id": number, "build": request.build, "file": request.file,
                        "index": request.index, "lines": request.lines})
            answer = self._answer(number)
        if "error" in answer:
            raise failure(str(answer["error"]).removeprefix(checker.ERROR))
        return said(answer)

    def end(self):
        """Ends the process."""
        if self._process:
            self.processes.ended(self._process)
            self._process = None

    def _start(self):
        self.end()
        self._events, self._last_words = queue.SimpleQueue(), []
        self._process = process = self.processes.start(
            self.command, cwd=HERE, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": self.folder})
        threading.Thread(target=_hear, args=(process.stderr, self._last_words),
                         daemon=True).start()
        threading.Thread(target=_read, args=(process.stdout, self._events),
                         daemon=True).start()

    def _tell(self, message):
        try:
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            pass  # that it has died is seen by what it does not answer

    def _answer(self, number):
        """The answer to a request; if it is cancelled, what is not worth reading."""
        is_cancelled, end = False, time.monotonic() + self.limit
        while True:
            try:
                event = self._events.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                self.end()
                raise Cancelled if is_cancelled else Failure(
                    "it took longer than %d s" % self.limit)
            if event is CANCEL:
                self._tell({"cancel": number})
                is_cancelled, end = True, time.monotonic() + PATIENCE
            elif event is None:
                raise Cancelled if is_cancelled else self._death()
            elif event is UNKNOWN:
                self.end()
                raise UNKNOWN
            elif event.get("id") == number:
                return event

    def _death(self):
        status = self.processes.ended(self._process)
        self._process = None
        return Failure(self._last_words[-1] if self._last_words else
                       "ddi-check crashed (status %d of '%s')" %
                       (status, self.command[0]))


def _read(stream, events):
    """Puts each answer among the events, and None at the end."""
    with stream:
        for line in stream:
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                answer = None
            events.put(answer if isinstance(answer, dict) else UNKNOWN)
    events.put(None)


def _hear(stream, last_words):
    """Keeps what ddi-check gives up for; the rest is for the log."""
    with stream:
        for line in stream:
            text = line.decode("utf-8", "replace")
            if text.startswith(checker.ERROR):
                last_words[:] = [text.removeprefix(checker.ERROR).rstrip()]
            sys.stderr.write(text)


def said(answer):
    """Said, of an answer."""
    try:
        functions = answer.get("functions")
        return Said(list(answer["findings"]),
                    None if functions is None else list(functions),
                    [{"file": one["file"], "why": one["why"]} for one in answer["files"]])
    except checker.UNREADABLE:
        raise UNKNOWN
