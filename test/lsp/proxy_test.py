"""What passes between an editor and (a fake) clangd, and what is added on the way.
Usage: proxy_test.py FOLDER."""
import os
import sys

from client import CAPABILITIES, Client, frame
from world import DDI_LSP, PROXY, PYTHON, World, run_tests, text_range, wait_until

world = World(sys.argv[1])
BAD = "int f(int x) {\n  return bad(x);\n}\n"


def start(**more):
    log = os.path.join(world.folder, "clangd.log")
    if os.path.exists(log):
        os.unlink(log)
    return world.client(PROXY, environment={"FAKE_CLANGD_LOG": log,
                                            **more.pop("environment", {})}, **more)


def passed():
    with open(os.path.join(world.folder, "clangd.log"), "rb") as file:
        return file.read()


def do(client, **what):
    client.notify("fake/do", what)


def of_clangd(client, name, line, version, text="of clangd"):
    """clangd publishes one diagnostic."""
    params = {"uri": client.uri(name), "diagnostics": [{
        "message": text, "source": "clang", "codeActions": [],
        "range": {"start": {"line": line, "character": 1},
                  "end": {"line": line, "character": 2}}}]}
    if version is not None:
        params["version"] = version
    do(client, send=[{"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics",
                      "params": params}])


def test_bytes_pass_untouched():
    client = start()
    client.request("echo")
    before = len(passed())
    sent = b""
    for raw in (
            frame(b'{"jsonrpc" : "2.0","method":"x/y", "params":{"b":1,  "a":1.0}}'),
            frame('{"method":"x/\ud55c","\\u0061":"\\/\\ud800"}'.encode()),
            b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n" +
            frame(b'{"method":"x/z"}'),
            frame(b'{"params":{"method":"initialize","text":"ddi-check"},"method":"x"}'),
            frame(b'{"method":"textDocument/didOpen","params":{"textDocument":'
                  b'{"uri":7}}}')):
        client.send_raw(raw)
        sent += raw
    client.send_raw(frame(b'{"id":"last","method":"echo"}'))
    client.response("last")
    assert passed()[before:].startswith(sent), passed()[before:]
    # And back.
    raw = '{ "jsonrpc":"2.0", "method":"y", "params":{"b":1.0,"a":"\u00e9"} }'
    do(client, raw="Content-Length: %d\r\nContent-Type: z\r\n\r\n%s" % (
        len(raw.encode()), raw))
    assert client.wait_for("y") == {"b": 1.0, "a": "\u00e9"}
    client.close()


def test_initialize():
    client = start(options={"secret": 1}, initializationOptions={
        "clangdFileStatus": True, "ddi-check": {"secret": 1}})
    assert b"secret" not in passed() and b"clangdFileStatus" in passed()
    can = client.result["capabilities"]
    assert client.result["serverInfo"] == {"name": "fake"}
    assert can["executeCommandProvider"]["commands"] == [
        "clangd.applyFix", "ddi-check.showPath", "ddi-check.explainRule",
        "ddi-check.rescanDriver"]
    assert can["codeActionProvider"]["codeActionKinds"] == [
        "quickfix", "refactor", "info"]
    assert world.wait_asked(len, "a start")[0]["options"]["secret"] == 1
    client.close()
    # An error passes, and a result that is odd.
    for odd in ('{"capabilities": 7}', '7', 'null'):
        client = start(starts=False)
        number = client.start_request("initialize", {
            "capabilities": CAPABILITIES, "initializationOptions": {"ddi-check": 7}})
        client.response(number)
        client.close()


def test_the_old_extension_for_encodings():
    """clangd-19 tells the encoding beside the capabilities alone."""
    client = start(starts=False)
    client.close()
    world.write("a.c", "int f() { /* \ud55c */ bad(); }\n")
    fake = os.path.join(world.folder, "clangd_19")
    with open(PROXY[1]) as file:
        text = file.read()
    world.write("clangd_19", text.replace('"serverInfo":', '"offsetEncoding": "utf-8", '
                                          '"serverInfo":'))
    os.chmod(fake, 0o755)
    client = world.client(("--", fake))
    client.open("a.c")
    found = client.ours("a.c", len)
    assert text_range(found[0]) == (0, 20, 0, 23), found
    client.close()


def test_ids():
    client = start()
    for number in ("a", "1", 1, 0, -5, 1.5, None, 2 ** 60, "\U0001f600", ""):
        client.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/codeAction",
                     "params": {"textDocument": {"uri": "x"}}})
        found = client.wait(lambda one: "result" in one and one.get("id") == number and
                            type(one["id"]) is type(number) and
                            one["result"] != client.result, "an answer to %r" % number)
        assert found["result"] == [{"title": "of clangd", "kind": "quickfix"}], found
    for number in ([1], {"a": 1}, True):
        client.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/hover"})
        client.wait(lambda one: one.get("id") == number, "an answer to %r" % number)
    client.close()


def test_unknown_methods():
    client = start()
    answer = client.response(client.start_request("x/unknown", [1]))
    assert answer["error"]["code"] == -32601, answer
    client.notify("x/unknown")
    client.notify("$/unknown", {"a": 1})
    client.request("echo")
    client.close()


def test_merges_with_clangd():
    world.write("a.c", BAD)
    client = start()
    client.open("a.c")
    client.ours("a.c", len)
    since = client.mark()
    of_clangd(client, "a.c", 0, 1)
    found = client.diagnostics("a.c", lambda found: len(found) == 2, since)
    assert found["version"] == 1
    assert [one["source"] for one in found["diagnostics"]] == ["clang", "ddi-check"]
    assert found["diagnostics"][0]["codeActions"] == []
    # The same again is not shown again; one that clangd has no more goes.
    since = client.mark()
    of_clangd(client, "a.c", 0, 1)
    do(client, send=[{"method": "textDocument/publishDiagnostics", "params": {
        "uri": client.uri("a.c"), "version": 1, "diagnostics": []}}, {"method": "end", "params": 1}])
    client.wait_for("end", since=since)
    lists = [one["params"]["diagnostics"] for one in client.received[since:]
             if one["method"] == "textDocument/publishDiagnostics"]
    assert [[one["source"] for one in found] for found in lists] == [["ddi-check"]], lists
    client.close()


def test_versions():
    """clangd's findings are late, or ours are: both are shown where they are now."""
    world.write("a.c", BAD)
    client = start(options={"onType": False})
    client.open("a.c")
    client.ours("a.c", len)
    client.change("a.c", (0, 0, 0, 0, "\n\n"))
    client.change("a.c", (0, 0, 1, 0, ""))
    since = client.mark()
    of_clangd(client, "a.c", 0, 1)
    found = client.diagnostics("a.c", lambda found: len(found) == 2, since)
    assert found["version"] == 3, found
    assert [text_range(one) for one in found["diagnostics"]] == [
        (1, 1, 1, 2), (2, 9, 2, 12)], found
    assert "codeActions" not in found["diagnostics"][0]
    # An old list that is shown again, as ours have changed, moves too.
    of_clangd(client, "a.c", 0, 3, "newer")
    client.diagnostics("a.c", lambda found: found[0]["message"] == "newer")
    client.change("a.c", (0, 0, 0, 0, "\n"))
    since = client.mark()
    world.write("a.c", "\n\n" + BAD)
    client.save("a.c")
    found = client.diagnostics("a.c", lambda found: len(found) == 2, since)
    assert [text_range(one) for one in found["diagnostics"]] == [
        (1, 1, 1, 2), (3, 9, 3, 12)], found
    # A version that is not known, or none, counts as the newest.
    for version in (None, 99):
        since = client.mark()
        of_clangd(client, "a.c", 0, version, "of %s" % version)
        found = client.diagnostics("a.c", lambda found: len(found) == 2, since)
        assert text_range(found["diagnostics"][0]) == (0, 1, 0, 2), found
    # Closed: clangd's alone, as they come.
    client.shut("a.c")
    since = client.mark()
    of_clangd(client, "a.c", 0, None, "closed")
    found = client.diagnostics("a.c", len, since)["diagnostics"]
    assert [one["message"] for one in found] == ["closed"]
    client.close()


def test_odd_diagnostics_of_clangd():
    world.write("a.c", BAD)
    client = start()
    client.open("a.c")
    client.ours("a.c", len)
    for params in ({"uri": client.uri("a.c"), "diagnostics": [7, {"range": 7}, {}],
                    "version": 1}, {"uri": 7, "diagnostics": []}, {"uri": "x:"}, [], 7):
        do(client, send=[{"method": "textDocument/publishDiagnostics",
                          "params": params}])
    client.change("a.c", (0, 0, 0, 0, "\n"))
    client.ours("a.c", lambda found: found and text_range(found[0])[0] == 2)
    client.request("echo")
    client.close()


def code_action(client, name, number=None):
    place = {"line": 1, "character": 9}
    return client.start_request("textDocument/codeAction", {
        "textDocument": {"uri": client.uri(name)}, "context": {"diagnostics": []},
        "range": {"start": place, "end": place}}, number)


def test_answers():
    """Out of order, twice, cancelled, as errors."""
    world.write("a.c", BAD)
    silent = os.path.join(world.folder, "silent")
    with open(PROXY[1]) as file:
        world.write("silent", file.read().replace('    "textDocument/codeAction": [',
                                                  '    "silent": [').replace(
            'elif "id" in message and method and',
            'elif "id" in message and method and "codeAction" not in method and'))
    os.chmod(silent, 0o755)
    client = world.client(("--", silent))
    client.open("a.c")
    client.ours("a.c", len)

    def answer(number, **more):
        do(client, send=[{"id": number, "jsonrpc": "2.0", **more}])

    for number in ("one", "two", "three"):
        code_action(client, "a.c", number)
    client.notify("$/cancelRequest", {"id": "two"})
    answer("three", result=[{"title": "3"}])
    answer("nobody", result=[{"title": "0"}])
    answer("two", error={"code": -32800, "message": "cancelled"})
    answer("one", result=None)
    answer("three", result=[{"title": "again"}])
    found = client.response("three")["result"]
    assert [one["title"] for one in found][:2] == ["3", "Fix wdm.Bad"]
    assert client.response("two")["error"]["code"] == -32800
    assert client.response("nobody")["result"] == [{"title": "0"}]
    assert client.response("one")["result"][0]["title"] == "Fix wdm.Bad"
    client.wait(lambda one: one.get("result") == [{"title": "again"}], "the second")
    # clangd cannot, we can.
    code_action(client, "a.c", "four")
    answer("four", error={"code": -32001, "message": "invalid AST"})
    assert client.response("four")["result"][0]["title"] == "Fix wdm.Bad"
    # A request of clangd's with the number of one of the editor's.
    code_action(client, "a.c", 70)
    do(client, send=[{"id": 70, "jsonrpc": "2.0", "method": "window/workDoneProgress/create",
                      "params": {"token": "x"}}])
    client.wait_for("window/workDoneProgress/create", lambda said: said["token"] == "x")
    answer(70.0, result=[])
    found = client.wait(lambda one: one.get("id") == 70 and "result" in one, "an answer")
    assert found["result"][0]["title"] == "Fix wdm.Bad"
    # What is odd passes.
    for odd in (7, {"a": 1}, "x"):
        code_action(client, "a.c", "odd")
        since = client.mark()
        answer("odd", result=odd)
        wait_until(lambda: {"id": "odd", "jsonrpc": "2.0", "result": odd} in
                   client.received[since:], "an odd answer")
    client.close()


def test_hovers():
    """Whatever form clangd's text has, ours comes behind it."""
    world.write("a.c", BAD)
    fake = os.path.join(world.folder, "hovers")
    with open(PROXY[1]) as file:
        text = file.read()
    for told, is_so in (
            ('None', lambda said: "Nothing bad" in said["contents"]["value"]),
            ('{"contents": "x"}', lambda said: said["contents"][0] == "x" and
             "Nothing bad" in said["contents"][1]),
            ('{"contents": ["x"]}', lambda said: len(said["contents"]) == 2),
            ('{"contents": {"language": "c", "value": "x"}}', lambda said:
             said["contents"][0] == {"language": "c", "value": "x"}),
            ('{"contents": 7}', lambda said: said == {"contents": 7})):
        world.write("hovers", text.replace(
            '{"contents": {"kind": "markdown", "value": "of clangd"}}', told))
        os.chmod(fake, 0o755)
        client = world.client(("--", fake))
        client.open("a.c")
        client.ours("a.c", len)
        said = client.request("textDocument/hover", {
            "textDocument": {"uri": client.uri("a.c")},
            "position": {"line": 1, "character": 10}})
        assert is_so(said), (told, said)
        client.close()


def test_our_requests_are_not_clangds():
    client = start()
    client.wait_for("client/registerCapability")
    client.open("a.c", BAD)
    client.ours("a.c", len)
    for command, argument in (("explainRule", {"rule": "wdm.Bad"}), ("rescanDriver", {})):
        client.start_request("workspace/executeCommand", {
            "command": "ddi-check." + command, "arguments": [argument]})
    client.notify("window/workDoneProgress/cancel", {"token": "ddi-check:1"})
    client.send({"jsonrpc": "2.0", "id": "ddi-check:1", "result": None})  # again
    client.send({"jsonrpc": "2.0", "id": "ddi-check:99", "result": None})
    answer = client.response(client.start_request("workspace/executeCommand", {
        "command": "clangd.applyFix", "arguments": []}))
    assert answer["error"]["code"] == -32601  # which the fake says
    said = passed()
    assert b"ddi-check" not in said and b"clangd.applyFix" in said, said
    # clangd's own tokens and numbers pass.
    client.notify("window/workDoneProgress/cancel", {"token": "backgroundIndexProgress"})
    client.request("echo")
    assert b"backgroundIndexProgress" in passed()
    client.close()


def test_long_messages():
    """50 MB pass in both directions, with what is behind them; a text of such a size
    is not analysed."""
    client = start()
    client.open("a.c", BAD)
    client.ours("a.c", len)
    big = "x" * (50 << 20)
    client.notify("x/big", {"text": big})
    since = client.mark()
    client.change("a.c", big)
    client.ours("a.c", lambda found: not found, since)
    told = client.wait_for("ddi/status", lambda said: said["state"] == "none", since)
    assert "not known" in told["message"], told
    client.open("b.c", big)
    client.request("echo")
    assert passed().count(big.encode()) == 3
    assert len(world.asked("analyse")) == 1
    do(client, send=[{"method": "y", "params": {"text": big}}])
    assert len(client.wait_for("y")["text"]) == len(big)
    client.close()
    os.unlink(os.path.join(world.folder, "clangd.log"))


def test_too_long_to_keep():
    """A message longer than what is kept passes in pieces, and none of ours comes between
    them."""
    client = start()
    length = 70 << 20
    do(client, raw="Content-Length: %d\r\n\r\n{\"method\":\"long\",\"params\":\"" % length)
    client.open("a.c", BAD)  # its findings wait until the message is complete
    world.wait_asked(lambda asked: asked[-1]["do"] == "analyse", "an analysis")
    rest = length - len('{"method":"long","params":""}')
    while rest:
        part = min(rest, 20 << 20)
        do(client, raw="x" * part)
        rest -= part
    do(client, raw='"}')
    assert client.wait_for("long").strip("x") == ""
    client.ours("a.c", len)
    client.close()


def test_malformed():
    """Half a head, no length, wrong lengths, no JSON: what is behind is still served."""
    client = start()
    client.open("a.c", BAD)
    client.ours("a.c", len)
    for raw in (b"X: y\r\n\r\n", frame(b""), frame(b"{"), frame(b"[]"), frame(b"7"),
                frame(b"\xff\xfe"), frame(b"[" * 5000),
                frame(b'[{"jsonrpc":"2.0","id":1,"method":"echo"}]'),
                frame(b'{"id":1,"method":7}'), frame(b'{"method":"initialized"}'),
                frame(b'{"method":"textDocument/didChange","params":[]}'),
                frame(b'{"method":"textDocument/didChange","id":5}'),
                frame(b'{"method":"ddi-check"'), frame(b'{"id":"ddi-check:x"}'),
                frame(b'{"method":"workspace/executeCommand","id":[],"params":'
                      b'{"command":["ddi-check.x"]}}'),
                frame(b'{"method":"textDocument/hover","id":9,"params":{"position":{'
                      b'"line":1e400,"character":' + b"9" * 5000 + b'}}}')):
        client.send_raw(raw)
    client.request("echo")
    since = client.mark()
    client.change("a.c", (0, 0, 0, 0, "\n"))
    client.ours("a.c", lambda found: found and text_range(found[0])[0] == 2, since)
    # A length that is too short: what is left over is no message, and ends at the next
    # blank line.
    body = b'{"jsonrpc":"2.0","method":"x"}'
    client.send_raw(b"Content-Length: 5\r\n\r\n" + body + b"\r\n\r\n")
    client.send_raw(frame(b'{"id":"after","method":"echo"}'))
    client.response("after")
    client.close()


def test_half_a_message():
    """The end comes in the midst of one."""
    for half in (b"Content-Le", b"Content-Length: 100\r\n\r\n{\"met",
                 b"Content-Length: 99999999999999\r\n\r\nx"):
        client = start()
        before = len(passed())
        client.send_raw(half)
        client.process.stdin.close()
        assert client.ended() == 1
        assert passed()[before:].endswith(half.rpartition(b"\r\n\r\n")[2]), passed()


def test_pending_is_bounded():
    client = start()
    for number in range(3000):
        client.send({"id": "s%d" % number, "method": "textDocument/hover"})
    client.wait(lambda one: one.get("id") == "s2999", "the last answer")
    client.close()


def test_command_line():
    """Options that are not ours are clangd's, with and without --."""
    arguments = os.path.join(world.folder, "arguments")
    world.write("arguments", "#!/bin/sh\nfor word; do echo \"$word\" >> %s/words; done\n"
                "exec %s\n" % (world.folder, PROXY[1]))
    os.chmod(arguments, 0o755)
    words = os.path.join(world.folder, "words")
    for given, wanted in (
            (["--compile-commands-dir=/x", "--background-index", "-j=2", "--log=verbose",
              "--debounce", "7", "-pretty"],
             ["--compile-commands-dir=/x", "--background-index", "-j=2", "--log=verbose",
              "-pretty"]),
            (["--log", "error", "-p", "/build"], ["--log", "error"]),
            (["--no-on-type", "--clang-tidy", "--", arguments, "--index=off", "--", "x"],
             ["--clang-tidy", "--index=off", "--", "x"]),
            (["--", "-x"], ["-x"])):
        client = Client([PYTHON, DDI_LSP, *given], world.folder, {
            "DDI_CLANGD": arguments, "DDI_LSP_BACK": "/bin/cat"})
        client.initialize()
        client.close()
        with open(words) as file:
            found = file.read().splitlines()
        os.unlink(words)
        assert found == wanted, (given, found)
    # The folder of the database is the back's, too.
    for given, wanted in ((["--compile-commands-dir=/x"], "/x"), (["-p", "/y"], "/y"),
                          (["-p", "/y", "--compile-commands-dir", "/x"], "/y"),
                          (["-compile-commands-dir", "/x"], "/x"), ([], "/z")):
        client = world.client(given, environment={"DDI_CLANGD": PROXY[1]},
                              initializationOptions={"compilationDatabasePath": "/z"})
        start = world.wait_asked(len, "a start")[0]
        assert start["options"]["build"] == wanted, start
        client.close()


def test_commands_of_clangd():
    """The fake passes for a clangd that is asked something."""
    asked = os.path.join(world.folder, "asked")
    world.write("asked", "#!/bin/sh\necho \"clangd version 1 $*\"\n")
    os.chmod(asked, 0o755)
    for given in (["--version"], ["--check=a.c"], ["-version"], ["--", asked, "--version"],
                  ["--check=a.c", "--compile-commands-dir=x"]):
        client = Client([PYTHON, DDI_LSP, *given], world.folder, {"DDI_CLANGD": asked})
        client.process.stdin.close()
        client.process.wait(60)
        client.reader.join()
        assert client.process.returncode == 0


run_tests(globals())
