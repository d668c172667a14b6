"""Usage: back_cancel.py FOLDER -- FLAG...   A newer analysis counts, in the order in which
they matter, and errors cost nothing but their own request."""
import os
import stat
import time

from back_client import Back, rules
from drivers import REGION, arguments, driver, fresh, path

folder, flags = arguments()
r = fresh(folder, flags, "bad", "good", "more")
REAL = os.environ["DDI_CHECK"]
GATE, BEGUN = path(r, "gate"), path(r, "begun")
# Says that it has begun with a file, and waits until there is a gate.
r.write("slow", """#!/bin/sh
case "$*" in
  *--report*) for file; do :; done; echo "${file##*/}" >>'%s'
  while [ ! -e '%s' ]; do sleep 0.05; done;;
esac
exec '%s' "$@"
""" % (BEGUN, GATE, REAL))
os.chmod(path(r, "slow"), stat.S_IRWXU)
BAD, GOOD, MORE = (path(r, name) for name in ("bad.c", "good.c", "more.c"))
back = Back(r.folder, index="off", ddiCheck=path(r, "slow"))


def begun():
    """The files with which the program has begun."""
    try:
        with open(BEGUN) as file:
            return file.read().split()
    except FileNotFoundError:
        return []


def wait(is_so):
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    back.fail("waited too long; begun: %s" % begun())


def is_cancelled(number):
    return back.answer(number).get("cancelled") is True


def opened():
    with open(GATE, "w"):
        pass


def closed():
    for name in (GATE, BEGUN):
        if os.path.exists(name):
            os.unlink(name)


# A newer analysis of the same file cancels the one that runs, and those that wait.
closed()
first = back.ask(BAD)
wait(lambda: begun() == ["bad.c"])
second = back.ask(BAD, "edit", {BAD: driver("bad", is_right=True)})
assert is_cancelled(first)
wait(lambda: begun() == ["bad.c"] * 2)
waiting = back.ask(GOOD, "edit")
third = back.ask(GOOD, "edit")
assert is_cancelled(waiting)
opened()
assert rules(back.answer(second)) == []
assert rules(back.answer(third)) == []

# Of those that wait, the newest goes first, and an edit after all others.
closed()
numbers = [back.ask(BAD)]
wait(lambda: begun() == ["bad.c"])
numbers += [back.ask(MORE, "edit"), back.ask(GOOD, "open"),
            back.ask(path(r, "good.h"), "save"), back.ask(path(r, "more.h"), "edit")]
opened()
for number in numbers:
    rules(back.answer(number))
assert begun() == ["bad.c", "good.c", "good.c", "more.c", "more.c"], begun()

# What is cancelled is said to be so, whether it runs or waits; the rest goes on.
closed()
first = back.ask(BAD)
wait(lambda: begun() == ["bad.c"])
second, third = back.ask(GOOD), back.ask(MORE)
for number in (second, first, 77, first):
    back.tell({"do": "cancel", "id": number})
assert is_cancelled(first) and is_cancelled(second)
opened()
assert rules(back.answer(third)) == []
back.tell({"do": "cancel", "id": third})
assert rules(back.analyse(BAD)) == [("bad.c", 5, REGION)]
assert back.end() == 0
