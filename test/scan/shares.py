"""Usage: shares.py FOLDER INPUTS -- FLAG..."""
import os
import shutil
import sys

from repository import HEADER, Repository, driver

folder, _, _, *flags = sys.argv[1:]
r = Repository(folder, flags)
for number in range(7):
    name = "f%d" % number
    r.write(name + ".h", HEADER)
    r.write(name + ".c", driver(name, is_right=number % 2))
    r.compile(name + ".c", driver="one" if number < 5 else "two")
REPORTS = ("jsonl", "sarif", "text", "codequality")


def reports(words, cache):
    for name in REPORTS:
        words += ["--format", "%s=%s.%s" % (name, cache, name)]
    r.scan(*words, "-p", "build", "--cache", cache, status=2)
    return [open(os.path.join(r.folder, cache + "." + name)).read() for name in REPORTS]


one = reports([], "one")
assert one[0].count("WithinCriticalRegion") >= 4
caches = []
for share in ("1/3", "2/3", "3/3"):
    caches.append("share" + share[0])
    assert r.scan("-p", "build", "--shard", share, "--cache", caches[-1], status=0) == ""
assert reports(["merge", *caches], "merged") == one

# As well if a share is missing, or damaged.
shutil.rmtree(os.path.join(r.folder, caches[1]))
os.makedirs(os.path.join(r.folder, caches[1], "x"))
assert reports(["merge", *caches], "again") == one

r.scan("-p", "build", "--shard", "4/3", "--cache", "x", status=1, error="'4/3' is no share")
r.scan("merge", "nothing", "-p", "build", "--cache", "x", status=1,
       error="'nothing' is no folder")
r.scan("merge", "one", "-p", "build", status=1, error="needs --cache")
