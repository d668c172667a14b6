"""suppress.py DDI-CHECK FOLDER INPUTS FLAGS...: what comments, attributes and pragmas
silence, and what is told of them, by a scan without a cache, one that fills a cache
and one that comes from it, one file by itself, with an index, and any -j."""
import json
import os
import shutil
import subprocess
import sys

program, folder, inputs, flags = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
for name in ("helper.h", "taker.c", "user.c"):
    shutil.copy(os.path.join(inputs, "suppress", name), folder)
os.chdir(folder)
# With all that have the number of a pragma.
RULES = "sal,wdm,flt,storport"
FILES = ("taker.c", "user.c")


def scan(*options, files=FILES, rules=RULES):
    if os.path.exists("report.json"):
        os.remove("report.json")
    done = subprocess.run(
        [program, "--format", "json", "--report", "report.json", "--rules", rules,
         *options, *files, "--", *flags], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    with open("report.json") as file:
        report = json.load(file)
    return done, [json.loads(line) for line in done.stdout.splitlines()], report


def where(thing):
    return os.path.normpath(thing["at"]["file"]), thing["at"]["line"]


def silences(report):
    return {where(s) + (s["kind"],): s["used"] for s in report["suppressions"]}


def equal(found, expected):
    assert found == expected, "%s\nis not\n%s" % (found, expected)


ALL = {("helper.h", 2, "comment"): True, ("helper.h", 7, "comment"): False,
       ("taker.c", 5, "comment"): True, ("taker.c", 10, "comment"): True,
       ("taker.c", 14, "pragma"): True, ("taker.c", 20, "comment"): False,
       ("user.c", 46, "pragma"): True,
       ("user.c", 48, "attribute"): False}
# --- Any way to scan -------------------------------------------------------------

plain, found, report = scan("--no-cache", "--suppressed")
equal(plain.returncode, 2)
equal(silences(report), ALL)
equal({where(f): where(f["suppressed"]) for f in found if "suppressed" in f},
      {("helper.h", 2): ("helper.h", 2), ("taker.c", 6): ("taker.c", 5),
       ("taker.c", 10): ("taker.c", 10), ("taker.c", 16): ("taker.c", 14),
       ("user.c", 47): ("user.c", 46)})
equal([where(f) for f in found if "suppressed" not in f], [("taker.c", 24)])
reasons = {where(f): f["suppressed"]["reason"] for f in found if "suppressed" in f}
equal(reasons[("taker.c", 6)], "told where it is called")
equal(reasons[("taker.c", 10)], "")
equal(reasons[("user.c", 47)], "left for the other")
assert all(f["path"] for f in found), "a path is missing"
assert ("taker.c:22: suppression: there is no rule 'wdm.PushLok'; the nearest is "
        "'wdm.PushLock' (a reason follows a colon)") in plain.stderr, plain.stderr
assert "the nearest is 'wdm.CriticalRegions'" in plain.stderr, plain.stderr
assert "taker.c:26: suppression: it ends what nothing before it begins" \
    in plain.stderr, plain.stderr
assert "5 findings are suppressed" in plain.stderr, plain.stderr
for options in (["--no-cache", "-j1"], ["--no-cache", "--no-share"],
                ["--cache", "kept"], ["--cache", "kept"],
                ["--no-cache", "--write-index", "index"]):
    again, _, other = scan("--suppressed", *options)
    equal((again.stdout, again.stderr, other), (plain.stdout, plain.stderr, report))
os.makedirs("elsewhere")
os.chdir("elsewhere")
away, _, other = scan("--no-cache", files=["../" + name for name in FILES])
equal(sorted(used for used in silences(other).values()), sorted(ALL.values()))
os.chdir("..")

# --- Without --suppressed, and as text -------------------------------------------

short, found, other = scan("--no-cache")
equal([where(f) for f in found], [("taker.c", 24)])
equal(other, report)
text = subprocess.run([program, "--no-cache", "--suppressed", "--rules",
                       "wdm.ExclusiveResourceAccess", *FILES, "--", *flags],
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
equal((text.returncode, text.stdout), (0, ""))

# --- One file --------------------------------------------------------------------

# What stands in the other file counts; whether it is used nobody asks there.
one, found, other = scan("--no-cache", "--suppressed", "--index", "index",
                         files=["user.c"])
equal(one.returncode, 0)
equal(silences(other)[("taker.c", 5, "comment")], True)
assert ("taker.c", 20, "comment") not in silences(other), other
equal([f["file"] for f in other["files"]], ["user.c"])
equal(other["pairs"]["all"], 0)
assert other["functions"]["defined"] >= 7, other

# --- Rules that are off ----------------------------------------------------------

_, _, other = scan("--no-cache", rules="wdm.ExclusiveResourceAccess")
equal(silences(other), {("taker.c", 5, "comment"): True,
                        ("taker.c", 10, "comment"): True,
                        ("taker.c", 14, "pragma"): True})

# --- Reasons ---------------------------------------------------------------------

strict, found, other = scan("--cache", "kept", "--require-reason")
equal([where(f) for f in found], [("taker.c", 10), ("taker.c", 24)])
assert "taker.c:10: suppression: it gives no reason" in strict.stderr, strict.stderr
assert ("taker.c", 10, "comment") not in silences(other), other

# --- What was not analysed says nothing of what is unused -------------------------

with open("taker.c", "a") as file:
    file.write("#error no more\n")
broken, found, other = scan("--no-cache")
equal(broken.returncode, 3)
equal([f["file"] for f in other["files"] if f["why"]], ["taker.c"])
assert other["files"][0]["why"].endswith("no more"), other["files"]
assert False not in [used for key, used in silences(other).items()
                     if key[0] == "taker.c"], other
