#!/usr/bin/python3
"""A `ddi-check --resident` that analyses nothing.  What it is asked it writes to the file
that RESIDENT_LOG names; the text of the file that it is asked for says what it does."""
import json
import os
import sys

if "--resident" not in sys.argv:
    if "--help-hidden" in sys.argv:
        print("  --resident")
        sys.exit()
    os.execv(os.environ["REAL_DDI_CHECK"], sys.argv)


def note(what):
    with open(os.environ["RESIDENT_LOG"], "a") as log:
        log.write(json.dumps(what) + "\n")


def say(**what):
    print(json.dumps(what), flush=True)


def shown(asked):
    """The text of a file, as the overlay of its command has it."""
    with open(os.path.join(asked["build"], "compile_commands.json")) as file:
        entry, = json.load(file)
    words = entry["arguments"]
    with open(words[max(at for at, word in enumerate(words)
                        if word.endswith(".yaml"))]) as file:
        roots = {one["name"]: one["external-contents"]
                 for one in json.load(file)["roots"]}
    with open(roots[asked["file"]]) as file:
        return words, file.read()


note({"started": os.getpid()})
for line in sys.stdin:
    asked = json.loads(line)
    if "cancel" in asked:
        note(asked)
        say(id=asked["cancel"], cancelled=True)
        continue
    words, text = shown(asked)
    note({**asked, "words": words, "text": text})
    at = {"file": asked["file"], "line": 1, "column": 1}
    finding = {"rule": "wdm.PushLock", "message": text, "function": "f", "at": at,
               "path": [], "fix": []}
    if "wait" in text:
        continue
    if "deaf" in text:
        sys.stdin.readline()
        sys.stdin.read()
    if "die" in text:
        if "words" in text:
            print("ddi-check: error: last words", file=sys.stderr, flush=True)
        os.kill(os.getpid(), 11)
    if "error" in text:
        say(id=asked["id"], error="this is wrong")
    elif "nonsense" in text:
        print("nonsense", flush=True)
    elif "less" in text:
        say(id=asked["id"], status=0)
    else:
        say(id=-1, status=0)
        say(id=asked["id"], status=2, findings=[finding], suppressions=[],
            functions=["f"] if asked.get("lines") else None,
            files=[{"file": asked["file"], "why": ""}])
