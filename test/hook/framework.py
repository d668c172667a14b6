"""Both hooks, as pre-commit runs them. Usage: framework.py FOLDER TOP -- FLAG..."""
import os
import shutil
import sys

from hooked import CLEAN, PROGRAM, Hooked

folder, top, _, *flags = sys.argv[1:]
CONFIG = """\
repos:
- repo: %s
  rev: %s
  hooks:
  - id: %s
    args: [%s]
"""

# What pre-commit clones: a repository with the hooks.
ours = Hooked(folder + ".hooks", flags)
shutil.copy(os.path.join(top, ".pre-commit-hooks.yaml"), ours.folder)
shutil.copytree(os.path.join(top, "tools"), os.path.join(ours.folder, "tools"),
                ignore=shutil.ignore_patterns("__pycache__"))
ours.commit()
path = os.environ["PATH"]


def fresh(hook, args="", **drivers):
    """A repository in which pre-commit runs one of the hooks."""
    shutil.rmtree(folder + ".home", ignore_errors=True)
    r = Hooked(folder, flags)
    r.write(".pre-commit-config.yaml",
            CONFIG % (ours.folder, ours.git("rev-parse", "HEAD").strip(), hook, args))
    for kind, names in drivers.items():
        for name in names:
            r.add(name, is_right=kind == "good")
    r.commit()
    r.run("pre-commit", "install", status=0)
    os.environ["PATH"] = path
    if hook == "ddi-check":
        os.makedirs(folder + ".home/bin")
        os.symlink(PROGRAM, folder + ".home/bin/ddi-precommit")
        os.environ["PATH"] += os.pathsep + folder + ".home/bin"
    return r


for hook in ("ddi-check", "ddi-check-script"):
    r = fresh(hook, good=["one"], bad=["two"])
    r.change("one", is_right=False)
    told = r.try_commit("-a", status=1, told="one.c:5:3: warning: ", untold="two.c")
    assert "note: The system enters 'oneWrite'" in told and "Failed" in told, told
    # What is not staged is put aside, and comes back.
    r.change("one", is_right=True, more="// more\n")
    r.git("add", ".")
    r.change("one", is_right=False)
    told = r.try_commit(status=0, told=CLEAN + "1 file")
    assert "Passed" in told, told
    assert r.git("diff", "--name-only") == "one.c\n"
    r.git("checkout", "-q", ".")
    # What HEAD has does not block; a file that nothing compiles does not, and is told.
    r.change("two", is_right=False, more="// more\n")
    r.write("new.c", "")
    r.git("add", ".")
    r.try_commit(status=0, told="'new.c' is not checked: it is not in the compile database")
    r.write("read me.txt", "")
    r.git("add", ".")
    r.try_commit(status=0, told="Skipped", untold="findings")

# All files: what is in them, but for the baseline.
r.run("pre-commit", "run", "--all-files", status=1, told="two.c:6:3: warning: ", untold="one.c:5")
r.scan("-p", "build", "--baseline", "known.json", "--update-baseline", status=0)
r.write("ddi-check.yaml", "baseline: known.json\n")
r.git("add", ".")
r.run("pre-commit", "run", "--all-files", status=0, told=CLEAN)
r.change("two", is_right=False, more="// yet more\n")
r.try_commit("-a", status=0, told=CLEAN)
r.git("rm", "-q", "ddi-check.yaml")
r.try_commit(status=0, told="Skipped")
r.run("pre-commit", "run", "--from-ref", "HEAD~", "--to-ref", "HEAD", status=0, told="Skipped")
r.change("one", is_right=False)
r.try_commit("-a", "--no-verify", status=0)
r.run("pre-commit", "run", "--from-ref", "HEAD~2", "--to-ref", "HEAD", status=1,
      told="one.c:5:3: warning: ", untold="two.c")

# A merge that has to be made by hand.
r = fresh("ddi-check-script", good=["one"], bad=["two"])
r.git("checkout", "-q", "-b", "theirs")
r.change("one", is_right=True, more="// theirs\n")
r.change("two", is_right=False, more="// theirs\n")
r.commit()
r.git("checkout", "-q", "main")
r.change("one", is_right=True, more="// ours\n")
r.commit()
r.run("git", "merge", "theirs", status=1, told="CONFLICT")
r.change("one", is_right=False, more="// ours\n// theirs\n")
r.git("add", ".")
r.try_commit(status=1, told="one.c:7:3: warning: ", untold="two.c")
r.change("one", is_right=True, more="// ours\n// theirs\n")
r.git("add", ".")
r.try_commit(status=0, told=CLEAN + "1 file")

# Without a database; and when that is to fail.
for args, status, result in (("", 0, "Passed"), ("--strict", 1, "Failed")):
    r = fresh("ddi-check-script", args, good=["one"])
    shutil.rmtree(os.path.join(r.folder, "build"))
    r.change("one", is_right=False)
    told = r.try_commit("-a", status=status, told="there is no compile_commands.json in '")
    assert result in told, told
r = fresh("ddi-check-script", "-p, elsewhere", good=["one"])
os.rename(os.path.join(r.folder, "build"), os.path.join(r.folder, "elsewhere"))
r.change("one", is_right=False)
r.try_commit("-a", status=1, told="one.c:5:3: warning: ")
