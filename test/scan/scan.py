"""Usage: scan.py FOLDER -- FLAG..."""
import json
import os
import sys

from repository import HEADER, Repository, driver

folder, _, *flags = sys.argv[1:]
REGION = "wdm.WithinCriticalRegion"


def fresh(*names):
    """A repository with these drivers; those that begin with 'bad' are wrong."""
    r = Repository(folder, flags)
    for name in names:
        r.write(name + ".h", HEADER)
        r.write(name + ".c", driver(name, is_right=not name.startswith("bad")))
        r.compile(name + ".c")
    return r


# Of how much "0 findings" speaks.
r = fresh("good", "fine")
told = r.scan("-p", "build", status=0)
assert "0 findings" in told and "2 files" in told and "2 functions" in told, told
assert "entry points" in told, told

# Findings, and files that are lost.
r = fresh("good", "bad")
told = r.scan("-p", "build", status=2)
assert "bad.c:5:3: warning: " in told and "[ddi.%s]" % REGION in told, told
r.write("good.c", '#include "none.h"\n')
told = r.scan("-p", "build", status=3)
assert "bad.c:5:3: warning: " in told, "the other file's result is lost"
assert "good.c" in told and "none.h" in told, told
r.scan("-p", "build", "--fail-on", "never", status=3)

# What makes the exit status 2.
r = fresh("bad")
assert r.findings("--fail-on", "never", status=0) == [("bad.c", REGION)]
assert r.findings("--fail-on", "error", status=0) == [("bad.c", REGION)]
r.write("ddi-check.yaml", "severity: {wdm: error}\n")
told = r.scan("-p", "build", "--fail-on", "error", status=2)
assert "bad.c:5:3: error: " in told, told

# A note is told, and does not count.
r.write("ddi-check.yaml", "severity: {ddi.wdm: note}\n")
told = r.scan("-p", "build", status=0)
assert "bad.c:5:3: note: " in told and "1 finding in" in told, told

# What the configuration says counts, and an option more.
r.write("ddi-check.yaml", "rules: [wdm, -wdm.WithinCriticalRegion]\n")
assert r.findings(status=0) == []
assert r.findings("--rules", REGION, status=2) == [("bad.c", REGION)]
r.write("ddi-check.yaml", "exclude: ['ba*.c']\n")
assert r.findings(status=0) == []
r.write("ddi-check.yaml", "rules: wdm.Nothing\n")
r.scan("-p", "build", status=1, error="ddi-check.yaml:1: there is no rule 'wdm.Nothing'")
os.unlink(os.path.join(r.folder, "ddi-check.yaml"))

# A baseline, and what is new.
r.scan("-p", "build", "--baseline", "known.json", status=1, error="--update-baseline")
r.scan("-p", "build", "--baseline", "known.json", "--update-baseline", status=0)
assert r.findings("--baseline", "known.json", status=0) == []
r.write("bad.c", "\n\n" + driver("bad", is_right=False).replace("  ", "\t"))
assert r.findings("--baseline", "known.json", status=0) == []
r.write("bad2.h", HEADER)
r.write("bad2.c", driver("bad2", is_right=False))
r.compile("bad2.c")
assert r.findings("--baseline", "known.json", status=2) == [("bad2.c", REGION)]
r.scan("-p", "build", "--baseline", "known.json", "--fail-on", "warning", status=2)
r.scan("-p", "build", "--update-baseline", status=1, error="needs --baseline")

# Suppressions, those that silence nothing too.
r = fresh("bad")
text = driver("bad", is_right=False)
r.write("bad.c", text.replace("TRUE);", "TRUE); // ddi-suppress %s: a test" % REGION))
told = r.scan("-p", "build", status=0)
assert "0 findings" in told and "1 suppressed" in told, told
assert r.findings("--show-suppressed", status=0) == [("bad.c", REGION)]
r.write("bad.c", driver("bad", is_right=True).replace(
    "TRUE);", "TRUE); // ddi-suppress %s: a test" % REGION))
told = r.scan("-p", "build", status=0)
assert "bad.c:6:" in told and "silences nothing" in told, told
r.write("ddi-check.yaml", "exclude: [bad.c]\n")
assert "silences nothing" not in r.scan("-p", "build", status=0)
os.unlink(os.path.join(r.folder, "ddi-check.yaml"))

# A file that is gone is named as others are, and costs no other result.
r = fresh("bad", "gone")
os.unlink(os.path.join(r.folder, "gone.c"))
told = r.scan("-p", "build", status=3)
assert "\ngone.c: error: not analysed: there is no such file" in told, told
assert "bad.c:5:3: warning: " in told, told

# A scan by a link names files as one of the folder itself does.
r = fresh("bad")
link = r.folder + ".link"
if not os.path.lexists(link):
    os.symlink(r.folder, link)
r.commands[0]["directory"] = link
r.compile("bad.c")
assert r.findings(status=2) == [("bad.c", REGION)]

# Two drivers that share a file tell of it once.
r = fresh("bad")
r.commands = []
r.compile("bad.c", driver="one")
r.compile("bad.c", driver="two")
assert r.findings(status=2) == [("bad.c", REGION)]

# Several reports at once, to files.
r.scan("-p", "build", "--format", "sarif=a.sarif", "--format", "html=a.html", "--format",
       "msvc", status=2)
with open(os.path.join(r.folder, "a.sarif")) as file:
    results = json.load(file)["runs"][0]["results"]
assert [one["ruleId"] for one in results] == ["ddi." + REGION]
assert not [name for name in os.listdir(r.folder) if name.endswith(".part")]
r.scan("-p", "build", "--format", "sarif=no/where", status=1,
       error="cannot write the report 'no/where'")
r.scan("-p", "build", "--format", "xml", status=1, error="there is no format 'xml'")

# What cannot be used is told in one line.
r.scan("-p", "nowhere", status=1, error="nowhere")
for text in ("", "{", "[]", "null", "[" * 9999, "\0" * 99):
    r.write("build/compile_commands.json", text)
    r.scan("-p", "build", status=1, error="ddi-scan: error: ")
for text in ("[1]", '[{"file": 1}]', '[{"directory": "/", "file": "a.c", "command": "\'"}]'):
    r.write("build/compile_commands.json", text)
    assert "entry 1" in r.scan("-p", "build", status=3)
r = fresh("good")
r.scan("-p", "build", "--ddi-check", "/bin/false", status=1, error="ddi-scan: error: ")
r.scan("-p", "build", "--ddi-check", "/nowhere", status=1, error="is no program")
r.scan("-p", "build", "--timeout", "0", status=1, error="no number above zero")
