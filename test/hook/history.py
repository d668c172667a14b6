"""What a commit is compared with. Usage: history.py FOLDER -- FLAG..."""
import os
import sys

from hooked import CLEAN, Hooked, driver

folder, _, *flags = sys.argv[1:]

# The first commit has nothing to compare with, but for the baseline.
r = Hooked(folder, flags)
assert r.check(status=0) == "", "nothing is staged"
r.add("one", is_right=False)
r.add("two", is_right=True)
r.git("add", ".")
r.check(status=2, told="1 finding in 2 files")
r.scan("-p", "build", "--baseline", "known.json", "--update-baseline", status=0)
r.check("--baseline", "known.json", status=0, told=CLEAN)
r.write("ddi-check.yaml", "baseline: known.json\n")
r.git("add", ".")
r.check(status=0, told=CLEAN + "2 files")
r.change("two", is_right=False)
r.git("add", ".")
r.check(status=2, told="two.c:5:3: warning: ", untold="one.c")
r.write("ddi-check.yaml", "baseline: known.json\nseverity: {wdm: note}\n")
r.check(status=0, told="two.c:5:3: note: ")
r.write("ddi-check.yaml", "baseline: known.json\nfail-on: error\n")
r.check(status=0, told="two.c:5:3: warning: ")
r.write("ddi-check.yaml", "exclude: ['t*.c']\n")
r.check(status=2, told="one.c:5:3: warning: ", untold="two.c")
r.write("ddi-check.yaml", "fail-on: never\n")
r.check(status=0, told="two.c:5:3: warning: ")
os.unlink(os.path.join(r.folder, "ddi-check.yaml"))

# A merge has two parents; what either has is known, what it makes itself is new.
r = Hooked(folder, flags, good=["one"], bad=["two"])
text = driver("one", is_right=True)
mistake = driver("one", is_right=False).replace("oneWrite", "Other")
r.git("branch", "theirs")
r.write("one.c", text + "// ours\n")
r.commit()
r.git("checkout", "-q", "theirs")
r.write("one.c", text + mistake + "// theirs\n")
r.add("three", is_right=False)
r.commit()
r.git("checkout", "-q", "main")
r.run("git", "merge", "theirs", status=1, told="CONFLICT")
r.write("one.c", text + mistake + "// ours\n// theirs\n")
r.git("add", ".")
r.check(status=0, told=CLEAN + "1 file")
r.write("one.c", text + mistake + mistake.replace("Other", "Third") + "// ours\n")
r.git("add", ".")
r.check(status=2, told="in 1 file", untold="2 findings")
r.check("one.c", "three.c", status=2, told="1 finding in 2 files", untold="three.c:5")

# Files that are named: only they; all that is in one that is not staged.
r = Hooked(folder, flags, good=["one"], bad=["two"])
r.change("one", is_right=False)
r.git("add", ".")
r.check("one.c", status=2, told="1 finding in 1 file")
r.check("two.c", status=2, told="two.c:5:3: warning: ", untold="one.c")
r.check("two.h", status=0, told=CLEAN + "1 file")
os.makedirs(os.path.join(r.folder, "sub"))
r.check("../two.c", folder="sub", status=2, told="two.c:5:3: warning: ", untold="one.c")
r.git("rm", "-q", "--cached", "one.h")
r.check("two.c", status=2, told="in 2 files")

# Many commits, of which pre-commit tells.
r = Hooked(folder, flags, good=["one"], bad=["two"])
r.change("one", is_right=False)
r.commit()
assert r.check(status=0) == ""
os.environ["PRE_COMMIT_FROM_REF"] = "HEAD~"
r.check(status=2, told="one.c:5:3: warning: ")
r.check("one.c", "two.c", status=2, told="one.c:5:3: warning: ")
os.environ["PRE_COMMIT_FROM_REF"] = "nowhere"
r.check(status=1, told="'nowhere' is no revision")
del os.environ["PRE_COMMIT_FROM_REF"]

# Submodules count as they are committed.
r = Hooked(folder, flags, good=["one"])
inner = Hooked(folder + ".inner", flags, good=["four"], bad=["five"])
r.submodule("add", inner.folder, "part")
for name in ("four", "five"):
    r.compile("part/%s.c" % name, driver=name)
r.check(status=2, told="part/five.c:5:3: warning: ", untold="four.c")
r.commit()
part = r.other("part")
part.change("four", is_right=False)
assert r.check(status=0) == ""
part.commit()
assert r.check(status=0) == "", "not staged"
r.git("add", "part")
r.check(status=2, told="part/four.c:5:3: warning: ", untold="five.c")
r.check("one.c", status=2, told="part/four.c:5:3: warning: ")
part.change("four", is_right=True)
r.check(status=2, told="part/four.c:5:3: warning: ")
part.commit()
r.check(status=2, told="part/four.c:5:3: warning: ")
r.git("add", "part")
assert r.check(status=0) == "", "as in HEAD"
part.git("rm", "-q", "five.c")
part.commit()
r.git("add", "part")
r.commit()
r.submodule("deinit", "-f", "part")
r.git("rm", "-q", "--cached", "part")
assert r.check(status=0) == ""

# A work tree beside the first, and a folder in it.
r = Hooked(folder, flags, good=["one"], bad=["two"])
beside = r.beside(folder + ".beside")
beside.compile("one.c")
beside.change("one", is_right=False)
beside.git("add", ".")
beside.check(status=2, told="one.c:5:3: warning: ")
os.makedirs(os.path.join(beside.folder, "sub"))
beside.check(status=2, told="one.c:5:3: warning: ", folder="sub")
assert r.check(status=0) == ""
