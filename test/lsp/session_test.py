"""What an editor sees of our findings, alone and beside (a fake) clangd.
Usage: session_test.py FOLDER."""
import copy
import os
import sys

from client import CAPABILITIES
from world import PROXY, STANDALONE, World, run_tests, text_range, wait_until

world = World(sys.argv[1])
TEXT = "int bad(int);\nint f(int x) {\n  return bad(x);\n}\n"
BAD = "int f(int x) {\n  return bad(x);\n}\n"
GOOD = "int f(int x) {\n  return good(x);\n}\n"


def without(*keys):
    """The client's capabilities but for one."""
    capabilities = copy.deepcopy(CAPABILITIES)
    inner = capabilities
    for key in keys[:-1]:
        inner = inner[key]
    del inner[keys[-1]]
    return capabilities


def test_shows(words):
    world.write("a.c", "int f(int x) {\n  return bad(x) + bad(worse);\n}\n")
    client = world.client(words)
    client.open("a.c", version=7)
    found = client.diagnostics("a.c", len)
    assert found["version"] == 7
    one, two = found["diagnostics"]
    assert text_range(one) == (1, 9, 1, 12), one
    assert (one["severity"], two["severity"]) == (1, 1)  # "worse" is in the line
    assert one["code"] == "wdm.Bad" and one["source"] == "ddi-check"
    assert one["codeDescription"]["href"] == "https://example.org/wdm-bad"
    assert one["data"]["stale"] is False and one["data"]["fingerprint"]
    first, last = one["relatedInformation"]
    assert first["message"] == "It begins here"
    assert first["location"] == {"uri": client.uri("a.c"), "range": {
        "start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}}
    assert client.close() == 0


def test_encodings(words):
    line = "  x = \"\ud55c\uae00 \U0001f600\" + bad(x); /* \U0001f600 */ bad(y);\n"
    columns = {"utf-8": (22, 41), "utf-16": (16, 33), "utf-32": (15, 31)}
    for encoding, wanted in columns.items():
        capabilities = copy.deepcopy(CAPABILITIES)
        capabilities["general"]["positionEncodings"] = [encoding]
        world.write("a.c", "int f(int x) {\n" + line + "}\n")
        client = world.client(words, capabilities=capabilities, environment={
            "FAKE_CAPABILITIES": '{"positionEncoding": "%s"}' % encoding})
        assert client.result["capabilities"]["positionEncoding"] == encoding
        client.open("a.c")
        found = client.ours("a.c", len)
        front = [line[:line.index(word)] for word in ("bad(x)", "bad(y)")]
        units = {"utf-8": lambda text: len(text.encode()), "utf-32": len,
                 "utf-16": lambda text: len(text.encode("utf-16-le")) // 2}[encoding]
        assert tuple(map(units, front)) == wanted, list(map(units, front))
        assert [text_range(one) for one in found] == [
            (1, column, 1, column + 3) for column in wanted], (encoding, found)
        # An edit behind the emoji, in the client's units.
        since = client.mark()
        client.change("a.c", (1, wanted[0], 1, wanted[0] + 3, "\U0001f600bad"))
        found = client.ours("a.c", lambda found: found and text_range(
            found[0])[1] != wanted[0], since)
        shift = units("\U0001f600")
        assert [one["range"]["start"]["character"] for one in found] == [
            column + shift for column in wanted], (encoding, found)
        # And the fix, whose place is told in bytes.
        edit = actions(client, "a.c", 1)["Fix wdm.Bad"]["edit"]["documentChanges"][0]
        assert edit["edits"] == [{"newText": "good", "range": found[1]["range"]}]
        client.close()


def test_without_related_information(words):
    world.write("a.c", BAD)
    client = world.client(words, capabilities=without(
        "textDocument", "publishDiagnostics", "relatedInformation"))
    client.open("a.c")
    one, = client.ours("a.c", len)
    assert "relatedInformation" not in one
    assert one["message"] == ("'bad' is called\na.c:1: It begins here\n"
                              "a.c:2: And here it is bad"), one
    client.close()


def test_late_answers(words):
    """An answer for an older text is shown where it is now, or not at all."""
    world.write("a.c", "// hold(LATE)\n" + BAD + "int g() {\n  bad();\n}\n")
    client = world.client(words, options={"onType": False})
    client.open("a.c")
    world.wait_asked(lambda asked: asked[-1]["do"] == "analyse", "an analysis")
    client.change("a.c", (0, 0, 0, 0, "// one\n// two\n"))  # above
    client.change("a.c", (7, 3, 7, 4, "u"))                 # within the second one
    client.change("a.c", (4, 0, 4, 0, "    "))              # before the first, in its line
    client.request("textDocument/hover", {"textDocument": {"uri": client.uri("a.c")},
                                          "position": {"line": 0, "character": 0}})
    world.go("LATE")
    found = client.diagnostics("a.c", len)
    assert found["version"] == 4, found
    assert [text_range(one) for one in found["diagnostics"]] == [(4, 13, 4, 16)], found
    assert text_range(found["diagnostics"][0]["relatedInformation"][0]["location"]) == \
        (2, 0, 2, 1)
    client.close()
    os.unlink(client.path("LATE.go"))


def test_a_newer_edit_cancels(words):
    world.write("a.c", BAD)
    client = world.client(words)
    client.open("a.c")
    client.ours("a.c", len)
    client.change("a.c", (0, 0, 0, 0, "// hold(FIRST)\n"))
    world.wait_asked(lambda asked: "FIRST" in str(asked[-1]), "an analysis")
    since = client.mark()
    client.change("a.c", (0, 0, 1, 0, ""), (1, 9, 1, 12, "good"))
    world.go("FIRST")  # and is answered, though nobody waits
    asked = world.wait_asked(lambda asked: asked[-1]["do"] == "analyse" and "good" in
                             str(asked[-1]), "another analysis")
    assert asked[-2] == {"do": "cancel", "id": asked[-3]["id"]}, asked[-3:]
    client.ours("a.c", lambda found: not found, since)
    assert client.process.poll() is None
    client.close()
    os.unlink(client.path("FIRST.go"))


def test_typing_is_waited_for(words):
    """Many edits, one analysis; none while the typing goes on."""
    world.write("a.c", BAD)
    client = world.client(words, options={"debounce": 400})
    client.open("a.c")
    client.ours("a.c", len)
    for _ in range(20):
        client.change("a.c", (0, 0, 0, 0, " "))
    client.change("a.c", (0, 0, 0, 0, "// last\n"))
    asked = world.wait_asked(lambda asked: "// last" in str(asked[-1]), "an analysis")
    assert [one["do"] for one in asked] == ["start", "analyse", "analyse"], asked
    assert [one.get("why") for one in asked[1:]] == ["open", "edit"]
    assert asked[-1]["buffers"] == {client.path("a.c"): "// last\n" + " " * 20 + BAD}
    client.close()


def test_without_on_type(words):
    world.write("a.c", BAD)
    client = world.client((*(["--no-on-type"]), *words), options={"onType": True})
    client.open("a.c")
    client.ours("a.c", len)
    client.change("a.c", (0, 0, 0, 0, "\n"))
    # Shown at its new place, for a client that takes the lists of its version alone.
    found = client.diagnostics("a.c", lambda found: found and
                               found[0]["range"]["start"]["line"] == 2)
    assert found["version"] == 2
    assert len(world.asked("analyse")) == 1
    world.write("a.c", "\n" + BAD)
    client.save("a.c")
    asked = world.wait_asked(lambda asked: asked[-1].get("why") == "save", "a save")
    assert asked[-1]["lines"] is None and asked[-1]["buffers"] == {}, asked[-1]
    client.close()


def test_syntax_errors_keep_the_last(words):
    world.write("a.c", BAD)
    client = world.client(words)
    client.open("a.c")
    client.ours("a.c", len)
    since = client.mark()
    client.change("a.c", (0, 0, 0, 0, "#error\n"))
    one, = client.ours("a.c", lambda found: found and found[0]["data"]["stale"], since)
    assert text_range(one) == (2, 9, 2, 12), one
    told = client.wait_for("ddi/status", lambda said: said["state"] == "stale")
    assert told == {"uri": client.uri("a.c"), "state": "stale", "findings": 1,
                    "message": "a.c was not analysed: a.c:1:2: error; its last findings "
                    "are shown"}, told
    assert "Fix wdm.Bad" not in actions(client, "a.c", 2)
    since = client.mark()
    client.change("a.c", (0, 0, 1, 0, ""))
    one, = client.ours("a.c", lambda found: found and not found[0]["data"]["stale"], since)
    assert text_range(one) == (1, 9, 1, 12), one
    # No list in between was without it: nothing flickers.
    lists = [message["params"]["diagnostics"] for message in client.received
             if message.get("method") == "textDocument/publishDiagnostics"]
    assert all(any(one["source"] == "ddi-check" for one in found)
               for found in lists[1:]), lists
    client.close()


def test_never_analysed(words):
    client = world.client(words)
    client.open("new.c", "#error\n")
    told = client.wait_for("ddi/status", lambda said: said["state"] == "failed")
    assert told["message"] == "new.c was not analysed: new.c:1:2: error" and told["findings"] == 0
    client.close()


def test_only_functions(words):
    """An answer for some functions leaves the findings of the others."""
    text = "int f() {\n  bad();\n}\nint g() {\n  bad();\n}\nint h() {\n  x;\n}\n"
    world.write("a.c", text)
    client = world.client(words)
    client.open("a.c")
    client.ours("a.c", lambda found: len(found) == 2)
    since = client.mark()
    client.change("a.c", (4, 2, 4, 5, "good"), (0, 0, 0, 0, "\n"))
    client.ours("a.c", lambda found: [text_range(one) for one in found] ==
                [(2, 2, 2, 5)], since)
    asked = world.asked("analyse")
    assert asked[0]["lines"] is None and asked[1]["lines"] == [[1, 2], [6, 6]], asked
    told = client.wait_for("ddi/status", lambda said: "of what was edited" in
                           said["message"], since)
    assert told["message"] == "a.c was analysed; of what was edited: f, g", told
    # Since the last good analysis, which is not since the last one.
    since = client.mark()
    client.change("a.c", (8, 2, 8, 3, "bad();\n#error"))
    client.wait_for("ddi/status", lambda said: said["state"] == "stale", since)
    client.change("a.c", (9, 0, 9, 8, ""))
    client.ours("a.c", lambda found: [text_range(one) for one in found] ==
                [(2, 2, 2, 5), (8, 2, 8, 5)], since)
    assert world.asked("analyse")[-1]["lines"] == [[9, 10]], world.asked("analyse")[-1]
    client.close()


def test_headers(words):
    """Findings in a header go with the file that was analysed."""
    world.write("h.h", "int h() {\n  bad();\n}\n")
    world.write("a.c", '#include "h.h"\n' + BAD)
    client = world.client(words)
    client.open("a.c")
    one, = client.ours("h.h", len)
    assert text_range(one) == (1, 2, 1, 5)
    client.ours("a.c", len)
    # Opened, the header is analysed through the file; nothing is told twice.
    since = client.mark()
    client.open("h.h")
    told = client.wait_for("ddi/status", lambda said: (said["state"], said["uri"]) == (
        "analysed", client.uri("h.h")), since)
    assert told["message"] == "h.h was analysed as a.c includes it", told
    since = client.mark()
    client.change("h.h", (1, 2, 1, 5, "good"))
    assert client.ours("h.h", lambda found: not found, since) == []
    assert set(world.asked("analyse")[-1]["buffers"]) == {client.path("h.h")}
    # The lines of a source mean nothing once a header has changed.
    since = client.mark()
    client.change("a.c", (0, 0, 0, 0, "\n"))
    client.ours("a.c", lambda found: found and text_range(found[0])[0] == 3, since)
    assert world.asked("analyse")[-1]["lines"] is None
    client.change("a.c", (0, 0, 1, 0, ""))
    client.ours("a.c", lambda found: found and text_range(found[0])[0] == 2,
                client.mark())
    assert world.asked("analyse")[-1]["lines"] == [[1, 1]]
    # A header that is saved may change what is found in all that is open.
    count = len(world.asked())
    client.save("h.h")
    asked = world.wait_asked(lambda asked: len(asked) >= count + 2, "two analyses")
    assert [os.path.basename(one["path"]) for one in asked[count:]] == ["h.h", "a.c"]
    # Closed: no finding of what is not open any more.
    since = client.mark()
    client.change("h.h", (1, 2, 1, 6, "bad"))
    client.ours("h.h", len, since)
    since = client.mark()
    client.shut("h.h")
    client.ours("h.h", lambda found: not found, since)
    client.shut("a.c")
    client.ours("a.c", lambda found: not found, since)
    client.close()


def test_renewed(words):
    """What a saved file tells of others has them analysed again, if they are open."""
    client = world.client(words)
    client.open("b.c", BAD)
    client.open("c.c", GOOD)
    client.open("a.c", "// renew(b.c) renew(none.c)\n")
    client.wait_for("ddi/status", lambda said: (said["state"], said["uri"]) == (
        "analysed", client.uri("a.c")))
    client.save("a.c")
    asked = world.wait_asked(lambda asked: len(asked) == 6, "an analysis")
    assert [(os.path.basename(one["path"]), one["why"]) for one in asked[4:]] == [
        ("a.c", "save"), ("b.c", "edit")], asked[4:]
    assert asked[-1]["lines"] is None
    client.close()


def test_owner_is_closed(words):
    world.write("h.h", "int h() {\n  bad();\n}\n")
    world.write("a.c", '#include "h.h"\n')
    client = world.client(words)
    client.open("a.c")
    client.ours("h.h", len)
    since = client.mark()
    client.shut("a.c")
    client.ours("h.h", lambda found: not found, since)
    client.close()


def actions(client, name, line, only=None):
    """The code actions on a line, by title."""
    place = {"line": line, "character": 0}
    found = client.request("textDocument/codeAction", {
        "textDocument": {"uri": client.uri(name)}, "range": {"start": place, "end": place},
        "context": {"diagnostics": [], **({"only": only} if only else {})}})
    return {one["title"]: one for one in found or []}


def test_code_actions(words):
    world.write("a.c", BAD)
    client = world.client(words)
    kinds = client.result["capabilities"]["codeActionProvider"]["codeActionKinds"]
    assert {"quickfix", "info"} <= set(kinds)
    client.open("a.c")
    one, = client.ours("a.c", len)
    titles = ["Fix wdm.Bad", "Suppress wdm.Bad here", "Show the path of wdm.Bad",
              "Explain wdm.Bad", "Scan this driver again"]
    of_clangd = ["of clangd"] if words == PROXY else []
    found = actions(client, "a.c", 1)
    assert list(found) == of_clangd + titles, list(found)
    assert list(actions(client, "a.c", 0)) == of_clangd
    assert list(actions(client, "a.c", 1, ["quickfix"])) == of_clangd + titles[:2]
    assert list(actions(client, "a.c", 1, ["refactor"])) == of_clangd
    fix = found["Fix wdm.Bad"]
    assert fix["isPreferred"] and fix["diagnostics"][0]["message"] == one["message"]
    assert fix["edit"] == {"documentChanges": [{
        "textDocument": {"uri": client.uri("a.c"), "version": 1},
        "edits": [{"newText": "good", "range": one["range"]}]}]}
    above = {"line": 1, "character": 0}
    assert found["Suppress wdm.Bad here"]["edit"]["documentChanges"][0]["edits"] == [{
        "newText": "  // ddi-suppress wdm.Bad: reason\n",
        "range": {"start": above, "end": above}}]
    assert found["Show the path of wdm.Bad"]["command"] == {
        "title": "Show the path of wdm.Bad", "command": "ddi-check.showPath",
        "arguments": [{"uri": client.uri("a.c"),
                       "fingerprint": one["data"]["fingerprint"]}]}
    # The fix moves with the text, and goes when it is applied.
    client.change("a.c", (0, 0, 0, 0, "\n"))
    edit = actions(client, "a.c", 2)["Fix wdm.Bad"]["edit"]["documentChanges"][0]
    assert edit["textDocument"]["version"] == 2
    assert edit["edits"][0]["range"]["start"] == {"line": 2, "character": 9}
    client.change("a.c", (2, 9, 2, 12, "good"))
    assert list(actions(client, "a.c", 2)) == of_clangd
    client.close()


def test_suppressions(words):
    """With the ends of lines that the text has, and never inside a macro."""
    client = world.client(words)
    client.open("a.c", "#define M \\\r\n  bad(); \\\r\n\r\n\tbad();\r\n")
    client.ours("a.c", lambda found: len(found) == 2)
    assert "Suppress wdm.Bad here" not in actions(client, "a.c", 1)
    edit = actions(client, "a.c", 3)["Suppress wdm.Bad here"]["edit"]
    assert edit["documentChanges"][0]["edits"][0]["newText"] == \
        "\t// ddi-suppress wdm.Bad: reason\r\n"
    client.close()


def test_old_clients(words):
    """Those that know commands alone, and those that know no versions of edits."""
    world.write("a.c", BAD)
    client = world.client(words, capabilities=without(
        "textDocument", "codeAction", "codeActionLiteralSupport"))
    client.open("a.c")
    client.ours("a.c", len)
    found = [one for one in actions(client, "a.c", 1).values() if "command" in one]
    assert [one["command"] for one in found] == [
        "ddi-check.showPath", "ddi-check.explainRule", "ddi-check.rescanDriver"], found
    client.close()
    client = world.client(words, capabilities=without("workspace", "workspaceEdit"))
    client.open("a.c")
    client.ours("a.c", len)
    edit = actions(client, "a.c", 1)["Fix wdm.Bad"]["edit"]
    assert list(edit) == ["changes"] and list(edit["changes"]) == [client.uri("a.c")]
    client.close()


def hover(client, name, line, column):
    return client.request("textDocument/hover", {
        "textDocument": {"uri": client.uri(name)},
        "position": {"line": line, "character": column}})


def test_hover(words):
    world.write("a.c", BAD)
    capabilities = copy.deepcopy(CAPABILITIES)
    for formats in (["markdown"], ["plaintext"]):
        capabilities["textDocument"]["hover"]["contentFormat"] = formats
        client = world.client(words, capabilities=capabilities)
        client.open("a.c")
        client.ours("a.c", len)
        ours = "**wdm.Bad** Nothing bad is called\n\nWhat is bad is not called.\n\n" \
            "[https://example.org/wdm-bad](https://example.org/wdm-bad)"
        if formats == ["plaintext"]:
            ours = "wdm.Bad: Nothing bad is called\n\nWhat is bad is not called.\n\n" \
                "https://example.org/wdm-bad"
        front = "of clangd\n\n---\n\n" if words == PROXY else ""
        assert hover(client, "a.c", 1, 10)["contents"]["value"] == front + ours
        beside = hover(client, "a.c", 1, 3)
        assert (beside["contents"]["value"] if beside else "") == \
            front.partition("\n")[0]
        client.close()


def command(client, name, **argument):
    return client.request("workspace/executeCommand", {
        "command": "ddi-check." + name, "arguments": [argument]})


def test_commands(words):
    world.write("a.c", BAD)
    client = world.client(words, options={"path": True})
    client.open("a.c")
    one, = client.ours("a.c", len)
    which = {"uri": client.uri("a.c"), "fingerprint": one["data"]["fingerprint"]}
    assert command(client, "showPath", **which) is None
    finding = client.wait_for("ddi/path")["finding"]
    assert (finding["rule"], finding["message"]) == ("wdm.Bad", "'bad' is called")
    assert finding["uri"] == client.uri("a.c") and finding["range"] == one["range"]
    first, last = finding["steps"]
    assert first["state"] == "IRQL PASSIVE_LEVEL, critical 0, holds a shared", first
    assert (last["depth"], last["state"], last["range"]) == (1, "", one["range"])
    for name, argument in (("showPath", {**which, "fingerprint": "x"}), ("showPath", {}),
                           ("explainRule", {"rule": "wdm.None"}), ("rescanDriver", {}),
                           ("explainRule", {"rule": ["x"]})):
        answer = client.response(client.start_request("workspace/executeCommand", {
            "command": "ddi-check." + name, "arguments": [argument]}))
        assert answer["error"]["code"] == -32602, answer
    shown = []
    client.answers["window/showDocument"] = lambda params: (
        shown.append(params["uri"]), {"success": True})[1]
    command(client, "explainRule", rule="wdm.Bad")
    wait_until(lambda: shown, "a document")
    with open(shown[0].removeprefix("file://")) as file:
        text = file.read()
    assert text.startswith("**wdm.Bad** Nothing bad") and "```c\nbad();\n```" in text, text
    client.close()
    assert not os.path.exists(shown[0].removeprefix("file://"))


def test_path_as_text(words):
    world.write("a.c", BAD)
    client = world.client(words)
    client.open("a.c")
    one, = client.ours("a.c", len)
    which = {"uri": client.uri("a.c"), "fingerprint": one["data"]["fingerprint"]}
    command(client, "showPath", **which)
    path = client.wait_for("window/showDocument")["uri"].removeprefix("file://")
    with open(path) as file:
        text = file.read()
    assert "1. [a.c:1](%s#L1) It begins here" % client.uri("a.c") in text, text
    client.close()
    client = world.client(words, capabilities=without("window", "showDocument"))
    client.open("a.c")
    client.ours("a.c", len)
    command(client, "showPath", **which)
    said = client.wait_for("window/showMessage")
    assert said["type"] == 3 and "It begins here" in said["message"], said
    client.close()


def test_rescan(words):
    for name in ("a.c", "b.c", "c.c"):
        world.write(name, BAD)
    world.write("h.h", "int h() {\n  bad();\n}\n")
    world.write("b.c", '#include "h.h"\n// hold(SCAN)\n' + BAD)
    client = world.client(words)
    client.open("a.c")
    client.ours("a.c", len)
    command(client, "rescanDriver", uri=client.uri("a.c"))
    begun = client.wait_for("$/progress", lambda said: said["value"].get("title") ==
                            "ddi-check: the driver of a.c")
    token = begun["token"]
    assert begun["value"]["kind"] == "begin" and begun["value"]["cancellable"], begun
    client.wait_for("$/progress", lambda said: "of 3 files" in
                    said["value"].get("message", ""))
    # Cancelled by the user.
    client.notify("window/workDoneProgress/cancel", {"token": token})
    client.wait_for("$/progress", lambda said: said == {
        "token": token, "value": {"kind": "end"}})
    number = world.asked("rescan")[0]["id"]
    world.go("SCAN")  # and is answered, though nobody waits
    world.wait_asked(lambda asked: {"do": "cancel", "id": number} in asked, "a cancel")
    since = client.mark()
    command(client, "rescanDriver", uri=client.uri("a.c"))
    for name in ("b.c", "c.c", "h.h"):  # though they are not open
        client.ours(name, len, since)
    # One that is then opened and is right has no finding left, nor has its header.
    since = client.mark()
    world.write("h.h", "int h() {\n  good();\n}\n")
    client.open("b.c", '#include "h.h"\n' + GOOD)
    client.ours("b.c", lambda found: not found, since)
    client.ours("h.h", lambda found: not found, since)
    client.close()
    os.unlink(client.path("SCAN.go"))


def test_long_analyses_show(words):
    world.write("a.c", "// hold(SHOW)\n" + BAD)
    client = world.client(words)
    client.open("a.c")
    begun = client.wait_for("$/progress", lambda said: said["value"]["kind"] == "begin")
    world.go("SHOW")
    client.wait_for("$/progress", lambda said: said == {
        "token": begun["token"], "value": {"kind": "end"}})
    os.unlink(client.path("SHOW.go"))
    assert str(begun["token"]).startswith("ddi-check:"), begun
    client.close()
    client = world.client(words, capabilities=without("window", "workDoneProgress"))
    client.open("a.c")
    wait_until(lambda: world.asked("analyse"), "an analysis")
    client.change("a.c", (0, 0, 1, 0, ""))
    world.go("SHOW")
    client.ours("a.c", len)
    assert not [one for one in client.received if one.get("method") in (
        "$/progress", "window/workDoneProgress/create")]
    client.close()
    os.unlink(client.path("SHOW.go"))


def test_configuration(words):
    world.write("a.c", BAD)
    client = world.client(("--wdk-root", "/kit", "--path-map", "X=Y", *words),
                          options={"wdkRoot": "/other", "pathMap": ["A=B"], "new": 1})
    start = world.wait_asked(len, "a start")[0]
    assert start["root"] == client.folder, start
    assert {"wdkRoot": "/kit", "pathMap": ["X=Y"], "new": 1}.items() <= \
        start["options"].items(), start
    client.open("a.c")
    client.ours("a.c", len)
    same = {"settings": {"ddi-check": {"new": 1}}}
    client.notify("workspace/didChangeConfiguration", same)
    client.notify("workspace/didChangeConfiguration", {
        "settings": {"ddi-check": {"new": 2, "wdkRoot": "/third"}}})
    asked = world.wait_asked(lambda asked: [one["do"] for one in asked] == [
        "start", "analyse", "start", "analyse"], "another back")
    assert asked[2]["options"]["new"] == 2 and asked[2]["options"]["wdkRoot"] == "/kit"
    assert not [one for one in client.received
                if one.get("method") == "window/showMessage"]
    client.close()


def test_configuration_is_asked_for(words):
    capabilities = copy.deepcopy(CAPABILITIES)
    capabilities["workspace"]["configuration"] = True
    client = world.client(words, capabilities=capabilities, starts=False)
    said = [{"debounce": 1, "config": "/first"}]
    client.answers["workspace/configuration"] = lambda params: said if \
        params["items"] == [{"section": "ddi-check"}] else [None]
    client.initialize()
    world.wait_asked(lambda asked: asked[-1]["do"] == "start" and
                     asked[-1]["options"].get("config") == "/first", "a start")
    said[0] = {"config": "/second"}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    world.wait_asked(lambda asked: asked[-1]["do"] == "start" and
                     asked[-1]["options"].get("config") == "/second", "another start")
    client.close()


def test_files_are_watched(words):
    world.write("a.c", BAD)
    client = world.client(words)
    asked = client.wait_for("client/registerCapability")["registrations"][0]
    patterns = [one["globPattern"] for one in asked["registerOptions"]["watchers"]]
    assert asked["method"] == "workspace/didChangeWatchedFiles"
    assert {"**/compile_commands.json", "**/ddi-check.yaml"} <= set(patterns)
    client.open("a.c")
    client.ours("a.c", len)
    for name in ("other.c", "ddi-check.yaml", "compile_commands.json"):
        client.notify("workspace/didChangeWatchedFiles", {"changes": [
            {"uri": client.uri(name), "type": 2}]})
    asked = world.wait_asked(lambda asked: len(asked) == 4, "a forget")
    assert [one["do"] for one in asked] == ["start", "analyse", "forget", "analyse"]
    assert asked[-1]["lines"] is None
    client.close()
    # Where the client cannot, or will not.
    refusing = world.client(words, starts=False)
    refusing.answers["client/registerCapability"] = lambda params: NotImplemented
    refusing.initialize()
    refused = refusing.wait(lambda one: one.get("method") == "client/registerCapability",
                            "a registration")
    refusing.send({"jsonrpc": "2.0", "id": refused["id"],
                   "error": {"code": -32601, "message": "no"}})
    for client in (refusing, None):
        client = client or world.client(words, capabilities=without(
            "workspace", "didChangeWatchedFiles"))
        client.open("a.c")
        client.ours("a.c", len)
        world.write("compile_commands.json", "[%s]" % (" " * len(world.asked())))
        world.wait_asked(lambda asked: [one["do"] for one in asked[-2:]] ==
                         ["forget", "analyse"], "a forget")
        client.close()
        os.unlink(client.path("compile_commands.json"))


def test_other_texts(words):
    """What is no source, or no file, is let alone; a file of any name that is C is not."""
    client = world.client(words)
    client.open("note.txt", "bad();", language="plaintext")
    client.notify("textDocument/didOpen", {"textDocument": {
        "uri": "untitled:one", "languageId": "c", "version": 1, "text": "bad();"}})
    client.open("odd", "bad();", language="c")
    client.ours("odd", len)
    assert [os.path.basename(one["path"]) for one in world.asked("analyse")] == ["odd"]
    client.close()


def test_names(words):
    """Odd names, and links: a file is what the editor calls it."""
    name = "a \u00e9+#%.c"
    os.makedirs(os.path.join(world.folder, "real"), exist_ok=True)
    world.write("real/b.c", BAD)
    link = os.path.join(world.folder, "link")
    if not os.path.islink(link):
        os.symlink("real", link)
    client = world.client(words)
    client.open(name, BAD)
    client.wait_for("textDocument/publishDiagnostics",
                    lambda params: params["uri"] == client.uri(name) and
                    params["diagnostics"])
    client.open("link/b.c")
    client.ours("link/b.c", len)
    client.close()


def test_broken_edits(words):
    """A text that is not known any more has no findings, and comes back when opened."""
    world.write("a.c", BAD)
    client = world.client(words)
    for broken in ([{"range": {"start": {"line": 2, "character": 0},
                               "end": {"line": 1, "character": 0}}, "text": ""}],
                   [{"text": 7}], [None], None, [{"range": 3, "text": ""}]):
        since = client.mark()
        client.open("a.c")
        client.ours("a.c", len, since)
        since = client.mark()
        client.notify("textDocument/didChange", {
            "textDocument": {"uri": client.uri("a.c"), "version": 2},
            "contentChanges": broken})
        client.ours("a.c", lambda found: not found, since)
        client.wait_for("ddi/status", lambda said: said["state"] == "none", since)
        client.change("a.c", (0, 0, 0, 0, "x"))  # of a text that is not known
        client.shut("a.c")
    client.close()


def test_errors_of_the_back(words):
    """Whatever it says, the session goes on."""
    odd = os.path.join(world.folder, "odd_back")
    world.write("odd_back", """#!/usr/bin/python3
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "start":
        print('no JSON\\n[]\\n{"id":[]}\\n{"ready":7}\\n{"error":"there is no ddi-check"}')
    if asked["do"] == "analyse":
        number = asked["id"]
        answers = [{"error": "it is late"}, {}, {"findings": [{}], "of": None},
                   {"findings": 7, "files": [7]}, {"findings": [], "files": [],
                   "of": [], "functions": None}, {"cancelled": True}, {"progress": 1}]
        print(json.dumps({"id": number, **answers[number % len(answers)]}))
        print(json.dumps({"id": number, "findings": [], "functions": None,
                          "files": [], "of": asked["path"]}))
    sys.stdout.flush()
""")
    os.chmod(odd, 0o755)
    client = world.client(words, environment={"DDI_LSP_BACK": odd})
    client.wait_for("window/showMessage", lambda said: said == {
        "type": 1, "message": "ddi-check: there is no ddi-check"})
    client.open("a.c", BAD)
    client.wait_for("ddi/status", lambda said: said["state"] == "failed")
    for _ in range(8):
        since = client.mark()
        client.save("a.c")
        client.wait_for("ddi/status", lambda said: said["state"] != "running", since)
        hover(client, "a.c", 0, 0)
    client.wait_for("ddi/status", lambda said: "a.c was not analysed: it is late" in
                    said["message"])
    client.close()


def test_deaths_of_the_back(words):
    """It is shown, another one takes over; what it died of waits for the next edit."""
    world.write("a.c", BAD)
    client = world.client(words)
    client.open("a.c")
    client.ours("a.c", len)
    client.open("b.c", "die(1)\n")
    client.wait_for("window/showMessage", lambda said: said["message"] ==
                    "ddi-check: the analysis ended with status 7; it is started again")
    client.wait_for("ddi/status", lambda said: (said["uri"], said["state"]) ==
                    (client.uri("b.c"), "failed"))
    asked = world.wait_asked(lambda asked: len(asked) == 5, "another back")
    assert [os.path.basename(one.get("path", "")) for one in asked] == \
        ["", "a.c", "b.c", "", "a.c"], asked
    since = client.mark()
    client.change("b.c", (0, 0, 0, 6, "bad();"))
    client.ours("b.c", len, since)
    for _ in range(3):
        since = client.mark()
        client.change("b.c", "die(1)")
        client.wait_for("window/showMessage", since=since)
    said = client.wait_for("window/showMessage", lambda said: "too often" in said["message"])
    assert said["type"] == 1
    client.change("a.c", (0, 0, 0, 0, "\n"))  # the editor's own work goes on
    assert "Nothing bad is called" in hover(client, "a.c", 2, 10)["contents"]["value"]
    assert len(world.asked("start")) == 4
    client.close()


run_tests(globals(), (STANDALONE, PROXY))
