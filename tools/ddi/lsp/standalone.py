"""A server of our findings alone, for an editor that has several servers."""
import asyncio

from . import messages, positions
from .framing import dump
from .logs import safely
from .messages import mapping
from .session import Session
from .streams import Deaf, on_signals, pump, standard


class Standalone:
    def __init__(self, settings):
        self.session = Session(settings, lambda data: self.to_editor.put(dump(data)))
        self.to_editor = None
        self.is_initialized = self.is_shut = False
        self.over = None   # a Future: the exit status
        self.requests = {
            "initialize": self.initialize,
            "shutdown": self.shutdown,
            "textDocument/codeAction": self.session.requests.code_actions,
            "textDocument/hover": self.session.requests.hover,
        }

    async def run(self):
        """Until the editor ends; returns the exit status."""
        reader, writer = await standard()
        self.to_editor = Deaf(writer)
        self.over = asyncio.get_running_loop().create_future()
        on_signals(lambda number: self.end(128 + number))
        up = asyncio.create_task(pump(reader, self.from_editor, self.to_editor))
        gone = asyncio.create_task(self.session.editor_gone())
        await asyncio.wait([up, gone, self.over], return_when=asyncio.FIRST_COMPLETED)
        await self.session.close()
        await self.to_editor.flush(2)
        return self.over.result() if self.over.done() else 1

    def end(self, status):
        if not self.over.done():
            self.over.set_result(status)

    def from_editor(self, message):
        safely(self.take, message)

    def take(self, message):
        data = messages.parse(message.body) if len(message.body) <= messages.MOST else {}
        if not data:
            self.unread(message.body, data)
        elif not isinstance(data, dict):
            self.refuse(None, messages.INVALID_REQUEST, "one message at a time")
        elif "method" not in data:
            self.session.editor.answered(data)
        elif not isinstance(data["method"], str):
            self.refuse(data.get("id"), messages.INVALID_REQUEST, "what is the method?")
        elif "id" in data:
            self.asked(data["id"], data["method"], mapping(data, "params"))
        else:
            self.notified(data["method"], data.get("params"))

    def unread(self, body, data):
        for uri in messages.uris(body):
            self.session.events.lose(uri)
        if data is None:
            self.refuse(None, messages.PARSE_ERROR, "this is no JSON")

    def refuse(self, number, code, text):
        self.session.editor.send(messages.error(number, code, text))

    def asked(self, number, method, params):
        if self.is_shut:
            self.refuse(number, messages.INVALID_REQUEST, "the server is shut down")
        elif not self.is_initialized and method != "initialize":
            self.refuse(number, messages.NOT_INITIALIZED, "initialize comes first")
        elif method == "workspace/executeCommand":
            self.session.editor.send(self.session.requests.executed(number, params))
        elif method in self.requests:
            value = self.requests[method](params)
            self.session.editor.send(messages.result(number, value))
        else:
            self.refuse(number, messages.UNKNOWN_METHOD, "'%s' is not known" % method)

    def notified(self, method, params):
        events = self.session.events
        if method == "exit":
            self.end(0 if self.is_shut else 1)
        elif method in events.handlers and self.is_initialized and not self.is_shut:
            events.notified(method, params)

    def initialize(self, params):
        self.is_initialized = True
        self.session.initialize(params)
        chosen = chosen_encoding(mapping(params, "capabilities"))
        result = self.session.initialize_result({
            "capabilities": {
                "positionEncoding": chosen,
                "textDocumentSync": {"openClose": True, "change": 2, "save": True}},
            "serverInfo": {"name": "ddi-lsp"}})
        if "offsetEncoding" in mapping(params, "capabilities"):
            result["offsetEncoding"] = chosen
        return result

    def shutdown(self, _):
        self.is_shut = True
        self.session.analyses.cancel_all()


def chosen_encoding(capabilities):
    """UTF-8 if the client can: it is what our columns count."""
    offered = messages.listing(capabilities, "general", "positionEncodings") or \
        messages.listing(capabilities, "offsetEncoding")
    known = (positions.UTF8, positions.UTF32)
    return next((one for one in known if one in offered), positions.UTF16)
