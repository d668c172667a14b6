"""The back: the process that analyses."""
import asyncio
import json
import os
import signal
import sys
import time

from .logs import safely
from .processes import ended, start, stop, tell

MOST_DEATHS, WITHIN = 3, 600   # seconds
MOST_UNREAD = 32 << 20         # bytes that it may leave unread
LONGEST = 64 << 20             # bytes of an answer
HERE = os.path.dirname(os.path.realpath(__file__))


def command():
    """What runs the back; DDI_LSP_BACK names another program, for tests."""
    named = os.environ.get("DDI_LSP_BACK")
    if named:
        return [named]
    return [sys.executable, os.path.normpath(os.path.join(HERE, "../../ddi-lsp")), "--back"]


class Link:
    """Keeps a back running.  on_answer takes each object that it writes; on_death is
    told how it ended, and whether there is a new one."""

    def __init__(self, on_answer, on_death):
        self.on_answer, self.on_death = on_answer, on_death
        self.process = None
        self.first = None  # what each back is told first
        self.early = []    # what is said before there is a back
        self.deaths = []
        self.is_renewed = self.is_closed = False

    async def run(self, first):
        """Starts a back, and another one if it dies, until it is closed."""
        self.first = first
        while not self.is_closed:
            how = await self.once()
            if self.is_closed:
                return
            if self.is_renewed:
                self.is_renewed = False
                continue
            now = time.monotonic()
            self.deaths = [one for one in self.deaths if one > now - WITHIN] + [now]
            goes_on = len(self.deaths) <= MOST_DEATHS
            self.process, self.early = None, []
            self.on_death(how, goes_on)
            self.is_closed = not goes_on

    async def once(self):
        """Runs one back; returns how it ended."""
        try:
            self.process = await start(command(), LONGEST, is_back=True)
        except OSError as error:
            return "cannot run '%s': %s" % (command()[0], error.strerror)
        process = self.process
        if self.is_closed:
            return ended(await stop(process, grace=2, is_group=True))
        for one in [self.first, *self.early]:
            self.send(one)
        self.early.clear()
        try:
            while line := await process.stdout.readline():
                self.take(line)
        except (ValueError, ConnectionError):  # a line that is too long
            pass
        return ended(await stop(process, grace=0.2, is_group=True))

    def take(self, line):
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            safely(self.on_answer, data)

    def send(self, data):
        """Tells the back, as soon as there is one."""
        if self.is_closed:
            return
        if not self.process:
            self.early.append(data)
            return
        transport = self.process.stdin.transport
        if transport.get_write_buffer_size() > MOST_UNREAD:  # it hangs
            tell(self.process, signal.SIGKILL, is_group=True)
            return
        self.process.stdin.write(json.dumps(data).encode("ascii") + b"\n")

    def renew(self, first):
        """Another back takes over, which is told this first."""
        self.first = first
        process, self.process = self.process, None
        if process:
            self.is_renewed = True
            process.stdin.close()
            asyncio.get_running_loop().call_later(2, end, process)

    async def close(self):
        self.is_closed = True
        if self.process:
            await stop(self.process, grace=2, is_group=True)


def end(process):
    """Kills a back that has not ended by itself."""
    if process.returncode is None:
        tell(process, signal.SIGKILL, is_group=True)
