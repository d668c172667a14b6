"""resident.py DDI-CHECK FOLDER FLAGS...: asks a resident ddi-check about the files in the
folder, edited and not, and checks what it answers."""
import json
import os
import signal
import subprocess
import sys
import time

program, folder, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
entries = os.path.join(folder, "entries.c")
names = ("entries.c", "locks.c", "regions.c", "through.c")
index = os.path.join(folder, "index")
temporary = os.path.join(folder, "tmp")
os.makedirs(temporary)
environment = {**os.environ, "TMPDIR": temporary}


def at(name):
    return os.path.join(folder, name)


def write(name, text):
    with open(at(name), "w") as out:
        out.write(text)


def read(name):
    with open(at(name)) as file:
        return file.read()


def database(name, more=()):
    """A folder with a database of the files that are given with flags."""
    os.makedirs(at(name), exist_ok=True)
    write(name + "/compile_commands.json", json.dumps(
        [{"directory": folder, "file": at(one),
          "arguments": ["clang", *flags, *more, at(one)]} for one in names]))
    return at(name)


def has_ended(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def wait_until(is_so, what):
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    sys.exit("waited in vain: " + what)


class Resident:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            [program, "--resident", "--cache", at("cache"), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            start_new_session=True)
        self.count = 0

    def say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def send(self, **words):
        self.count += 1
        self.say(json.dumps({"id": self.count, **words}))
        return self.count

    def hear(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, **words):
        number = self.send(**words)
        answer = self.hear()
        assert answer["id"] == number, answer
        return answer

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(60)
        wait_until(lambda: has_ended(self.process.pid), "its processes to end")
        assert not os.listdir(temporary), os.listdir(temporary)
        return status


def lines(answer):
    return sorted((os.path.basename(f["at"]["file"]), f["at"]["line"], f["rule"])
                  for f in answer["findings"])


plain = database("plain")
write("overlay.yaml", json.dumps(
    {"version": 0, "use-external-names": False, "roots": [
        {"name": entries, "type": "file", "external-contents": at("buffer.c")}]}))
unsaved = database("unsaved", ["-ivfsoverlay", at("overlay.yaml")])
subprocess.run([program, "-p", plain, "--cache", at("cache"), "--write-index", index],
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

# By itself, and as a part of its driver.
resident = Resident()
whole = resident.ask(build=plain, file=entries, index=index, lines=None)
assert whole["status"] == 2 and whole["functions"] is None, whole
assert whole["files"] == [{"file": entries, "why": ""}], whole["files"]
told = subprocess.run([program, "-p", plain, "--index", index, "--format", "json",
                       "--no-cache", entries], stdout=subprocess.PIPE, text=True,
                      stderr=subprocess.DEVNULL).stdout.splitlines()
assert [json.loads(line) for line in told] == whole["findings"], whole["findings"]
alone = resident.ask(build=plain, file=at("regions.c"))
assert alone["status"] == 2, alone
assert "Nothing given calls" in json.dumps(alone), alone
part = resident.ask(build=plain, file=at("regions.c"), index=index)
assert part["status"] == 0 and part["findings"] == [], part

# A text that is not saved, again and again.
text = read("entries.c")
write("buffer.c", text)
same = resident.ask(build=unsaved, file=entries, index=index)
assert lines(same) == lines(whole), (same, whole)
assert all(f["at"]["file"] == entries for f in same["findings"]
           if f["at"]["line"] == 11), same
mended = text.replace("  LeaveThrough();\n  GiveResource(ext);",
                      "  GiveResource(ext);\n  LeaveThrough();")
assert mended != text
write("buffer.c", mended)
answer = resident.ask(build=unsaved, file=entries, index=index, lines=[[12, 13]])
assert answer["functions"] == ["BadLeftWhileHeld"] and answer["findings"] == [], answer
write("buffer.c", text.replace("  LeaveThrough();\n", "  ; LeaveThrough();\n"))
answer = resident.ask(build=unsaved, file=entries, index=index, lines=[[12, 13]])
assert answer["functions"] == ["BadLeftWhileHeld"], answer
assert set(lines(answer)) < set(lines(whole)), answer
assert {f["root"] for f in answer["findings"]} == {"BadLeftWhileHeld"}, answer

# One that does not parse is told, and the next one is fine.
write("buffer.c", text + "\nint x = ;\n")
broken = resident.ask(build=unsaved, file=entries, index=index)
assert broken["status"] == 3 and "expected expression" in broken["files"][0]["why"], broken
write("buffer.c", text)
assert lines(resident.ask(build=unsaved, file=entries, index=index)) == lines(whole)

# A header that changes is read anew, and what it breaks is told.
header = read("across.h")
write("across.h", header + "\n#define ExReleaseResourceLite(x) ((void)(x))\n")
changed = resident.ask(build=unsaved, file=entries, index=index)
assert lines(changed) != lines(whole), changed
write("across.h", header)
assert lines(resident.ask(build=unsaved, file=entries, index=index)) == lines(whole)

# What cannot be done is an error, and no more.
for words, why in (({"build": at("none"), "file": entries}, "cannot be used"),
                   ({"build": plain, "file": at("none.c")}, "is not in"),
                   ({"build": plain, "file": entries, "index": at("none")},
                    "as a driver's index"),
                   ({"build": 3}, '"build" and "file"'), ({}, '"build" and "file"')):
    answer = resident.ask(**words)
    assert why in answer["error"], answer
for line in ("", "{", "[1]", "null", "\0\0", '"' + "x" * 1000000 + '"'):
    resident.say(line)
    answer = resident.hear()
    assert answer["id"] is None and answer["error"], answer
assert lines(resident.ask(build=plain, file=entries, index=index)) == lines(whole)
assert resident.end() == 0

# What acts as a routine counts, and an index that does not know it cannot be used.
resident = Resident("--wrapper=Decide=ZwClose", "--wrapper=TakeResource="
                    "ExAcquireResourceSharedLite(1,0)")
answer = resident.ask(build=plain, file=entries)
assert answer["status"] == 2, answer
assert "'TakeResource' with normal kernel APCs enabled" in json.dumps(answer), answer
answer = resident.ask(build=plain, file=entries, index=index)
assert "written with other wrappers" in answer["error"], answer
assert resident.end() == 0

# Cancelled: what runs, and what waits; then it goes on.
pipe = at("pipe.h")
os.mkfifo(pipe)
write("through.c", read("through.c") + '#include "pipe.h"\n')
resident = Resident()
first = resident.send(build=plain, file=at("through.c"))
second = resident.send(build=plain, file=entries, index=index)
third = resident.send(build=plain, file=entries, index=index)
writer = os.open(pipe, os.O_WRONLY)  # once it is read
resident.say(json.dumps({"cancel": second}))
assert resident.hear() == {"id": second, "cancelled": True}
resident.say(json.dumps({"cancel": first}))
assert resident.hear() == {"id": first, "cancelled": True}
answer = resident.hear()
assert answer["id"] == third and lines(answer) == lines(whole), answer
resident.say(json.dumps({"cancel": first}))  # it is done long since
resident.say(json.dumps({"cancel": 77}))
os.close(writer)

# Its end ends what runs.
resident.send(build=plain, file=at("through.c"))
writer = os.open(pipe, os.O_WRONLY)
assert resident.end() == 0
os.close(writer)

# So does its death; who started it removes its folder.
resident = Resident()
resident.send(build=plain, file=at("through.c"))
writer = os.open(pipe, os.O_WRONLY)
os.kill(resident.process.pid, signal.SIGKILL)
resident.process.wait()
wait_until(lambda: has_ended(resident.process.pid), "processes of a killed one to end")
os.close(writer)
