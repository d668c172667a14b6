"""full_disk.py DDI-CHECK FOLDER FLAGS...: no file may grow beyond some size: then a
scan says what a scan says, or that it failed, and leaves nothing that is cut short."""
import json
import os
import resource
import shutil
import subprocess
import sys

program, folder, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
os.makedirs(folder)
os.chdir(folder)
FILES = ["a.c", "b.c"]
for name in FILES:
    with open(name, "w") as out:
        out.write('#include <ntifs.h>\nvoid F(void) { KeLeaveCriticalRegion(); }\n')


def run(limit=None, **where):
    def end_early():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    output = where.pop("output", subprocess.PIPE)
    options = where.pop("options", [])
    return subprocess.run([program, "--format", "json", "--cache", "kept", *options,
                           *FILES, "--", *flags], stdout=output,
                          stderr=subprocess.PIPE, text=True, preexec_fn=end_early)


plain = run(options=["--report", "report.json", "--write-index", "index"])
assert plain.returncode == 2 and plain.stdout.count("\n") == 2, plain
with open("report.json") as file:
    report = file.read()
sizes = [os.path.getsize("index"), len(report), 20000, 3000, 500, 100, 0]
for limit in sorted(sizes):
    shutil.rmtree("kept", ignore_errors=True)
    options = ["--report", "report.json", "--write-index", "index"]
    short = run(limit - 1 if limit else 0, options=options)
    if short.returncode == 2:
        assert short.stdout == plain.stdout, short
    else:
        assert short.returncode in (1, 3), short
        assert "ddi-check: error: " in short.stderr, short
        lines = [json.loads(line) for line in short.stdout.splitlines()]
        assert all(json.dumps(line) in [json.dumps(json.loads(each)) for each in
                                        plain.stdout.splitlines()]
                   for line in lines), short
    with open("report.json") as file:
        told = json.load(file)
    assert [f["file"] for f in told["files"]] == FILES, told
    # What is kept is whole, or not there.
    again = run(options=options)
    assert (again.returncode, again.stdout) == (2, plain.stdout), (limit, again)
    with open("report.json") as file:
        assert file.read() == report, limit

with open("/dev/full", "w") as full:
    lost = run(output=full)
assert lost.returncode == 1, lost
assert "ddi-check: error: cannot print the findings: " in lost.stderr, lost
