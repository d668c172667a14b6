"""Usage: back_lookup.py FOLDER -- FLAG...   The commands of files are found as clangd
finds them."""
import json
import os
import shutil
import tempfile

from back_client import Back, rules, why
from drivers import HEADER, REGION, arguments, driver, fresh, path

_, flags = arguments()
# The folder of the tests lies in one that has a database itself.
place = tempfile.TemporaryDirectory(prefix="ddi-test-")
folder = os.path.join(place.name, "src")
BAD = [("bad.c", 5, REGION)]
r = fresh(folder, flags, "bad", "good")
back = Back(r.folder, index="off")


def analyse(name, **named):
    return back.analyse(path(r, name), **named)


def moved(name, to):
    os.makedirs(os.path.dirname(path(r, to)), exist_ok=True)
    os.rename(path(r, name), path(r, to))


# In build/, and beside the source, which counts more, and in a folder above.
assert rules(analyse("bad.c")) == BAD
assert rules(analyse("good.c")) == []
moved("build/compile_commands.json", "compile_commands.json")
assert rules(analyse("bad.c")) == BAD
r.write("build/compile_commands.json", "[")
assert rules(analyse("bad.c")) == BAD, "build/ counts less than the folder itself"
r.write("sub/deep/bad.h", HEADER)
r.write("sub/deep/bad.c", driver("bad", is_right=False))
assert "is not in" in why(analyse("sub/deep/bad.c")), "another file of the same name"
r.commands.append({**r.commands[0], "file": "sub/deep/bad.c",
                   "arguments": ["clang", *flags, "sub/deep/bad.c"]})
r.write("compile_commands.json", json.dumps(r.commands))
assert rules(analyse("sub/deep/bad.c")) == BAD

# The nearest one counts, and what is not in it is told; a broken one is told by line.
r.write("sub/compile_commands.json", json.dumps(r.commands[1:2]))
assert "sub/deep/bad.c" not in why(analyse("sub/deep/bad.c"))
told = why(analyse("sub/deep/bad.c"))
assert path(r, "sub/compile_commands.json") in told and "add it to the build" in told, told
r.write("sub/compile_commands.json", "[\n{,}]")
told = analyse("sub/deep/bad.c")["error"]
assert path(r, "sub/compile_commands.json") in told and "line 2" in told, told
os.unlink(path(r, "sub/compile_commands.json"))

# compile_flags.txt, of the nearest folder.
r.write("sub/compile_flags.txt", "\n".join(flags) + "\n")
assert rules(analyse("sub/deep/bad.c")) == BAD
r.write("sub/compile_flags.txt", "\n".join(flags) + "\n-DKeX\n-include\nnone.h\n")
assert "none.h" in why(analyse("sub/deep/bad.c"))
r.write("sub/compile_flags.txt", "\n".join(flags) + "\n")
assert rules(analyse("sub/deep/bad.h")) == BAD, "a header, through a source below"
shutil.rmtree(path(r, "sub"))

# Without a database the file is not analysed, and the user is told what to do.
moved("compile_commands.json", "elsewhere/compile_commands.json")
os.unlink(path(r, "build/compile_commands.json"))
told = why(analyse("bad.c"))
assert "compile_commands.json" in told and "compdb" in told, told
assert why(analyse("other.rc")) == told

# The folder that was given counts alone.
back.start(r.folder, index="off", build=path(r, "elsewhere"))
assert rules(analyse("bad.c")) == BAD
r.write("compile_commands.json", "[")
assert rules(analyse("bad.c")) == BAD
os.unlink(path(r, "compile_commands.json"))
back.start(r.folder, index="off", build=path(r, "nowhere"))
assert "nowhere" in analyse("bad.c")["error"]

# .clangd: the folder of the database, flags, and conditions; all documents count.
back.start(r.folder, index="off")
r.write(".clangd", "CompileFlags:\n  CompilationDatabase: elsewhere\n")
assert rules(analyse("bad.c")) == BAD
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n---\n"
        "CompileFlags: {Add: [-include, none.h]}\n")
assert "none.h" in why(analyse("bad.c"))
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n---\n"
        "If: {PathMatch: .*/good\\.c}\nCompileFlags: {Add: [-include, none.h]}\n")
assert rules(analyse("good.c")) == [], "the pattern is for the whole path"
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n---\n"
        "If: {PathMatch: [x, good\\.c]}\nCompileFlags: {Add: [-include, none.h]}\n")
assert "none.h" in why(analyse("good.c"))
assert rules(analyse("bad.c")) == BAD
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n---\n"
        "If: {PathExclude: good.*}\nCompileFlags: {Add: [-include, none.h]}\n")
assert rules(analyse("good.c")) == []
assert "none.h" in why(analyse("bad.c"))
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n---\n"
        "If: {NotKnown: x}\nCompileFlags: {Add: [-include, none.h]}\n")
assert rules(analyse("bad.c")) == BAD, "a condition that is not known is never met"
os.makedirs(path(r, "elsewhere/user/clangd"))
os.environ["XDG_CONFIG_HOME"] = path(r, "elsewhere/user")
r.write("elsewhere/user/clangd/config.yaml", "CompileFlags: {Remove: '-include*'}\n"
        "---\nIf: {PathMatch: %s/bad.*}\nCompileFlags: {Add: -DKeEnter=1}\n" % r.folder)
back.end()
back = Back(r.folder, index="off")
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere, Add: -includenone.h}\n")
assert rules(analyse("bad.c")) == BAD, "what the user says counts last"
r.write("elsewhere/user/clangd/config.yaml", "CompileFlags: {CompilationDatabase: x}\n")
told = analyse("bad.c")["error"]
assert "config.yaml:1: " in told and "absolute" in told, told
os.unlink(path(r, "elsewhere/user/clangd/config.yaml"))

# Flags and their values are removed; another compiler means another command line.
r.commands[0]["arguments"][1:1] = ["-include", "none.h", "-DNONE"]
r.write("elsewhere/compile_commands.json", json.dumps(r.commands))
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere}\n")
assert "none.h" in why(analyse("bad.c"))
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere, Remove: -include}\n")
assert rules(analyse("bad.c")) == BAD
r.write(".clangd", "CompileFlags: {CompilationDatabase: elsewhere, Remove: -include,\n"
        "  Compiler: clang-cl}\n")
assert "files" in analyse("bad.c")
r.write(".clangd", "CompileFlags: {CompilationDatabase: None}\n")
assert "compdb" in why(analyse("bad.c"))
r.write(".clangd", "CompileFlags: {CompilationDatabase: None,\n  Add: %s}\n" %
        json.dumps(flags))
assert rules(analyse("bad.c")) == BAD, "flags alone are enough for a source"

# What is wrong is told by file and line.
for text, line in (("CompileFlags: [", 1), ("\n- x", 2), ("If:\n  PathMatch: '('\n", 2),
                   ("CompileFlags:\n  Add: {a: b}\n", 2), ("If: x\n---\n{\n", 1),
                   ("Index: x\n---\n- x", 3)):
    r.write(".clangd", text)
    told = analyse("bad.c").get("error", "no error")
    assert told.startswith(path(r, ".clangd:")), (text, told)
    assert "no YAML: " in told or ".clangd:%d: " % line in told, (text, told)
os.unlink(path(r, ".clangd"))
os.makedirs(path(r, ".clangd/index"))
assert "compdb" in why(analyse("bad.c")), "a folder of older versions of clangd"

# ddi-check.yaml counts, changes are seen, and what is wrong in it is told.
r = fresh(folder, flags, "bad", "good")
assert rules(analyse("bad.c")) == BAD
r.write("ddi-check.yaml", "severity: {wdm: error}\n")
assert [one["level"] for one in analyse("bad.c")["findings"]] == ["error"]
r.write("ddi-check.yaml", "rules: [wdm.PushLock]\n")
assert rules(analyse("bad.c")) == []
r.write("ddi-check.yaml", "exclude: [bad.*]\n")
assert rules(analyse("bad.c")) == []
r.write("ddi-check.yaml", "severity:\n  wdm.None: error\n")
told = analyse("bad.c")["error"]
assert told.startswith(path(r, "ddi-check.yaml") + ":2: "), told
r.write("other.yaml", "severity: {wdm: note}\n")
back.start(r.folder, index="off", config=path(r, "other.yaml"))
assert [one["level"] for one in analyse("bad.c")["findings"]] == ["note"]
os.unlink(path(r, "ddi-check.yaml"))
back.start(r.folder, index="off")

# What the baseline has is not told again; fingerprints are those of ddi-scan.
r.scan("-p", "build", "--baseline", "known.json", "--update-baseline", status=0)
with open(path(r, "known.json")) as file:
    known = json.load(file)["findings"]
assert [one["fingerprint"] for one in analyse("bad.c")["findings"]] == \
    [one["fingerprint"] for one in known]
r.write("ddi-check.yaml", "baseline: known.json\n")
assert rules(analyse("bad.c")) == []
text = driver("bad", is_right=False)
assert rules(analyse("bad.c", buffers={path(r, "bad.c"): "\n" + text})) == []
again = text + text.partition("\n")[2].replace("badWrite", "badRead")
assert rules(analyse("bad.c", buffers={path(r, "bad.c"): again})) == [("bad.c", 12, REGION)]
os.unlink(path(r, "known.json"))
assert "--update-baseline" in analyse("bad.c")["error"]
os.unlink(path(r, "ddi-check.yaml"))

# A command of MSVC, with Windows' paths, and several sources of one command.
r.write("build/compile_commands.json", json.dumps([{
    "directory": "D:\\src", "file": "good.c",
    "arguments": ["C:\\VC\\CL.exe", "/c", "/kernel", "/D_AMD64_", "good.c", "BAD.C", "/WX",
                  "/external:I" + flags[-1], "/Fo", "x.obj"]}]))
assert "is not in" in why(analyse("bad.c"))
back.start(r.folder, index="off", pathMap=["D:\\src=" + r.folder], anyCase=True)
assert rules(analyse("bad.c")) == BAD

# By a link the file is the same, and is told by the name that the editor has.
r = fresh(folder, flags, "bad")
link = r.folder + ".link"
if not os.path.lexists(link):
    os.symlink(r.folder, link)
answer = back.analyse(os.path.join(link, "bad.c"))
assert [one["at"]["file"] for one in answer["findings"]] == [os.path.join(link, "bad.c")]
assert answer["of"] == os.path.join(link, "bad.c"), answer
text = driver("bad", is_right=True)
assert rules(back.analyse(os.path.join(link, "bad.c"), "edit",
                          {os.path.join(link, "bad.c"): text})) == []

assert back.end() == 0
