"""Usage: back_drivers.py FOLDER -- FLAG...   A file is analysed as a part of its driver,
of which an index is kept."""
import json
import os

from back_client import Back, rules, why
from drivers import Slow, across, arguments, path, replace, wait

folder, flags = arguments()
APART = [("regions.c", 3, "wdm.CriticalRegions"), ("regions.c", 5, "wdm.CriticalRegions")]
WHOLE = [("entries.c", 83, "wdm.WithinCriticalRegion"),
         ("locks.c", 7, "wdm.ExclusiveResourceAccess"),
         ("regions.c", 5, "wdm.WithinCriticalRegion"),
         ("regions.c", 12, "wdm.IrqlZwPassive")]
r = across(folder, flags)
ENTRIES, REGIONS = path(r, "entries.c"), path(r, "regions.c")
cache = os.path.join(r.folder, "cache")
indexes = os.path.join(cache, "lsp")


def started(**options):
    return Back(r.folder, cache=cache, **options)


def renewed(back):
    """The paths of which the back says that they are to be analysed again."""
    return sorted(back.until(lambda one: "renew" in one)["renew"])


def index():
    """The one index that is there."""
    names = os.listdir(indexes)
    assert len(names) == 1 and names[0].endswith(".index"), names
    return os.path.join(indexes, names[0])


# Without an index, a file is all that is known.
back = started(index="off")
assert rules(back.analyse(REGIONS)) == APART
assert rules(back.analyse(REGIONS, "save")) == APART
assert back.end() == 0
assert not os.path.exists(indexes)

# An index is made when the first file is open, and who may be told by it is named.
back = started()
assert rules(back.analyse(REGIONS)) == APART
assert renewed(back) == [REGIONS]
assert rules(back.analyse(REGIONS, "edit")) == []
assert rules(back.analyse(ENTRIES)) == WHOLE
written = os.stat(index()).st_mtime_ns

# A save brings it up to date, for all files of the driver.
replace(r, "regions.c", "  ZwClose(handle);", "")
assert rules(back.analyse(REGIONS, "save")) == []
assert renewed(back) == [ENTRIES, REGIONS]
assert rules(back.analyse(ENTRIES)) == WHOLE[:3]
replace(r, "regions.c", "CloseIt(HANDLE handle) {", "CloseIt(HANDLE handle) {ZwClose(handle);")
assert rules(back.analyse(path(r, "across.h"), "save")) == WHOLE[:3]
assert ENTRIES in renewed(back), "a header that is saved is of the driver, too"
assert ("regions.c", 11, "wdm.IrqlZwPassive") in rules(back.analyse(ENTRIES))
replace(r, "regions.c", "{ZwClose(handle);", "{\n  ZwClose(handle);")
back.analyse(REGIONS, "save")
renewed(back)
assert back.end() == 0

# A save counts, even if its analysis is cancelled; so does another database.
slow = Slow(r.folder)
slow.open()
os.unlink(index())
back = started(ddiCheck=slow.program)
back.analyse(REGIONS)
assert renewed(back) == [REGIONS]
slow.close()
slow.open(".index")
number = back.ask(ENTRIES, "edit")
wait(slow.begun)
replace(r, "regions.c", "  ZwClose(handle);", "")
back.tell({"do": "cancel", "id": back.ask(REGIONS, "save")})
slow.open()
assert rules(back.answer(number)) == WHOLE
back.analyse(REGIONS, "edit")
assert renewed(back) == [ENTRIES, REGIONS]
r.compile("either.c")
back.analyse(REGIONS, "edit")
assert renewed(back) == [ENTRIES, REGIONS]
replace(r, "regions.c", "handle) {\n", "handle) {\n  ZwClose(handle);")
r.commands.pop()
r.write("build/compile_commands.json", json.dumps(r.commands))
back.analyse(REGIONS, "save")
renewed(back)
assert back.end() == 0
slow.close()

# It is there for the next session, and one that says the same is no news.
slow = Slow(r.folder)
slow.open()
back = started(ddiCheck=slow.program)
assert rules(back.analyse(REGIONS)) == []
wait(lambda: slow.begun("index"))
assert rules(back.analyse(ENTRIES)) == WHOLE
number = back.ask(ENTRIES, do="rescan")
assert rules(back.answer(number)) == WHOLE
assert not [one for one in back.told if "renew" in one], back.told
assert len(slow.begun("index")) == 2, "once a session, and when it was asked for"

# One of another build is made anew, and is no error.
with open(index(), "r+b") as file:
    file.readline()
    file.write(b"?")
assert rules(back.analyse(REGIONS)) == APART
assert REGIONS in renewed(back)
assert rules(back.analyse(REGIONS)) == []
with open(index(), "wb") as file:
    file.write(b"no index")
assert rules(back.analyse(REGIONS)) == APART
assert REGIONS in renewed(back)
assert back.end() == 0

# It is made at low priority, and no analysis waits for it.
os.unlink(index())
slow.close()
slow.open(".file")
back = started(ddiCheck=slow.program)
assert rules(back.analyse(REGIONS)) == APART
wait(lambda: slow.begun("index"))
for _ in range(3):
    assert rules(back.analyse(REGIONS, "save")) == APART
    assert rules(back.analyse(ENTRIES, "edit"))
nice = {kind: int(value) for kind, value, _, _ in slow.runs()}
assert nice["index"] > nice["file"] or nice["file"] >= 19, slow.runs()
assert len(slow.begun("index")) == 1, "two were made at once: %s" % slow.runs()

# Who asks for the whole driver goes before.
number = back.ask(REGIONS, do="rescan")
wait(lambda: len(slow.begun("index")) == 2)
slow.open(".index")
answer = back.answer(number)
assert rules(answer) == WHOLE and answer["of"] is None and answer["functions"] is None
assert sorted(os.path.basename(one["file"]) for one in answer["files"]) == [
    "entries.c", "locks.c", "regions.c", "through.c"]
steps = [one["progress"] for one in back.told if one.get("id") == number]
assert steps and all(0 <= one["percentage"] <= 100 for one in steps), steps
assert "4 of 4 files" in [one["message"] for one in steps], steps
assert renewed(back) == [ENTRIES, REGIONS]
assert rules(back.analyse(REGIONS)) == []

# Unsaved text counts in it, of sources and of headers.
with open(REGIONS) as file:
    text = file.read()
number = back.ask(REGIONS, buffers={REGIONS: "\n" + text.replace("  ZwClose", "//")},
                  do="rescan")
assert rules(back.answer(number)) == [
    (name, line + (name == "regions.c"), rule) for name, line, rule in WHOLE[:3]]
number = back.ask(REGIONS, buffers={path(r, "across.h"): "int x = ;"}, do="rescan")
answer = back.answer(number)
assert len(answer["files"]) == 4 and all("across.h:1:" in one["why"]
                                         for one in answer["files"]), answer
assert rules(back.answer(back.ask(REGIONS, do="rescan"))) == WHOLE

# A scan of the driver that is cancelled, or cannot be.
slow.close()
slow.open(".file")
number = back.ask(REGIONS, do="rescan")
wait(lambda: slow.begun("index"))
later = back.ask(REGIONS, do="rescan")
for one in (later, number):
    back.tell({"do": "cancel", "id": one})
assert back.answer(number).get("cancelled") is True
assert back.answer(later).get("cancelled") is True
slow.open()
assert "of no driver" in back.answer(back.ask(path(r, "none.c"), do="rescan"))["error"]
replace(r, "through.c", "#include", "#include <none.h>\n#include")
answer = back.answer(back.ask(REGIONS, do="rescan"))
assert ["none.h" in one["why"] for one in answer["files"]
        if one["file"].endswith("through.c")] == [True], answer
assert "regions.c" in str(rules(answer))
assert back.end() == 0

# Each project of a database is a driver of its own.
r = across(folder, flags, project="one.vcxproj")
r.compile("either.c", "two.vcxproj")
back = started()
assert rules(back.analyse(REGIONS)) == APART
assert renewed(back) == [REGIONS]
answer = back.answer(back.ask(REGIONS, do="rescan"))
assert len(answer["files"]) == 4, answer
assert not why(back.analyse(path(r, "either.c")))
wait(lambda: len(os.listdir(indexes)) == 2)
answer = back.answer(back.ask(path(r, "either.c"), do="rescan"))
assert len(answer["files"]) == 1, answer
assert back.end() == 0

# A cache that cannot be written costs no analysis.
r.write("file", "")
back = Back(r.folder, cache=path(r, "file/cache"))
answer = back.analyse(REGIONS)
assert rules(answer) == APART, answer
assert "cannot keep" in back.answer(back.ask(REGIONS, do="rescan"))["error"]
assert back.end() == 0
