"""Usage: back_resident.py FOLDER -- FLAG...   A ddi-check that stays is asked so that it
can keep what it has parsed, and is started again when it has died."""
import json
import os
import signal
import stat

from back_client import Back
from drivers import arguments, fresh, is_running, path, wait

folder, flags = arguments()
r = fresh(folder, flags, "a", "b")
A, B, HEADER = path(r, "a.c"), path(r, "b.c"), path(r, "a.h")
log = os.environ["RESIDENT_LOG"] = path(r, "log")
os.environ["REAL_DDI_CHECK"] = os.environ["DDI_CHECK"]
fake = path(r, "fake")
with open(os.path.join(os.path.dirname(__file__), "resident.py")) as file:
    r.write("fake", file.read())
os.chmod(fake, stat.S_IRWXU)
os.environ["DDI_CHECK"] = fake


def noted():
    with open(log) as file:
        return [json.loads(line) for line in file]


def processes():
    return [one["started"] for one in noted() if "started" in one]


def asked():
    return [one for one in noted() if "build" in one]


def said(answer):
    """The message of the one finding, which is the text that was analysed."""
    return [one["message"] for one in answer["findings"]]


# The command, its folder and its overlay stay; the text is another one.
back = Back(r.folder, index="off")
with open(A) as file:
    disk = file.read()
answer = back.analyse(A)
assert said(answer) == [disk] and answer["functions"] is None, answer
answer = back.analyse(A, "edit", {A: "text 1"}, lines=[[1, 1]])
assert said(answer) == ["text 1"] and answer["functions"] == ["f"], answer
overlay = next(word for word in reversed(asked()[0]["words"]) if word.endswith(".yaml"))
with open(overlay) as file:
    before = file.read()
assert said(back.analyse(A, "edit", {A: "text 2"})) == ["text 2"]
r.write("a.c", "text 3")
assert said(back.analyse(A, "save")) == ["text 3"]
assert said(back.analyse(B, "edit", {B: "text 4"})) == ["text 4"]
assert said(back.analyse(A, "edit", {A: "text 5"})) == ["text 5"]
with open(overlay) as file:
    assert file.read() == before
of_a = [one for one in asked() if one["file"] == A]
assert len({one["build"] for one in of_a}) == 1, of_a
assert len({tuple(one["words"]) for one in of_a}) == 1, of_a
assert len(processes()) == 1, noted()
assert [one["lines"] is not None for one in of_a] == [False, True, False, False, False], of_a
assert of_a[1]["lines"] == [[1, 1]] and of_a[0]["index"] == ""

# Lines of a header are none of the source; its text is shown once it has one.
r.write("a.c", '#include "a.h"\n')
answer = back.analyse(HEADER, "edit", {HEADER: "new"}, lines=[[1, 1]])
assert answer["of"] == A and asked()[-1]["lines"] is None
with open(overlay) as file:
    roots = {one["name"]: one["external-contents"] for one in json.load(file)["roots"]}
with open(roots[HEADER]) as file:
    assert file.read() == "new"
back.analyse(A)
with open(roots[HEADER]) as file, open(HEADER) as real:
    assert file.read() == real.read()

# What is wrong with one request costs no other.
for text, error in (("error", "this is wrong"), ("nonsense", "not known"),
                    ("less", "not known"), ("die", "crashed (status -11"),
                    ("die with words", "last words")):
    assert error in back.analyse(A, "edit", {A: text})["error"], text
    assert said(back.analyse(A, "edit", {A: "fine"})) == ["fine"], text
assert len(processes()) == 4, "it was started again only when it had to be"

# When it dies between two requests, nobody notices.
os.kill(processes()[-1], signal.SIGKILL)
wait(lambda: not is_running(processes()[-1]))
assert said(back.analyse(A, "edit", {A: "fine"})) == ["fine"]

# A request that is cancelled ends, and the process stays.
count = len(processes())
number = back.ask(A, "edit", {A: "wait"})
wait(lambda: asked()[-1]["text"] == "wait")
back.tell({"do": "cancel", "id": number})
assert back.answer(number).get("cancelled") is True
assert noted()[-1] == {"cancel": asked()[-1]["id"]}, noted()[-1]
number = back.ask(A, "edit", {A: "wait again"})
wait(lambda: asked()[-1]["text"] == "wait again")
later = back.ask(A, "edit", {A: "newer"})
assert back.answer(number).get("cancelled") is True
assert said(back.answer(later)) == ["newer"]
assert len(processes()) == count

# One that does not hear is killed.
number = back.ask(A, "edit", {A: "deaf"})
wait(lambda: asked()[-1]["text"] == "deaf")
back.tell({"do": "cancel", "id": number})
assert back.answer(number).get("cancelled") is True
assert said(back.analyse(A, "edit", {A: "fine"})) == ["fine"]
assert len(processes()) == count + 1
assert not is_running(processes()[-2])

# Another configuration is another process; a time limit counts.
r.write("ddi-check.yaml", "strictness: sdv\n")
assert said(back.analyse(A, "edit", {A: "fine"})) == ["fine"]
assert len(processes()) == count + 2
back.start(r.folder, index="off", limit=1)
assert "longer than 1 s" in back.analyse(A, "edit", {A: "wait"})["error"]
assert back.end() == 0
wait(lambda: not any(map(is_running, processes())))

# It dies with the back.
back = Back(r.folder, index="off")
back.analyse(A)
back.end(signal.SIGKILL)
wait(lambda: not any(map(is_running, processes())))
