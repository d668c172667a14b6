"""Programs that do not outlive this one, however it ends."""
import contextlib
import os
import signal
import subprocess
import threading

from ...errors import Failure


NICE = 5


def give_way():
    """The editor, and clangd, go before this program and what it starts: where the
    system shares the processor among sessions, it is the session that is nice."""
    if os.getsid(0) != os.getpid():
        return  # it is also that of others
    os.nice(NICE)
    with contextlib.suppress(OSError), open("/proc/self/autogroup", "w") as file:
        file.write(str(NICE))


class Cancelled(Exception):
    """Nobody wants the result any more."""


class Token:
    """By which a piece of work is cancelled, from any thread."""

    def __init__(self):
        self.is_cancelled = False
        self._stop = None
        self._lock = threading.Lock()

    def cancel(self):
        with self._lock:
            self.is_cancelled = True
            if self._stop:
                self._stop()

    @contextlib.contextmanager
    def stopping(self, stop):
        """While the work runs, what cancel() calls.  Cancelled if it was called
        before, or has been when the work is done."""
        with self._lock:
            if self.is_cancelled:
                raise Cancelled
            self._stop = stop
        try:
            yield
        finally:
            with self._lock:
                self._stop = None
        self.check()

    def check(self):
        if self.is_cancelled:
            raise Cancelled


class Processes:
    """All that were started and run, each with what it starts itself in a group."""

    def __init__(self):
        self._running = set()
        self._lock = threading.Lock()
        self._is_over = False

    def start(self, words, is_low=False, **how):
        """A subprocess.Popen.  It is killed when this program dies.  is_low: others go
        before.  Call it on a thread that stays: the system sees the death of the thread.
        Failure if it cannot be run."""
        low = ["nice", "-n", "15"] if is_low else []
        # In one session, as each session has a share of the processor of its own.
        with self._lock:
            if self._is_over:
                raise Cancelled
            try:
                process = subprocess.Popen(
                    ["setpriv", "--pdeathsig", "KILL", *low, *words], process_group=0,
                    **how)
            except OSError as error:
                raise Failure("cannot run '%s': %s" % (words[0], error.strerror))
            self._running.add(process)
        return process

    def wait(self, process, token, limit):
        """Waits until a process ends, or the token is cancelled, or the limit in seconds
        is over, and kills what is left of it.  Returns its exit status, below zero for
        a signal; Cancelled, or Failure after the limit."""
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), kill(process)))
        timer.daemon = True
        timer.start()
        try:
            with token.stopping(lambda: kill(process)):
                # It stays a zombie, so that its id stays its own until all are killed.
                os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        finally:
            timer.cancel()
            timer.join()
            status = self.ended(process)
        if late.is_set():
            raise Failure("it took longer than %d s" % limit)
        return status

    def ended(self, process):
        """Kills a process and what it has started, if it has not ended."""
        with self._lock:
            self._running.discard(process)
            kill(process)
        return process.wait()

    def end(self):
        """Kills all, and lets none begin."""
        with self._lock:
            self._is_over = True
            for process in self._running:
                kill(process)


def kill(process):
    """Kills a process and all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
