"""Usage: back_process.py FOLDER -- FLAG...   What goes wrong is told in a line, and
nothing stays when the back ends."""
import json
import os
import signal
import stat
import subprocess

from back_client import Back, rules
from drivers import REGION, Slow, arguments, fresh, is_running, path, wait

folder, flags = arguments()
r = fresh(folder, flags, "bad", "good")
BAD, GOOD = path(r, "bad.c"), path(r, "good.c")
FOUND = [("bad.c", 5, REGION)]
temporary = os.environ["TMPDIR"] = path(r, "tmp")
os.mkdir(temporary)
slow = Slow(r.folder)


def program(name, text):
    """A program that is the real one but for analyses, and does not stay."""
    r.write(name, """#!/bin/sh
case "$*" in
  *--report*) %s;;
  *--help-hidden*) exec '%s' --help;;
esac
exec '%s' "$@"
""" % (text, os.environ["DDI_CHECK"], os.environ["DDI_CHECK"]))
    os.chmod(path(r, name), stat.S_IRWXU)
    return path(r, name)


def error(number):
    told = back.answer(number)
    assert set(told) == {"id", "error"} and "\n" not in told["error"], told
    return told["error"]


# What is ready.
back = Back()
ready = back.start(r.folder, index="off")
assert "(LLVM " in ready["version"], ready["version"]
assert set(ready["rules"][REGION]) == {"summary", "text", "url", "bad", "good"}
assert rules(back.analyse(BAD)) == FOUND

# Lines that cannot be done, each with one line in return; then work goes on.
for line, told in ((b"{", "no JSON"), (b"\xff", "no JSON"), (b"[" * 100000, "no JSON"),
                   (b"[]", "no object"), (b"{}", "known to do"),
                   (b'{"do": ["start"]}', "known to do"), (b'{"do": "nothing"}', "known"),
                   (b'{"do": "analyse"}', "'path'"),
                   (b'{"do": "analyse", "path": "a.c"}', "absolute"),
                   (b'{"do": "analyse", "path": "/a\\u0000.c"}', "'path'"),
                   (b'{"do": "analyse", "path": "/a.c"}', "'id'"),
                   (b'{"do": "analyse", "path": "/a.c", "id": [1]}', "'id'"),
                   (b'{"do": "cancel"}', "'id'"), (b'{"do": "rescan", "id": 1}', "'path'"),
                   (b'{"do": "start"}', "'root'"),
                   (b'{"do": "start", "root": "/", "options": 7}', "'options'"),
                   (b'{"do": "start", "root": "/", "options": {"index": "x"}}', "index"),
                   (b'{"do": "start", "root": "/", "options": {"build": 1}}', "build"),
                   (b'{"do": "start", "root": "/", "options": {"pathMap": "x"}}', "pathMap")):
    back.raw(line)
    answer = back.take()
    assert told in answer["error"] and "\n" not in answer["error"], (line, answer)
for wrong in ({"buffers": []}, {"buffers": {"a.c": ""}}, {"buffers": {BAD: 1}},
              {"lines": 7}, {"lines": [[1]]}, {"why": 7}):
    back.tell({"do": "analyse", "id": "x", "path": BAD, **wrong})
    assert list(wrong)[0] in error("x"), wrong
back.raw(b"\n  ")
assert rules(back.analyse(BAD)) == FOUND
back.tell({"do": "forget"})
assert rules(back.analyse(BAD, buffers={BAD: "\ud800"})) == []
assert rules(back.analyse(BAD, buffers={GOOD: "x" * 20000000})) == FOUND
back.tell({"do": "analyse", "id": "text", "path": BAD, "new": {}})
assert rules(back.answer("text")) == FOUND

# Paths of which there is no file, or that are none.
for one in (path(r, "none.c"), r.folder, "/", path(r, "x" * 5000 + ".c"), "/dev/null"):
    answer = back.analyse(one)
    assert "error" in answer or answer["files"][0]["why"], answer

# A database that is none, or of which an entry is not one; a file that says so itself.
r.write("build/compile_commands.json", "[1, 2]")
assert "entry 1" in error(back.ask(BAD))
r.compile("bad.c")
assert rules(back.analyse(BAD)) == FOUND
r.write("ddi-check.yaml", "wdk: {root: none}\n")
assert "none" in error(back.ask(BAD))
r.write("ddi-check.yaml", "roles: {badWrite: NO_ROLE}\n")
assert "gives no role" in error(back.ask(BAD))
os.unlink(path(r, "ddi-check.yaml"))

# ddi-check is not there, is something else, crashes, takes too long or talks nonsense.
back.tell({"do": "start", "root": r.folder, "options": {"ddiCheck": path(r, "none")}})
assert "is no program" in back.take()["error"]
assert "is no program" in error(back.ask(BAD))
assert "is no program" in error(back.ask(BAD, do="rescan"))
back.tell({"do": "start", "root": r.folder, "options": {"ddiCheck": "/bin/true"}})
assert "is no ddi-check" in back.take()["error"]
back.tell({"do": "start", "root": r.folder, "options": {"ddiCheck": path(r, "later")}})
assert "is no program" in back.take()["error"]
program("later", "")
assert rules(back.analyse(BAD)) == FOUND, "it is there now"
assert "ready" in back.told.pop(0)
os.unlink(path(r, "later"))
assert "later" in error(back.ask(BAD))
for name, text, told in (
        ("crash", "kill -SEGV $$", "crashed (status -11"),
        ("angry", "echo 'ddi-check: error: too wet' >&2; exit 1", "too wet"),
        ("mute", "exit 0", "in a way that is not known"),
        ("odd", "echo '[]'; exit 2", "in a way that is not known"),
        ("late", "sleep 100", "longer than 1 s")):
    back.start(r.folder, index="off", ddiCheck=program(name, text), limit=1)
    assert told in error(back.ask(BAD)), name
    assert told in error(back.ask(BAD)), name
    if name != "late":
        assert told in error(back.ask(BAD, do="rescan")), name
back.start(r.folder, index="off")
assert rules(back.analyse(BAD)) == FOUND
assert back.end() == 0
assert os.listdir(temporary) == [], os.listdir(temporary)

# What is cancelled is killed, with all that it has started.
child = path(r, "child")
back = Back(r.folder, index="off",
            ddiCheck=program("parent", "echo $$ >>%s; sleep 1000 & echo $! >>%s; wait" %
                             (child, child)))


def children():
    try:
        with open(child) as file:
            return [int(line) for line in file]
    except FileNotFoundError:
        return []


number = back.ask(BAD)
wait(lambda: len(children()) == 2)
back.tell({"do": "cancel", "id": number})
assert back.answer(number).get("cancelled") is True
wait(lambda: not any(map(is_running, children())))

# Nothing runs, and nothing is left, when the back ends in the midst of work.
for how, status in ((None, 0), (signal.SIGTERM, 143), (signal.SIGINT, 130)):
    if os.path.exists(child):
        os.unlink(child)
    back.ask(BAD)
    wait(lambda: len(children()) == 2)
    assert back.end(how) == status, how
    wait(lambda: not any(map(is_running, children())))
    assert os.listdir(temporary) == [], os.listdir(temporary)
    back = Back(r.folder, index="off", ddiCheck=path(r, "parent"))
back.end()

# So it is with an index that is being made.
slow.open(".file")
back = Back(r.folder, cache=path(r, "cache"), ddiCheck=slow.program)
assert rules(back.analyse(BAD)) == FOUND
wait(lambda: slow.begun("index"))
assert back.end(signal.SIGTERM) == 143
wait(lambda: not any(map(is_running, slow.processes())))
assert os.listdir(temporary) == [], os.listdir(temporary)

# When it is killed, ddi-check dies too, and the next one removes what is left.
slow.close()
back = Back(r.folder, index="off", ddiCheck=slow.program)
back.ask(BAD)
wait(slow.begun)
back.end(signal.SIGKILL)
wait(lambda: not any(map(is_running, slow.processes())))
assert len(os.listdir(temporary)) == 1
back = Back(r.folder, index="off")
other = Back(r.folder, index="off")
assert len(os.listdir(temporary)) == 2, "one for each that runs"
assert back.end() == other.end() == 0
assert os.listdir(temporary) == []

# A front that hears no more.
hears, says = os.pipe()
with subprocess.Popen(["/usr/bin/python3", "-m", "ddi.lsp.back"], stdout=says,
                      stdin=subprocess.PIPE) as deaf:
    os.close(hears)
    os.close(says)
    deaf.stdin.write(b"{}\n")
    deaf.stdin.flush()
    assert deaf.wait(60) == 143
assert os.listdir(temporary) == []

# A folder for temporary files that is not there.
os.environ["TMPDIR"] = path(r, "tmp/none")
back = Back(r.folder, index="off")
assert json.dumps(rules(back.analyse(BAD)))
back.end()
