"""Between the editor and clangd."""
import asyncio
import signal

from . import actions, messages
from .framing import dump
from .logs import safely
from .messages import CANCELLED, MARK, SMALL, get, mapping
from .processes import ended, exit_status, start, stop, tell
from .session import Session
from .streams import Writer, on_signals, pump, standard

MOST_PENDING = 1000
CODE_ACTION, HOVER = "textDocument/codeAction", "textDocument/hover"
PUBLISH = "textDocument/publishDiagnostics"
GRACE = 5.0  # seconds that clangd has to end


class Proxy:
    """Passes messages, and adds to some of them."""

    def __init__(self, settings, command):
        self.command = command
        self.session = Session(settings, lambda data: self.to_editor.put(dump(data)))
        self.to_editor = self.to_clangd = None
        self.pending = {}   # requests whose answers we add to, by key of id
        self.exits = False  # the editor has said so
        self.observed = {*self.session.events.handlers, CODE_ACTION, HOVER,
                         "shutdown", "exit"}

    async def run(self):
        """Until one side ends; returns the exit status.  OSError: there is no clangd."""
        reader, writer = await standard()
        clangd = await start(self.command)
        self.to_editor, self.to_clangd = Writer(writer), Writer(clangd.stdin)
        stopped = asyncio.get_running_loop().create_future()
        on_signals(lambda number: stopped.done() or stopped.set_result(number))
        up = asyncio.create_task(pump(reader, self.from_editor, self.to_clangd))
        down = asyncio.create_task(pump(clangd.stdout, self.from_clangd, self.to_editor))
        gone = asyncio.create_task(self.session.editor_gone())
        death = asyncio.create_task(clangd.wait())
        await asyncio.wait([up, down, gone, death, stopped],
                           return_when=asyncio.FIRST_COMPLETED)
        is_wanted = (self.exits or gone.done() or stopped.done() or
                     (up.done() and up.result()) or (down.done() and not down.result()))
        if stopped.done():
            tell(clangd, signal.SIGTERM, is_group=False)
        status, _ = await asyncio.gather(stop(clangd, GRACE), self.session.close())
        await asyncio.wait([down], timeout=1)  # what it has still said
        if not is_wanted:
            self.session.editor.show("error", "clangd %s, and so does ddi-lsp" %
                                     ended(status))
        await self.to_editor.flush(2)
        return 128 + stopped.result() if stopped.done() else exit_status(status)

    # From the editor.

    def from_editor(self, message):
        raw, names = message.raw, messages.methods(message.raw)
        if "initialize" in names and safely(self.initialize, message.body):
            return
        if len(raw) <= SMALL and MARK.encode() in raw and \
                safely(self.is_ours, message.body):
            return
        self.to_clangd.passing(raw)
        if names & self.observed:
            safely(self.observe, message.body)

    def initialize(self, body):
        """Passes initialize on, without what is ours; False if it is another message."""
        data = messages.parse_object(body)
        if not data or data.get("method") != "initialize" or "id" not in data:
            return False
        self.session.initialize(mapping(data, "params"))
        self.to_clangd.passing(dump(data))
        self.wait_for(data)
        return True

    def is_ours(self, body):
        """Whether the message is for us alone; what it asks is done."""
        data = messages.parse_object(body)
        if not data:
            return False
        if messages.is_response(data):
            return self.session.editor.answered(data)
        params = mapping(data, "params")
        if data.get("method") == "window/workDoneProgress/cancel":
            self.session.events.did_cancel_progress(params)
            return str(params.get("token")).startswith(MARK + ":")
        if data.get("method") != "workspace/executeCommand" or "id" not in data or \
                params.get("command") not in actions.COMMANDS:
            return False
        self.session.editor.send(self.session.requests.executed(data["id"], params))
        return True

    def observe(self, body):
        """Takes what has passed."""
        data = messages.parse_object(body)
        if data is None:
            self.unread(body)
            return
        method = data.get("method")
        if method in (CODE_ACTION, HOVER) and "id" in data:
            self.wait_for(data)
        elif method == "shutdown":
            self.session.analyses.cancel_all()
        elif method == "exit":
            self.exits = True
        elif isinstance(method, str) and method in self.session.events.handlers and \
                "id" not in data:
            self.session.events.notified(method, data.get("params"))

    def unread(self, body):
        """Of a message that is too long to read, or cannot be read."""
        for uri in messages.uris(body):
            self.session.events.lose(uri)

    def wait_for(self, data):
        self.pending[messages.key(data["id"])] = data
        if len(self.pending) > MOST_PENDING:
            del self.pending[next(iter(self.pending))]

    # From clangd.

    def from_clangd(self, message):
        if PUBLISH in messages.methods(message.raw) and \
                safely(self.published, message.body):
            return
        if self.pending and safely(self.answered, message.body):
            return
        self.to_editor.passing(message.raw)

    def published(self, body):
        """Publishes clangd's diagnostics and ours; False if clangd's pass alone."""
        data = messages.parse_object(body)
        return get(data, "method") == PUBLISH and \
            self.session.others_published(mapping(data, "params"))

    def answered(self, body):
        """Passes an answer with what we add; False if there is nothing to add."""
        first = messages.first_id(body)
        if first is not None and first not in self.pending:
            return False
        data = messages.parse_object(body)
        if not data or not messages.is_response(data):
            return False
        asked = self.pending.pop(messages.key(data["id"]), None)
        if not asked or get(data, "error", "code") in CANCELLED:
            return False
        params = mapping(asked, "params")
        if asked["method"] == "initialize":
            added = self.session.initialize_result(data.get("result"))
        elif asked["method"] == CODE_ACTION:
            added = with_actions(data, self.session.requests.code_actions(params))
        else:
            added = with_hover(data, self.session.requests.hover(params))
        if added is not None:
            self.to_editor.passing(dump(messages.result(data["id"], added)))
        return added is not None


def with_actions(data, ours):
    """The result of textDocument/codeAction with our actions; None if it stays."""
    result = data.get("result") or []
    return result + ours if ours and isinstance(result, list) else None


def with_hover(data, ours):
    """The result of textDocument/hover with our text behind clangd's; None if it stays.
    The text is in the format that clangd has chosen."""
    result = data.get("result")
    if not ours or not result:
        return ours
    contents = get(result, "contents")
    text = ours["contents"]["value"]
    if isinstance(contents, list):
        return {**result, "contents": [*contents, text]}
    if isinstance(contents, str):
        return {**result, "contents": [contents, text]}
    if not isinstance(get(contents, "value"), str):
        return None
    if "kind" not in contents:
        return {**result, "contents": [contents, text]}
    return {**result, "contents": {
        **contents, "value": "%s\n\n---\n\n%s" % (contents["value"], text)}}
