"""Usage: back_cancel.py FOLDER -- FLAG...   A newer analysis counts, in the order in which
they matter, and errors cost nothing but their own request."""
from back_client import Back, rules
from drivers import REGION, Slow, arguments, driver, fresh, path, wait

folder, flags = arguments()
r = fresh(folder, flags, "bad", "good", "more")
BAD, GOOD, MORE = (path(r, name) for name in ("bad.c", "good.c", "more.c"))
slow = Slow(r.folder)
back = Back(r.folder, index="off", ddiCheck=slow.program)


def is_cancelled(number):
    return back.answer(number).get("cancelled") is True


# A newer analysis of the same file cancels the one that runs, and those that wait.
slow.close()
first = back.ask(BAD)
wait(lambda: slow.begun() == ["bad.c"])
second = back.ask(BAD, "edit", {BAD: driver("bad", is_right=True)})
assert is_cancelled(first)
wait(lambda: slow.begun() == ["bad.c"] * 2)
waiting = back.ask(GOOD, "edit")
third = back.ask(GOOD, "edit")
assert is_cancelled(waiting)
slow.open()
assert rules(back.answer(second)) == []
assert rules(back.answer(third)) == []

# Of those that wait, the newest goes first, and an edit after all others.
slow.close()
numbers = [back.ask(BAD)]
wait(lambda: slow.begun() == ["bad.c"])
numbers += [back.ask(MORE, "edit"), back.ask(GOOD, "open"),
            back.ask(path(r, "good.h"), "save"), back.ask(path(r, "more.h"), "edit")]
slow.open()
for number in numbers:
    rules(back.answer(number))
assert slow.begun() == ["bad.c", "good.c", "good.c", "more.c", "more.c"], slow.begun()

# What is cancelled is said to be so, whether it runs or waits; the rest goes on.
slow.close()
first = back.ask(BAD)
wait(lambda: slow.begun() == ["bad.c"])
second, third = back.ask(GOOD), back.ask(MORE)
for number in (second, first, 77, first):
    back.tell({"do": "cancel", "id": number})
assert is_cancelled(first) and is_cancelled(second)
slow.open()
assert rules(back.answer(third)) == []
back.tell({"do": "cancel", "id": third})
assert rules(back.analyse(BAD)) == [("bad.c", 5, REGION)]
assert back.end() == 0
