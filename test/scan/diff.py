"""Usage: diff.py FOLDER INPUTS -- FLAG..."""
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

# A file that was not there is all new; one that is gone is nothing.
r.git("checkout", "-q", ".")
r.write("three.h", HEADER)
r.write("three.c", driver("three", is_right=False))
r.compile("three.c", driver="three")
assert r.findings("--diff", "HEAD", status=2) == [("three.c", REGION)]
assert r.findings("--diff", "HEAD", "--fail-on", "never", status=0)

r.scan("-p", "build", "--diff", "nowhere", status=1, error="'nowhere' is no revision")
r.scan("-p", "build", "--diff", "--output=x", status=1)
