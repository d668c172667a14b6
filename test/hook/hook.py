"""The hook that ddi-precommit installs. Usage: hook.py FOLDER -- FLAG..."""
import os
import shutil
import sys

from hooked import CLEAN, PROGRAM, Hooked

folder, _, *flags = sys.argv[1:]
r = Hooked(folder, flags, good=["one"], bad=["two"])


def hook(*parts):
    return os.path.join(r.folder, *parts or (".git", "hooks"), "pre-commit")


def read(path):
    with open(path) as file:
        return file.read()


# Installed, it refuses what is wrong, and shows the path.
r.check("--install", status=0, told="the hook is '%s'" % hook())
r.check("--install", status=0, told="the hook is '%s'" % hook())
r.change("one", is_right=False)
r.git("add", ".")
told = r.try_commit(status=1, told="one.c:5:3: warning: ")
assert "note: The system enters" in told and "--no-verify" in told, told
r.change("one", is_right=True)
r.try_commit(status=1, told="one.c:5:3: warning: ")
r.change("one", is_right=True, more="// more\n")
r.git("add", ".")
r.change("one", is_right=False)
r.try_commit(status=0, told=CLEAN + "1 file")
r.change("two", is_right=False, more="// more\n")
r.try_commit("two.c", status=0, told=CLEAN + "1 file")
r.try_commit("-a", status=1, told="one.c:5:3: warning: ")
r.try_commit("one.c", status=1, told="one.c:5:3: warning: ")
r.try_commit("-a", "--no-verify", status=0)
r.try_commit("--amend", "--allow-empty", status=0)

# In a folder below, in another work tree, with a submodule.
r.change("one", is_right=True)
r.commit()
r.change("one", is_right=False)
os.makedirs(os.path.join(r.folder, "sub"))
r.try_commit("-a", status=1, told="one.c:5:3: warning: ", folder="sub")
r.git("checkout", "-q", ".")
inner = Hooked(folder + ".inner", flags, good=["four"])
r.submodule("add", inner.folder, "part")
r.compile("part/four.c", driver="four")
r.try_commit(status=0, told=CLEAN + "1 file")
r.write("part/four.c", "#error not staged\n")
r.write("part/five.h", "")
r.change("one", is_right=True, more="// again\n")
r.try_commit("one.c", status=0, told=CLEAN + "1 file")
beside = r.beside(folder + ".beside")
beside.compile("one.c")
beside.compile("part/four.c")
beside.submodule("update", "--init")
beside.change("one", is_right=False)
beside.try_commit("-a", status=1, told="one.c:5:3: warning: ")
beside.check("--install", status=0, told="the hook is '%s'" % hook())

# What cannot be checked is told by git, and does not block.
shutil.rmtree(os.path.join(r.folder, "build"))
r.change("one", is_right=False)
r.try_commit("-a", status=0, told="warning: nothing is checked: there is no compile_commands.json")

# With options, of which paths are as seen from the top.
r.check("--install", "--strict", "-p", "my build", status=0)
r.change("one", is_right=True)
r.try_commit("-a", status=1, told="there is no compile_commands.json in 'my build'")
r.check("--install", "--strict", status=1, told="install it there", folder="sub")
r.check("--install", status=0, folder="sub")
assert "strict" not in read(hook())

# Taken back; a second time there is nothing.
r.check("--uninstall", status=0, told="is gone")
assert not os.path.exists(hook())
r.check("--uninstall", status=0, told="there is no hook")
r.try_commit("-a", status=0, untold="ddi-precommit")

# A hook that is somebody's stays as it is.
THEIRS = "#!/bin/sh\necho theirs\n"
r.write(".git/hooks/pre-commit", THEIRS)
for words in (["--install"], ["--install", "--strict"]):
    told = r.check(*words, status=1, told="there is a hook already, '%s': add to it" % hook())
    assert " ".join([PROGRAM, *words[1:]]) in told, told
r.check("--uninstall", status=1, told="is not the hook that ddi-precommit writes")
assert read(hook()) == THEIRS
os.unlink(hook())
os.symlink("none", hook())
r.check("--install", status=1, told="there is a hook already")
os.unlink(hook())

# The folder that core.hooksPath names, if it is of this repository alone.
r.git("config", "core.hooksPath", "my hooks")
r.check("--install", status=0, told="the hook is '%s'" % hook("my hooks"))
os.makedirs(os.path.join(r.folder, "build"))
r.compile("one.c")
r.change("one", is_right=False)
r.try_commit("-a", status=1, told="one.c:5:3: warning: ")
assert not os.path.exists(hook())
r.check("--uninstall", status=0, told=hook("my hooks"))
r.git("config", "--unset", "core.hooksPath")
r.git("config", "--global", "core.hooksPath", folder + ".all")
r.check("--install", status=1, told="is the hook of other repositories, too")
assert not os.path.exists(folder + ".all")
r.git("config", "--global", "--unset", "core.hooksPath")

# A program that is gone is told.
moved = folder + ".tools"
shutil.copytree(os.path.dirname(PROGRAM), moved)
r.run(os.path.join(moved, "ddi-precommit"), "--install", status=0)
r.try_commit("-a", status=1, told="one.c:5:3: warning: ")
shutil.rmtree(moved)
r.try_commit("-a", status=0, told="nothing is checked: there is no '%s/ddi-precommit'" % moved)

# No work tree, no hook.
bare = folder + ".bare"
r.git("init", "-q", "--bare", bare)
r.check("--install", status=1, told="must be run in a work tree", folder=bare)
