#!/usr/bin/python3
"""Stands for the process that analyses.  A line of a text that has
  bad(       is a finding, with a fix that makes it good(
  #include "x.h"   has that header's findings, too
  #error     keeps the file from being analysed
  hold(NAME) is not answered before a file NAME.go lies in the folder of the log
  renew(X)   makes X be analysed again when the text is saved
  die(       ends the process
  child(     starts another one, which sleeps
Each request goes to the log that FAKE_LOG names, a line each."""
import hashlib
import json
import os
import re
import subprocess
import sys
import time

LOG = os.environ.get("FAKE_LOG")
RULES = {"wdm.Bad": {
    "summary": "Nothing bad is called", "text": "What is bad is not called.",
    "url": "https://example.org/wdm-bad", "bad": "bad();\n", "good": "good();\n"}}


def say(data):
    sys.stdout.write(json.dumps(data) + "\n")
    sys.stdout.flush()


def text_of(path, buffers):
    if path in buffers:
        return buffers[path].encode("utf-8", "surrogatepass")
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def finding(path, data, start, function):
    line = data.count(b"\n", 0, start) + 1
    column = start - (data.rfind(b"\n", 0, start) + 1) + 1
    at = {"file": path, "line": line, "column": column}
    content = data.split(b"\n")[line - 1]
    return {
        "rule": "wdm.Bad", "message": "'bad' is called", "function": function,
        "root": function, "at": at,
        "level": "error" if b"worse" in content else "warning",
        "fingerprint": hashlib.sha256(content.strip() + b"%d" % data[:start].count(
            content.strip())).hexdigest()[:32],
        "path": [{"at": {"file": path, "line": 1, "column": 1}, "depth": 0,
                  "message": "It begins here", "state": {
                      "irql": ["PASSIVE_LEVEL", "PASSIVE_LEVEL"], "critical": 0,
                      "guarded": None, "held": [{"object": "a", "kind": "LOCK",
                                                 "mode": "shared"}]}},
                 {"at": at, "depth": 1, "message": "And here it is bad"}],
        "fix": [{"file": path, "offset": start, "length": 3, "text": "good"}]}


def findings(path, buffers, lines):
    """And the functions that were looked at, or None."""
    data = text_of(path, buffers)
    function, functions, found = "", set(), []
    for number, content in enumerate(data.split(b"\n"), 1):
        named = re.match(rb"\w+ (\w+)\(.*\{", content)
        function = named[1].decode() if named else function
        is_in = not lines or any(first <= number <= last for first, last in lines)
        functions |= {function} if is_in and function else set()
    offset = 0
    for content in data.split(b"\n"):
        named = re.match(rb"\w+ (\w+)\(.*\{", content)
        function = named[1].decode() if named else function
        for bad in re.finditer(rb"\bbad\(", content):
            if not lines or function in functions:
                found.append(finding(path, data, offset + bad.start(), function))
        header = re.match(rb'#include "(.*)"', content)
        if header:
            name = os.path.join(os.path.dirname(path), header[1].decode())
            if os.path.exists(name):
                found += findings(name, buffers, None)[0]
        offset += len(content) + 1
    return found, sorted(functions) if lines else None


def source_of(path):
    """A file that includes the header, or the path itself."""
    if not path.endswith(".h"):
        return path
    folder = os.path.dirname(path)
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith(".c"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                if '"%s"' % os.path.basename(path) in file.read():
                    return os.path.join(folder, name)
    return path


def hold(data):
    """Waits where the text says so."""
    for name in re.findall(rb"hold\((\w+)\)", data):
        wanted = os.path.join(os.path.dirname(LOG), name.decode() + ".go")
        parent = os.getppid()
        while not os.path.exists(wanted):
            if os.getppid() != parent:
                sys.exit("the front is gone")
            time.sleep(0.02)


def analyse(request):
    path, buffers = request["path"], request.get("buffers", {})
    owner = source_of(path)
    data = text_of(owner, buffers)
    if b"die(" in data:
        os._exit(7)
    if b"child(" in data:
        subprocess.Popen(["sleep", "1000"], stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hold(data)
    wrong = data.find(b"#error")
    why = "" if wrong < 0 else "%s:%d:2: error" % (
        os.path.basename(owner), data.count(b"\n", 0, wrong) + 1)
    found, functions = ([], None) if why else findings(owner, buffers,
                                                       request.get("lines"))
    return {"id": request["id"], "findings": found, "functions": functions,
            "files": [{"file": owner, "why": why}], "of": owner}


def renewed(request):
    """What the text that is saved names."""
    folder = os.path.dirname(request["path"])
    data = text_of(request["path"], request["buffers"])
    return [os.path.join(folder, name.decode()) for name in
            re.findall(rb"renew\((.*?)\)", data)]


def rescan(request):
    folder = os.path.dirname(request["path"])
    if not os.path.isdir(folder):
        return {"id": request["id"], "error": "there is no '%s'" % folder}
    names = sorted(name for name in os.listdir(folder) if name.endswith(".c"))
    found = []
    for number, name in enumerate(names):
        say({"id": request["id"], "progress": {
            "message": "%d of %d files" % (number, len(names)),
            "percentage": 100 * number // len(names)}})
        path = os.path.join(folder, name)
        hold(text_of(path, request["buffers"]))
        found += findings(path, request["buffers"], None)[0]
    return {"id": request["id"], "findings": found, "functions": None, "of": None,
            "files": [{"file": os.path.join(folder, name), "why": ""} for name in names]}


def main():
    for line in sys.stdin:
        if LOG:
            with open(LOG, "a", encoding="utf-8") as log:
                log.write(line)
        request = json.loads(line)
        if request["do"] == "start":
            say({"ready": {"version": "0 (LLVM 0)", "rules": RULES}})
        elif request["do"] in ("analyse", "rescan"):
            say({"analyse": analyse, "rescan": rescan}[request["do"]](request))
            if request.get("why") == "save":
                say({"renew": renewed(request)})


main()
