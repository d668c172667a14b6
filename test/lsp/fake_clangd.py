#!/usr/bin/python3
"""Stands for clangd.  It answers initialize, shutdown, textDocument/codeAction and
textDocument/hover, and does what the notification fake/do says: "send" is a list of
messages, "raw" is text as it is, "exit" a status, "signal" kills it.  All that it reads
goes to the file that FAKE_CLANGD_LOG names, if any."""
import json
import os
import sys

LOG = os.environ.get("FAKE_CLANGD_LOG")
CAPABILITIES = json.loads(os.environ.get("FAKE_CAPABILITIES", "{}"))
RESULTS = {
    "initialize": {"capabilities": {
        "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor"]},
        "executeCommandProvider": {"commands": ["clangd.applyFix"]}, **CAPABILITIES},
        "serverInfo": {"name": "fake"}},
    "shutdown": None,
    "textDocument/codeAction": [{"title": "of clangd", "kind": "quickfix"}],
    "textDocument/hover": {"contents": {"kind": "markdown", "value": "of clangd"}},
    "echo": {"b": 1, "a": [1.0, "\u00e9"]},
}


def write(data):
    body = json.dumps(data).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()


def log(data):
    if LOG:
        with open(LOG, "ab") as file:
            file.write(data)


def read():
    length = None
    while line := sys.stdin.buffer.readline():
        log(line)
        if line.startswith(b"Content-Length:"):
            length = int(line.split(b":")[1])
        if line == b"\r\n" and length is not None:
            body = bytearray()
            while len(body) < length and (part := sys.stdin.buffer.read1(
                    min(length - len(body), 1 << 20))):
                log(part)
                body += part
            return bytes(body)
    return None


def do(params):
    for one in params.get("send", ()):
        write(one)
    if "raw" in params:
        sys.stdout.buffer.write(params["raw"].encode())
        sys.stdout.buffer.flush()
    if "exit" in params:
        os._exit(params["exit"])
    if "signal" in params:
        os.kill(os.getpid(), params["signal"])


while (body := read()) is not None:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        continue
    if not isinstance(message, dict):
        continue
    method = message.get("method")
    if method == "fake/do":
        try:
            do(message["params"])
        except (KeyError, TypeError, AttributeError):
            pass  # a fuzzer's
    elif method == "exit":
        sys.exit(0)
    elif not isinstance(method, str):
        continue
    elif "id" in message and method in RESULTS:
        write({"id": message["id"], "jsonrpc": "2.0", "result": RESULTS[method]})
    elif "id" in message and method and method != "silent":
        write({"error": {"code": -32601, "message": "method not found"},
               "id": message["id"], "jsonrpc": "2.0"})
sys.exit(1)
