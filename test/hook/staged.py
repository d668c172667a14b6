"""What is staged counts, not what is on disk. Usage: staged.py FOLDER -- FLAG..."""
import json
import os
import sys

from hooked import CLEAN, FINDING, HEADER, WITHOUT_REGION, Hooked, driver

folder, _, *flags = sys.argv[1:]
r = Hooked(folder, flags, good=["one"], bad=["two"])


def fresh():
    r.git("reset", "-q", "--hard")
    r.git("clean", "-fdq")


assert r.check(status=0) == "", "nothing is staged"
r.write("README", "text")
r.git("add", ".")
assert r.check(status=0) == "", "what is staged affects nothing"

# A mistake, with its path; only the driver that it is in is scanned.
r.change("one", is_right=False)
assert r.check(status=0) == "", "not staged"
r.git("add", ".")
told = r.check(status=2, told="one.c:5:3: warning: ")
assert FINDING in told and "note: The system enters 'oneWrite'" in told, told
assert "1 finding in 1 file" in told and "two.c" not in told, told

# Staged wrong, right on disk; and the other way round.  What is shown is staged.
r.change("one", is_right=True)
told = r.check(status=2, told="\n  ExAcquireResourceSharedLite")
r.change("one", is_right=True, more="// right so far\n")
r.git("add", ".")
r.change("one", is_right=False)
r.check(status=0, told=CLEAN)
os.unlink(os.path.join(r.folder, "one.c"))
r.check(status=0, told=CLEAN + "1 file")
fresh()
r.change("one", is_right=False)
r.git("add", ".")
os.unlink(os.path.join(r.folder, "one.c"))
r.check(status=2, told="one.c:5:3: warning: ", untold="not checked")

# So with a header of which only one version is right.
fresh()
r.write("one.h", HEADER + WITHOUT_REGION)
r.check(status=0)
r.git("add", ".")
r.check(status=2, told="1 finding in 1 file")
r.write("one.h", HEADER)
r.check(status=2, told="one.c:6:3: warning: ")
r.write("one.h", HEADER + "// more\n")
r.git("add", ".")
r.write("one.h", HEADER + WITHOUT_REGION)
r.check(status=0, told=CLEAN + "1 file")
r.write("one.h", "#error not staged\n")
r.check(status=0, told="every file was analysed")

# An edit of another file of the driver that is not staged has no part in it.
fresh()
r.write("help.c", '#include "one.h"\nVOID Help(void) {}\n')
r.compile("help.c", driver="one")
r.commit()
r.change("one", is_right=True, more="// more\n")
r.git("add", ".")
r.write("help.c", "#error not staged\n")
r.check(status=0, told="2 files, ", untold="not analysed")

# What HEAD has does not block: as it was, moved, or behind an edit of its header.
fresh()
r.change("two", is_right=False, more="// more\n\n")
r.git("add", ".")
r.check(status=0, told=CLEAN + "1 file")
fresh()
r.write("two.h", HEADER + "// more\n")
r.git("add", ".")
r.check(status=0, told=CLEAN + "1 file")
r.change("two", is_right=False, more=driver("two", False).replace("twoWrite", "Other"))
r.git("add", ".")
r.check(status=2, told="1 finding in 1 file")

# Headers of one name in two folders are two.
fresh()
for name in ("a", "b"):
    r.write(name + "/common.h", HEADER)
    r.write(name + "/use.c", driver("common", is_right=True))
    r.compile(name + "/use.c", driver=name)
r.commit()
r.write("a/common.h", HEADER + WITHOUT_REGION)
r.git("add", ".")
r.check(status=2, told="1 finding in 1 file", untold="b/use.c")

# Renamed and deleted, with and without the database made anew.
fresh()
r.git("mv", "two.c", "three.c")
r.check(status=0, told="'three.c' is not checked: it is not in the compile database")
commands = r.commands
r.commands = [one for one in commands if one["file"] != "two.c"]
r.compile("three.c", driver="three")
r.check(status=0, told=CLEAN + "1 file")
r.write("three.c", "// more\n" + driver("two", is_right=False))
r.git("add", ".")
r.check(status=0, told=CLEAN + "1 file")
fresh()
r.commands = commands
r.compile("one.c", driver="one")
r.git("rm", "-q", "two.c", "two.h")
assert r.check(status=0) == ""
fresh()
r.git("rm", "-q", "--cached", "two.c")
assert r.check(status=0) == "", "it stays on disk, and not in the commit"
fresh()
r.git("mv", "one.h", "uno.h")
r.write("one.c", driver("one", True).replace("one.h", "uno.h"))
r.write("help.c", '#include "uno.h"\nVOID Help(void) {}\n')
r.git("add", ".")
r.check(status=0, told=CLEAN + "2 files")
r.git("rm", "-qf", "uno.h")
r.check(status=0, told="'one.c' is not checked: ")
r.check("--strict", status=3, told="'one.c' is not checked: ")

# A new file; one that git is only told to expect; one that it does not know.
fresh()
r.add("four", is_right=False)
assert r.check(status=0) == "", "not staged"
r.git("add", "-N", "four.c", "four.h")
assert r.check(status=0) == "", "not staged"
r.git("add", "four.c", "four.h")
r.check(status=2, told="four.c:5:3: warning: ")
fresh()
r.commands = commands

# Names with blanks, ends of lines, or what is no text.
odd = "od d\nname"
r.write("odd dir/%s.c" % odd, driver("one", is_right=True))
r.write("odd dir/one.h", HEADER)
r.compile("odd dir/%s.c" % odd, driver="odd")
r.write(os.fsdecode(b"\xff.h"), HEADER)
r.commit()
r.write("odd dir/%s.c" % odd, driver("one", is_right=False))
r.write(os.fsdecode(b"\xff.h"), HEADER + "// more\n")
r.git("add", ".")
r.write("odd dir/%s.c" % odd, driver("one", is_right=True))
told = r.check(status=2, told="odd dir/od d\ufffdname.c:5:3: warning: ")
assert ".h' is not checked: no file of the compile database includes it" in told, told
r.git("add", ".")
r.write("odd dir/%s.c" % odd, driver("one", is_right=False))
r.check(status=0)

# By a command of MSVC, with names in any case.
fresh()
wdk = flags[flags.index("-isystem") + 1]
r.commands = [{"directory": r.folder, "file": "ONE.C", "arguments": [
    "C:\\VS\\bin\\CL.exe", "/c", "/kernel", "/D_AMD64_", "/DAMD64", "/I" + wdk, "ONE.C"]}]
r.write("build/compile_commands.json", json.dumps(r.commands))
r.change("one", is_right=False)
r.git("add", ".")
r.change("one", is_right=True)
r.check(status=2, told="one.c:5:3: warning: ", untold="not checked")
r.git("add", ".")
r.change("one", is_right=False)
r.write("one.h", "#error not staged\n")
assert r.check(status=0, untold="not checked") == "", "as in HEAD"
r.git("reset", "-q", "--hard")
r.write("one.h", HEADER + WITHOUT_REGION)
r.git("add", ".")
r.write("one.h", HEADER)
r.check(status=2, told="1 finding in 1 file", untold="not checked")
r.commands = commands

# In UTF-16, as Visual Studio saves; git takes that for binary.
fresh()
r.write("wide.h", HEADER)
r.compile("wide.c", driver="wide")
for is_right, status in ((True, 0), (False, 2)):
    for staged in (True, False):
        with open(os.path.join(r.folder, "wide.c"), "wb") as file:
            text = driver("wide", is_right if staged else not is_right)
            file.write(text.replace("\n", "\r\n").encode("utf-16"))
        if staged:
            r.git("add", ".")
    r.check(status=status, untold="not checked")
