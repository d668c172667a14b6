"""stdin and stdout, and what is passed between them and clangd."""
import asyncio
import selectors
import signal
import sys

from .framing import Framer, Message
from ..errors import Failure

CHUNK = 1 << 16


async def standard():
    """A reader of stdin, and a writer to stdout.  Failure: they are no pipes."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=CHUNK)
    try:
        with selectors.DefaultSelector() as selector:  # asyncio itself finds out too late
            selector.register(sys.stdin, selectors.EVENT_READ)
        await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        transport, protocol = await loop.connect_write_pipe(
            lambda: asyncio.streams.FlowControlMixin(loop=loop), sys.stdout)
    except (ValueError, OSError):
        raise Failure("stdin and stdout have to be pipes: an editor starts ddi-lsp, "
                      "see --help")
    return reader, asyncio.StreamWriter(transport, protocol, None, loop)


class Writer:
    """Writes whole messages of two sources, one behind the other."""

    def __init__(self, writer):
        self.writer = writer
        self.waiting = None  # messages of ours, while a long one passes in pieces

    def put(self, raw):
        """Writes a message of ours, as soon as one can begin."""
        if self.waiting is not None:
            self.waiting.append(raw)
        elif not self.writer.is_closing():
            self.writer.write(raw)

    def passing(self, raw, rest=0):
        """Writes what passes; rest: bytes of the same message that follow."""
        if not self.writer.is_closing():
            self.writer.write(raw)
        waiting, self.waiting = self.waiting or [], [] if rest else None
        for one in waiting:
            self.put(one)

    async def drain(self):
        await self.writer.drain()

    async def flush(self, patience):
        """Waits until all is written, or nobody reads it for so many seconds."""
        transport = self.writer.transport
        for _ in range(int(patience * 100)):
            if transport.is_closing() or not transport.get_write_buffer_size():
                return
            await asyncio.sleep(0.01)


class Deaf(Writer):
    """Takes only what is ours."""

    def passing(self, raw, rest=0):
        pass


async def pump(reader, take, writer):
    """Reads until the end: take(Message) writes of it what is to pass; all else passes as
    it came.  Returns whether the stream ended; else nobody reads on the other side."""
    framer = Framer()
    try:
        while data := await reader.read(CHUNK):
            for one in framer.feed(data):
                if isinstance(one, Message):
                    take(one)
                else:
                    writer.passing(one.raw, one.rest)
            await writer.drain()
        rest = framer.end()
        if rest:
            writer.passing(rest)
    except ConnectionError:
        return writer.writer.is_closing() is False
    return True


def on_signals(take):
    """take(number) is called when one comes that ends a server."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, take, number)
