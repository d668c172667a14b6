"""Usage: diff.py FOLDER INPUTS -- FLAG..."""
import os
import shutil
import sys

from repository import HEADER, Repository, driver

folder, _, _, *flags = sys.argv[1:]
REGION = "wdm.WithinCriticalRegion"
r = Repository(folder, flags)
for name in ("one", "two"):
    r.write(name + ".h", HEADER)
    r.write(name + ".c", driver(name, is_right=name == "one"))
    r.compile(name + ".c", driver=name)
r.commit()
assert r.findings(status=2) == [("two.c", REGION)]
assert r.findings("--diff", "HEAD", status=0) == [], "nothing has changed"

# A mistake is new where it is made; what was there is not told.
r.write("one.c", driver("one", is_right=False))
assert r.findings("--diff", "HEAD", status=2) == [("one.c", REGION)]
assert "1 file" in r.scan("-p", "build", "--diff", "HEAD"), "two.c cannot be affected"
r.write("two.c", "\n\n" + driver("two", is_right=False))
assert r.findings("--diff", "HEAD", status=2) == [("one.c", REGION)], "moved only"
r.git("checkout", "-q", ".")

# A header is a part of who includes it.
r.write("two.h", HEADER.replace("ERESOURCE", "FAST_MUTEX Other; ERESOURCE"))
assert r.findings("--diff", "HEAD", status=0) == []
assert "1 file" in r.scan("-p", "build", "--diff", "HEAD", "--fail-on", "warning")
r.git("checkout", "-q", ".")
r.write("one.h", HEADER + "\n#define KeEnterCriticalRegion() ((void)0)\n"
        "#define KeLeaveCriticalRegion() ((void)0)\n")
assert r.findings("--diff", "HEAD", status=2) == [("one.c", REGION)]

# Of headers with one name the one beside the file is meant, by quotation marks.
r.git("checkout", "-q", ".")
for name, directive in (("a", '"common.h"'), ("b", '"common.h"'), ("c", "<common.h>")):
    r.write(name + "/common.h", HEADER)
    r.write(name + "/use.c", driver(name, is_right=True).replace('"%s.h"' % name, directive))
    r.compile(name + "/use.c", driver=name)
    r.commands[-1]["arguments"].insert(1, "-I" + name)
r.compile("one.c", driver="one")
r.commit()
r.write("a/common.h", HEADER + "// more\n")
assert "2 files" in r.scan("-p", "build", "--diff", "HEAD"), "b/use.c cannot be affected"
r.git("checkout", "-q", ".")
r.git("rm", "-q", "a/common.h")
assert "1 file," in r.scan("-p", "build", "--diff", "HEAD", status=3), "it is missed"
r.git("reset", "-q", "--hard")
r.git("reset", "-q", "--hard", "HEAD~")
r.commands = r.commands[:2]

# A file that was not there is all new; one that is gone is nothing.
r.git("checkout", "-q", ".")
r.write("three.h", HEADER)
r.write("three.c", driver("three", is_right=False))
r.compile("three.c", driver="three")
assert r.findings("--diff", "HEAD", status=2) == [("three.c", REGION)]
assert r.findings("--diff", "HEAD", "--fail-on", "never", status=0)

r.scan("-p", "build", "--diff", "nowhere", status=1, error="'nowhere' is no revision")
r.scan("-p", "build", "--diff", "--output=x", status=1)

# A renamed file is what it was; an include that no name tells may be anything.
r.git("clean", "-fdq")
r.git("mv", "two.c", "sub.c")
r.commands = []
for name in ("one.c", "sub.c"):
    r.compile(name, driver=name[:3])
assert r.findings("--diff", "HEAD", status=0) == [], "a renamed file is new"
r.git("reset", "-q", "--hard")
r.scan("-p", "build", "--diff", "HEAD", "--baseline", "x", "--update-baseline", status=1,
       error="without --diff")

# By a link the file is what it was, and what changes behind a link is seen.
r.commands = []
link = r.folder + ".link"
if os.path.lexists(link):
    os.unlink(link)
os.symlink(r.folder, link)
os.makedirs(os.path.join(r.folder, "inc"))
os.symlink("../three.h", os.path.join(r.folder, "inc", "other.h"))
r.write("three.h", HEADER)
r.write("three.c", driver("inc/other", is_right=True).replace("inc/otherWrite", "Write"))
r.compile("three.c", driver="three")
r.commands[0]["directory"] = link
r.compile("one.c", driver="one")
r.commit()
r.write("three.c", driver("inc/other", is_right=False).replace("inc/otherWrite", "Write"))
assert r.findings("--diff", "HEAD", status=2) == [("three.c", REGION)], "by a link"
r.git("checkout", "-q", ".")
r.write("three.h", HEADER + "\n#define KeEnterCriticalRegion() ((void)0)\n"
        "#define KeLeaveCriticalRegion() ((void)0)\n")
assert r.findings("--diff", "HEAD", status=2) == [("three.c", REGION)], "behind a link"
assert r.findings("--diff", "HEAD", "--root", "inc", status=2) == \
    [(os.path.join(link, "three.c"), REGION)], "--root below"
r.git("checkout", "-q", ".")

# A source that git ignores, or that lies elsewhere, has a part in a change.
r.write(".gitignore", "build/\nmade/\n")
elsewhere = r.folder + ".elsewhere"
shutil.rmtree(elsewhere, ignore_errors=True)
for at in ("made", elsewhere):
    r.write(os.path.join(at, "made.c"), driver("three", is_right=True))
r.commit()
r.write("three.h", HEADER + "\n#define KeEnterCriticalRegion() ((void)0)\n"
        "#define KeLeaveCriticalRegion() ((void)0)\n")
for at in ("made", elsewhere):
    r.commands = []
    r.compile(os.path.join(at, "made.c"))
    r.commands[0]["arguments"].insert(1, "-I" + r.folder)
    r.compile("one.c", driver="one")
    assert r.findings("--diff", "HEAD", status=2) == [(os.path.join(at, "made.c"), REGION)]
r.git("checkout", "-q", ".")

# Submodules: what they were at the revision; a repository that is not known is new.
inner = Repository(os.path.join(r.folder, "part"), flags)
inner.write("four.h", HEADER)
inner.write("four.c", driver("four", is_right=True))
inner.write("five.h", HEADER)
inner.write("five.c", driver("five", is_right=False))
inner.commit()
r.commands = []
for name in ("one.c", "part/four.c", "part/five.c"):
    r.compile(name, driver=name)
assert r.findings("--diff", "HEAD", status=2) == [("part/five.c", REGION)], "not known"
r.commit()
assert r.findings("--diff", "HEAD", status=0) == []
inner.write("four.c", driver("four", is_right=False))
assert r.findings("--diff", "HEAD", status=2) == [("part/four.c", REGION)], "dirty"
inner.commit()
assert r.findings("--diff", "HEAD", status=2) == [("part/four.c", REGION)], "moved on"
r.commit()
assert r.findings("--diff", "HEAD~", status=2) == [("part/four.c", REGION)]

# Names that are no text, or have more lines than one; carriage returns.
odd = os.fsdecode(b"od\xff\nd")
r.write(odd + ".c", driver("one", is_right=False).replace("oneWrite", "Odd"))
r.write("crlf.h", HEADER.replace("\n", "\r\n"))
r.write("crlf.c", driver("one", is_right=False).replace("\n", "\r\n"))
r.compile("crlf.c", driver="crlf")
r.commit()
r.write("crlf.c", "\r\n" + driver("one", is_right=False).replace("\n", "\r\n"))
r.write(odd + ".c", "\n" + driver("one", is_right=False).replace("oneWrite", "Odd"))
assert r.findings("--diff", "HEAD", status=0) == []

# Git's own words, where it is not its repository, or none.
os.unlink(link)
shutil.rmtree(elsewhere)
os.makedirs(elsewhere)
r.scan("-p", "build", "--root", elsewhere, "--diff", "HEAD", status=1,
       error="not a git repository")
r.scan("-p", "build", "--root", "none", status=1, error="'none' is no folder")

# A revision that could not be analysed hides nothing.
r.write("one.c", '#include "none.h"\n')
r.commit()
r.write("one.c", driver("one", is_right=False))
assert r.findings("--diff", "HEAD", status=2) == [("one.c", REGION)]
