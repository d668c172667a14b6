"""Usage: back_buffers.py FOLDER -- FLAG...   What the editor has counts, in sources and
in headers."""
import os

from back_client import Back, rules, why
from drivers import HEADER, REGION, arguments, driver, fresh, path

folder, flags = arguments()
r = fresh(folder, flags, "bad", "good")
BAD, GOOD = path(r, "bad.c"), path(r, "good.c")
right, wrong = (driver("bad", is_right) for is_right in (True, False))
back = Back(r.folder, index="off")

# Unsaved text counts, and the disk again when it is gone.
assert rules(back.analyse(BAD)) == [("bad.c", 5, REGION)]
assert rules(back.analyse(BAD, "edit", {BAD: right})) == []
assert rules(back.analyse(BAD, "edit", {BAD: "\n" + wrong})) == [("bad.c", 6, REGION)]
assert rules(back.analyse(BAD, "edit", {BAD: wrong})) == [("bad.c", 5, REGION)]
answer = back.analyse(BAD, "edit", {BAD: "/* \U0001f600 \uac00 */\r\n" + wrong})
assert rules(answer) == [("bad.c", 6, REGION)]
finding = answer["findings"][0]
assert finding["at"]["file"] == BAD and finding["fix"][0]["file"] == BAD, finding
assert all(step["at"]["file"] == BAD for step in finding["path"]), finding
at = ("/* \U0001f600 \uac00 */\r\n" + wrong).encode().index(b"ExAcquire")
assert finding["fix"][0]["offset"] == at, "offsets are of the text that was sent"
assert rules(back.analyse(BAD)) == [("bad.c", 5, REGION)]
assert rules(back.analyse(GOOD, "edit", {BAD: "int"})) == []

# A buffer that does not parse.
answer = back.analyse(BAD, "edit", {BAD: wrong + "int x("})
assert "bad.c:" in why(answer) and answer["findings"] == [], answer

# Unsaved text of a header counts in sources, and one that is not on disk at all.
held = HEADER.replace("typedef", "#define KeEnterCriticalRegion() ((void)0)\n"
                      "#define KeLeaveCriticalRegion() ((void)0)\ntypedef")
assert rules(back.analyse(GOOD, "edit", {path(r, "good.h"): held})) == \
    [("good.c", 6, REGION)]
assert "good.h:1:" in why(back.analyse(GOOD, "edit", {path(r, "good.h"): "int x = ;"}))
assert rules(back.analyse(BAD, "edit", {
    BAD: right.replace("\n", '\n#include "new.h"\n', 1),
    path(r, "new.h"): "#define KeEnterCriticalRegion() 0\n"
                      "#define KeLeaveCriticalRegion() 0\n"})) == [("bad.c", 7, REGION)]

# A header is analysed through a source that brings it in, by another header; what is
# found in both is told.
INLINE = driver("inline", is_right=False).replace('#include "inline.h"\n', "").replace(
    "NTSTATUS", "static NTSTATUS").replace("DRIVER_DISPATCH inlineWrite;\n", "")
CALL = "NTSTATUS Call(PDEVICE_OBJECT d, PIRP i) { return inlineWrite(d, i); }\n" \
    "DRIVER_INITIALIZE DriverEntry;\nNTSTATUS DriverEntry(PDRIVER_OBJECT d, " \
    "PUNICODE_STRING u) { d->MajorFunction[0] = Call; return STATUS_SUCCESS; }\n"
r.write("inner.h", INLINE)
r.write("bad.h", HEADER + '#include "inner.h"\n')
r.write("bad.c", wrong + CALL)
for name in ("inner.h", "bad.h"):
    answer = back.analyse(path(r, name))
    assert answer["of"] == BAD, answer
    assert [one[0] for one in rules(answer)] == ["bad.c", "inner.h"], answer
    assert {one["at"]["file"] for one in answer["findings"]} == {
        BAD, path(r, "inner.h")}
answer = back.analyse(path(r, "inner.h"), "edit", {
    path(r, "inner.h"): INLINE.replace("  ExAcq", "  KeEnterCriticalRegion();\n  ExAcq")
    .replace("  return", "  KeLeaveCriticalRegion();\n  return")})
assert rules(answer) == [("bad.c", 5, REGION)], answer

# What is unsaved also says who includes it.
r.write("bad.h", HEADER)
assert "no source in" in why(back.analyse(path(r, "inner.h")))
answer = back.analyse(path(r, "inner.h"), "edit", {
    path(r, "good.h"): HEADER + '#include "inner.h"\n'})
assert answer["of"] == GOOD, answer
assert "no source in" in why(back.analyse(path(r, "inner.h"), "edit"))
r.write("good.h", HEADER + '#include "inner.h"\n')
assert back.analyse(path(r, "inner.h"), "save")["of"] == GOOD
r.write("good.h", HEADER)

# Of several sources it is the one that was analysed last.
for name in ("bad.h", "good.h"):
    r.write(name, HEADER + '#include "common.h"\n')
r.write("common.h", "#define COMMON 1\n")
back.analyse(GOOD)
assert back.analyse(path(r, "common.h"))["of"] == GOOD
r.write("common2.h", "#define COMMON 2\n")
r.write("common.h", '#include "common2.h"\n')
back.analyse(BAD)
assert back.analyse(path(r, "common2.h"))["of"] == BAD

# A source that another one includes.
r.write("part.c", "static void Part(void) {}\n")
r.write("good.c", '#include "part.c"\n' + driver("good", is_right=True))
answer = back.analyse(path(r, "part.c"))
assert answer["of"] == GOOD and not why(answer), answer

# A file on disk that is gone, but open, is analysed.
os.unlink(BAD)
assert rules(back.analyse(BAD, "edit", {BAD: wrong})) == [("bad.c", 5, REGION)]
assert "bad.c" in str(back.analyse(BAD))

# UTF-16 on disk, which changes.
r.write("wide.h", HEADER)
r.compile("wide.c")
for text, line in ((wrong, 5), ("\n" + wrong, 6)):
    with open(path(r, "wide.c"), "w", encoding="utf-16") as file:
        file.write(text.replace("bad.h", "wide.h"))
    answer = back.analyse(path(r, "wide.c"), "save")
    assert rules(answer) == [("wide.c", line, REGION)], answer

assert back.end() == 0
