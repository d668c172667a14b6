"""Beside a real clangd.  Usage: clangd_test.py FOLDER CLANGD..."""
import copy
import json
import subprocess
import sys

from client import CAPABILITIES
from world import DDI_LSP, PYTHON, World, run_tests, text_range

world = World(sys.argv[1])
# Whatever database lies above is not for these texts.
world.write("compile_commands.json", json.dumps([{
    "directory": world.folder, "file": "a.c", "command": "clang -c a.c"}]))
SERVERS = [("--", clangd, "--log=error") for clangd in sys.argv[2:]]
LINE = "  /* \ud55c\uae00 \U0001f600 */ return bad(missing); // \U0001f600\n"
TEXT = "int bad(int);\nint f(void) {\n" + LINE + "}\n"
QUIET = {"stderr": subprocess.DEVNULL}


def speaking(encoding):
    """What a client says that knows this encoding alone, to the old and the new."""
    capabilities = copy.deepcopy(CAPABILITIES)
    capabilities["general"]["positionEncodings"] = [encoding]
    capabilities["offsetEncoding"] = [encoding]
    return capabilities


def both(found):
    """clangd's findings of what is missing, and ours but the one of the declaration."""
    clangd = [one for one in found if "undeclared" in one["message"] and
              one["source"] == "clang"]
    ours = [one for one in found if one["source"] == "ddi-check" and
            one["range"]["start"]["character"] != 4]
    return clangd, ours


def agree(found, line):
    """Whether clangd's finding lies on the line and directly behind ours."""
    clangd, ours = both(found)
    return len(clangd) == len(ours) == 1 and \
        text_range(clangd[0])[:2] == (line, text_range(ours[0])[3] + 1) and \
        text_range(ours[0])[0] == line


def test_encodings(words):
    for encoding, column in (("utf-8", 27), ("utf-16", 21), ("utf-32", 20)):
        client = world.client(words, capabilities=speaking(encoding), **QUIET)
        client.open("a.c", TEXT)
        found = client.diagnostics("a.c", lambda found: agree(found, 2))
        _, ours = both(found["diagnostics"])
        assert text_range(ours[0]) == (2, column, 2, column + 3), (encoding, ours)
        assert found["version"] == 1
        # Edits within the line, in these units: both count the same afterwards.
        client.change("a.c", (2, column, 2, column, "/*\U0001f600\ud55c*/"),
                      (0, 0, 0, 0, "// \U0001f600\n"), (3, 0, 3, 2, ""))
        client.diagnostics("a.c", lambda found: agree(found, 3), client.mark())
        hover = client.request("textDocument/hover", {
            "textDocument": {"uri": client.uri("a.c")},
            "position": both(client.received and client.diagnostics(
                "a.c", lambda found: agree(found, 3))["diagnostics"])[1][0]["range"][
                    "start"]})["contents"]["value"]
        assert "bad" in hover.partition("---\n\n**wdm.Bad**")[0], hover
        assert "What is bad is not called." in hover, hover
        client.close()


def test_code_actions(words):
    client = world.client(words, **QUIET)
    client.open("a.c", "int bad(int);\nint f(void) {\n  return bad(1)\n}\n")
    found = client.diagnostics("a.c", lambda found: {"clang", "ddi-check"} ==
                               {one["source"] for one in found})["diagnostics"]
    place = {"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 1}}
    titles = [one["title"] for one in client.request("textDocument/codeAction", {
        "textDocument": {"uri": client.uri("a.c")}, "range": place,
        "context": {"diagnostics": found}})]
    assert any("';'" in title for title in titles), titles
    assert "Fix wdm.Bad" in titles and "Suppress wdm.Bad here" in titles, titles
    client.close()


def test_nothing_flickers_or_stays(words):
    """From a mistake of each kind to none, by edits: at the end all is empty, and before
    there is no list in which a finding of ours is missing."""
    client = world.client(words, **QUIET)
    client.open("a.c", TEXT)
    client.diagnostics("a.c", lambda found: agree(found, 2))
    since = client.mark()
    for _ in range(5):
        client.change("a.c", (0, 0, 0, 0, "\n"))
    client.last("a.c", lambda params: params["version"] == 6 and
                agree(params["diagnostics"], 7))
    lists = [one["params"]["diagnostics"] for one in client.received[since:]
             if one.get("method") == "textDocument/publishDiagnostics"]
    assert all(len(both(found)[1]) == 1 for found in lists), lists
    client.change("a.c", "int f(void) {\n  return 1;\n}\n")
    client.last("a.c", lambda params: params["version"] == 7 and
                not params["diagnostics"])
    client.shut("a.c")
    client.close()


def test_version(words):
    """What a client reads that looks for clangd."""
    done = subprocess.run([PYTHON, DDI_LSP, "--version"], capture_output=True, text=True,
                          env={"DDI_CLANGD": words[1], "PATH": "/usr/bin:/bin"})
    assert "clangd version " + words[1].rpartition("-")[2] in done.stdout, done


run_tests(globals(), SERVERS)
