"""A raw client of a language server, for tests.

    client = Client(["tools/ddi-lsp", "--", "clangd-22"], folder)
    client.initialize()
    client.open("a.c")
    client.wait_for("textDocument/publishDiagnostics", lambda p: p["diagnostics"])
    client.close()
"""
import collections
import json
import os
import subprocess
import threading
import time
import urllib.parse

PATIENCE = 60  # seconds; a busy machine takes its time

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True,
                               "codeDescriptionSupport": True, "dataSupport": True},
        "codeAction": {"codeActionLiteralSupport": {
            "codeActionKind": {"valueSet": ["quickfix", "refactor", "info"]}}},
        "hover": {"contentFormat": ["markdown", "plaintext"]}},
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True},
                  "didChangeWatchedFiles": {"dynamicRegistration": True}},
}


def uri_of(path):
    return "file://" + urllib.parse.quote(os.fsencode(path))


def frame(data):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


class Client:
    """Starts the server in the folder; answers its requests with null, or as answers
    says: a function of params, by method."""

    def __init__(self, command, folder, environment=None, capabilities=CAPABILITIES,
                 options=None, stderr=None):
        self.folder = os.path.realpath(folder)
        self.capabilities, self.options = capabilities, options
        self.answers = {}
        self.number = 0
        self.versions = {}
        self.received = []          # all messages, in order
        self.seen = collections.Counter()
        self.arrived = threading.Condition()
        self.is_over = False
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=stderr, env={**os.environ, **(environment or {})})
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    # Bytes.

    def read(self):
        stream = self.process.stdout
        while head := self.read_head(stream):
            body = stream.read(head)
            if len(body) < head:
                break
            self.take(json.loads(body))
        with self.arrived:
            self.is_over = True
            self.arrived.notify_all()

    @staticmethod
    def read_head(stream):
        length = 0
        while line := stream.readline():
            if line in (b"\r\n", b"\n") and length:
                return length
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return 0

    def take(self, message):
        with self.arrived:
            self.received.append(message)
            self.arrived.notify_all()
        if "id" in message and "method" in message:
            answer = self.answers.get(message["method"], lambda params: None)
            value = answer(message.get("params"))
            if value is not NotImplemented:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": value})

    def send_raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        try:
            self.send_raw(frame(message))
        except (BrokenPipeError, ValueError):
            pass

    # Messages.

    def wait_until(self, found, what, seconds=PATIENCE):
        """Waits until found() of what was received is something; returns it."""
        end = time.monotonic() + seconds
        with self.arrived:
            while (value := found()) is None:
                left = end - time.monotonic()
                assert left > 0 and not self.is_over, "%s: there is no %s; the last: %s" % (
                    "the server ended" if self.is_over else "%d s" % seconds, what,
                    "\n".join(json.dumps(one)[:600] for one in self.received[-8:]))
                self.arrived.wait(left)
        return value

    def wait(self, wanted, what, seconds=PATIENCE, since=0):
        """The first message, of all that came and will, for which wanted(message)."""
        at = [since]

        def found():
            while at[0] < len(self.received):
                at[0] += 1
                if wanted(self.received[at[0] - 1]):
                    return self.received[at[0] - 1]
        return self.wait_until(found, what, seconds)

    def mark(self):
        """For since= of wait_for: only what comes from now on."""
        with self.arrived:
            return len(self.received)

    def wait_for(self, method, predicate=lambda params: True, since=0, seconds=PATIENCE):
        """The params of the first message of the method for which predicate(params)."""
        return self.wait(lambda message: message.get("method") == method and
                         predicate(message.get("params")), method, seconds,
                         since)["params"]

    def start_request(self, method, params=None, number=None):
        """Sends a request; returns its id."""
        self.number += 1
        number = self.number if number is None else number
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def response(self, number):
        """The whole answer to a request."""
        return self.wait(lambda m: "method" not in m and "id" in m and m["id"] == number
                         and type(m["id"]) is type(number), "answer to %r" % number)

    def request(self, method, params=None, number=None):
        """The result; AssertionError if it is an error."""
        answer = self.response(self.start_request(method, params, number))
        assert "error" not in answer, answer
        return answer.get("result")

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    # A session.

    def initialize(self, **more):
        """Returns the result."""
        result = self.request("initialize", {
            "processId": os.getpid(), "rootUri": uri_of(self.folder),
            "capabilities": self.capabilities,
            "initializationOptions": self.options, **more})
        self.notify("initialized", {})
        return result

    def path(self, name):
        return os.path.join(self.folder, name)

    def uri(self, name):
        return uri_of(self.path(name))

    def open(self, name, text=None, language="c", version=1):
        if text is None:
            with open(self.path(name), encoding="utf-8", newline="") as file:
                text = file.read()
        self.versions[name] = version
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri(name), "languageId": language, "version": version,
            "text": text}})

    def change(self, name, *changes):
        """Each change: the whole text, or (line, column, line, column, text)."""
        self.versions[name] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri(name), "version": self.versions[name]},
            "contentChanges": [{"text": one} if isinstance(one, str) else {
                "range": {"start": {"line": one[0], "character": one[1]},
                          "end": {"line": one[2], "character": one[3]}},
                "text": one[4]} for one in changes]})

    def save(self, name):
        self.notify("textDocument/didSave", {"textDocument": {"uri": self.uri(name)}})

    def shut(self, name):
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def is_about(self, message, name):
        """Whether it publishes diagnostics of the file."""
        return message.get("method") == "textDocument/publishDiagnostics" and \
            urllib.parse.unquote(message["params"]["uri"]) == "file://" + self.path(name)

    def diagnostics(self, name, predicate=lambda found: True, since=0):
        """The params of the first publishDiagnostics of the file whose list is so."""
        return self.wait(lambda message: self.is_about(message, name) and
                         predicate(message["params"]["diagnostics"]),
                         "publishDiagnostics", since=since)["params"]

    def last(self, name, predicate):
        """Waits until the params of the last publishDiagnostics of the file are so."""
        def found():
            about = [one for one in self.received if self.is_about(one, name)]
            return about[-1] if about and predicate(about[-1]["params"]) else None
        return self.wait_until(found, "such a last publishDiagnostics")["params"]

    def ours(self, name, predicate=lambda found: True, since=0):
        """Our part of the first list whose part of ours is so."""
        def of_us(found):
            return [one for one in found
                    if isinstance(one, dict) and one.get("source") == "ddi-check"]
        return of_us(self.diagnostics(name, lambda found: predicate(of_us(found)),
                                      since)["diagnostics"])

    def close(self):
        """Ends the session; returns the exit status of the server."""
        if self.process.poll() is None and not self.is_over:
            self.request("shutdown")
            self.notify("exit")
        return self.ended()

    def ended(self):
        """The exit status, of a server that is about to end."""
        status = self.process.wait(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except OSError:
                pass
        return status
