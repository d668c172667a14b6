"""limits.py DDI-CHECK FOLDER FLAGS...: one file of three waits for ever, or is too
large: alone, in a server, or as the preamble of all."""
import json
import os
import subprocess
import sys

program, folder, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
os.makedirs(folder)
os.chdir(folder)
os.mkfifo("pipe.h")
keep_open = os.open("pipe.h", os.O_RDWR)  # who reads it waits
TEXT = "#include <ntifs.h>\nvoid F(void) { KeLeaveCriticalRegion(); }\n"


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


def scan(*options, files):
    done = subprocess.run([program, "--no-cache", "--format", "json", "--report",
                           "report.json", *options, *files, "--", *flags],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with open("report.json") as file:
        why = {f["file"]: f["why"] for f in json.load(file)["files"] if f["why"]}
    found = [json.loads(line)["at"]["file"] for line in done.stdout.splitlines()]
    return done.returncode, found, why


def equal(found, expected):
    assert found == expected, "%s\nis not\n%s" % (found, expected)


for name in ("a.c", "b.c"):
    write(name, TEXT)
write("late.c", TEXT + '#include "pipe.h"\n')
write("large.c", TEXT + "int Large[] = {\n" + "1,\n" * 4000000 + "};\n")
write("first.c", '#include "pipe.h"\n' + TEXT)
write("second.c", '#include "pipe.h"\n' + TEXT)
LATE, LARGE = "it took longer than --timeout 1 s", \
    "it took more memory than --file-memory 150 MB"
for options in ([], ["-j1"], ["--no-share"]):
    equal(scan("--timeout", "1", *options, files=["a.c", "late.c", "b.c"]),
          (3, ["a.c", "b.c"], {"late.c": LATE}))
    equal(scan("--file-memory", "150", *options, files=["a.c", "large.c", "b.c"]),
          (3, ["a.c", "b.c"], {"large.c": LARGE}))
equal(scan("--timeout", "1", files=["first.c", "a.c", "second.c"]),
      (3, ["a.c"], {"first.c": LATE, "second.c": LATE}))
# What is enough is enough.
equal(scan("--timeout", "600", "--file-memory", "4000",
           files=["a.c", "large.c", "b.c"]), (2, ["a.c", "b.c", "large.c"], {}))
