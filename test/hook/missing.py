"""What cannot be checked is told, and refused with --strict. Usage: missing.py FOLDER -- FLAG..."""
import json
import os
import shutil
import sys

from hooked import CLEAN, HEADER, PROGRAM, Hooked, driver

folder, _, *flags = sys.argv[1:]
r = Hooked(folder, flags, good=["one", "two"])


def unchecked(why, status, told="", **options):
    """It passes, and fails with --strict; both tell why."""
    found = r.check(status=0, told=why, **options)
    assert told in found, found
    r.check("--strict", status=status, told=why, **options)


# No database.
r.change("one", is_right=False)
r.git("add", ".")
os.rename(os.path.join(r.folder, "build"), os.path.join(r.folder, "out"))
unchecked("there is no compile_commands.json in '%s', '%s/build'; " % (r.folder, r.folder), 1)
assert r.check(status=0).count("\n") == 1, "one line"
r.check("-p", "none", status=0, told="there is no compile_commands.json in 'none'; let the build")
r.git("reset", "-q", "--hard")
r.write("note.txt", "no source")
r.git("add", ".")
assert r.check("--strict", status=0) == "", "nobody misses it"
r.change("one", is_right=False)
r.git("add", ".")

# Where it is: -p, the configuration, the top.
r.check("-p", "out", status=2, told="one.c:5:3: warning: ")
r.write("ddi-check.yaml", "build: out\n")
r.check(status=2, told="one.c:5:3: warning: ")
r.scan(status=2)
r.write("ddi-check.yaml", "build: out/compile_commands.json\n")
r.check(status=2, told="one.c:5:3: warning: ")
r.write("ddi-check.yaml", "build: none\n")
r.check(status=0, told="there is no compile_commands.json in '%s/none'" % r.folder)
os.unlink(os.path.join(r.folder, "ddi-check.yaml"))
shutil.copy(os.path.join(r.folder, "out", "compile_commands.json"), r.folder)
r.check(status=2, told="one.c:5:3: warning: ")

# What is no database is an error always.
r.write("compile_commands.json", "{}")
r.check(status=1, told="is no compile database")
r.write("compile_commands.json", "[]")
r.check(status=1, told="names no file")
os.unlink(os.path.join(r.folder, "compile_commands.json"))
os.rename(os.path.join(r.folder, "out"), os.path.join(r.folder, "build"))

# No ddi-check.
tools, alone = folder + ".tools", folder + ".path"
for path in (tools, alone):
    shutil.rmtree(path, ignore_errors=True)
shutil.copytree(os.path.dirname(PROGRAM), tools)
os.makedirs(alone)
os.symlink(shutil.which("git"), os.path.join(alone, "git"))
before = dict(os.environ)
del os.environ["DDI_CHECK"]
os.environ["PATH"] = alone
moved = os.path.join(tools, "ddi-precommit")
r.run(moved, status=0, told="nothing is checked: there is no ddi-check: build it")
r.run(moved, "--strict", status=1, told="error: there is no ddi-check: build it")
os.environ.update(before)
r.check("--ddi-check", "/none/ddi-check", status=1, told="'/none/ddi-check' is no program")

# Files that nothing compiles.
r.git("reset", "-q", "--hard")
r.write("new.c", driver("one", is_right=False))
r.git("add", ".")
unchecked("'new.c' is not checked: it is not in the compile database", 3)
r.write("new.h", HEADER)
r.write("new.c", '#include "new.h"\n')
r.git("add", ".")
unchecked("'new.h' is not checked: no file of the compile database includes it", 3)
r.change("one", is_right=True, more="// more\n")
r.git("add", ".")
unchecked("'new.c' is not checked: ", 3, CLEAN + "1 file")
r.change("one", is_right=False)
r.git("add", ".")
r.check(status=2, told="'new.c' is not checked: ")
r.check("--strict", status=3, told="one.c:5:3: warning: ")
r.git("reset", "-q", "--hard")
r.write("note.txt", "no source")
r.write("data.bin", "\0\1\2")
r.git("add", ".")
assert r.check("--strict", status=0) == ""

# Files that do not parse; of others of the driver nobody asked.
r.git("reset", "-q", "--hard")
r.write("one.c", '#include "none.h"\n')
r.git("add", ".")
unchecked("'one.c' is not checked: ", 3, "none.h")
r.write("rest.c", "no C\n")
r.compile("rest.c", driver="two")
r.git("reset", "-q", "--hard")
r.change("two", is_right=True, more="// more\n")
r.git("add", "two.c")
r.check("--strict", status=0, told=CLEAN + "1 file, ", untold="warning")

# A header that is included by force, and one in no file of git's.
r.git("reset", "-q", "--hard")
r.write("forced.h", "typedef int FORCED;\n")
r.commands[0]["arguments"][1:1] = ["-include", "forced.h"]
r.write("build/compile_commands.json", json.dumps(r.commands))
r.commit()
r.write("forced.h", "typedef long FORCED;\n")
r.git("add", ".")
r.check("--strict", status=0, told=CLEAN + "1 file")

# Wrong options, and no repository.
r.check("--no-such", status=1, told="error: unrecognized arguments: --no-such")
r.check("--install", "one.c", status=1, told="--install goes without files")
os.makedirs(folder + ".none", exist_ok=True)
r.check(status=1, told="not a git repository", folder=folder + ".none")
r.check("--help", status=0, told="exit status: 0 nothing new")
