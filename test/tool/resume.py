"""resume.py DDI-CHECK FOLDER FLAGS...: ends a scan by each signal while one file is
read; the next one parses that file alone, and says the same as any other."""
import os
import shutil
import signal
import subprocess
import sys

program, folder, flags = sys.argv[1], sys.argv[2], sys.argv[3:]
os.makedirs(folder)
os.chdir(folder)
names = ["a.c", "b.c", "c.c", "last.c"]
for name in names:
    with open(name, "w") as out:
        out.write('#include <ntifs.h>\nvoid F(void) { KeLeaveCriticalRegion(); }\n')
with open("last.c", "a") as out:
    out.write('#include "late.h"\n')


def command(cache, *options):
    return [program, *cache, "--stats", *options, *names, "--", *flags]


def run(cache, *options):
    return subprocess.run(command(cache, *options), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)


def hear_interrupts():
    """Who is started in the background may have been told not to."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


with open("late.h", "w"):
    pass
plain = run(["--no-cache"])
assert plain.returncode == 2 and plain.stdout.count("warning: ") == 4, plain
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
    for options in ([], ["--no-share"]):
        shutil.rmtree("kept", ignore_errors=True)
        os.remove("late.h")
        os.mkfifo("late.h")
        scan = subprocess.Popen(command(["--cache", "kept"], "-j1", *options),
                                stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, start_new_session=True,
                                preexec_fn=hear_interrupts)
        writer = os.open("late.h", os.O_WRONLY)  # once it is read
        scan.send_signal(number)
        assert scan.wait(timeout=60) == -number, (number, scan.returncode)
        os.close(writer)
        os.remove("late.h")
        with open("late.h", "w"):
            pass
        again = run(["--cache", "kept"], *options)
        assert "read: 1 parsed" in again.stderr, again.stderr
        assert "3 from cache, 0 failed" in again.stderr, again.stderr
        assert (again.returncode, again.stdout) == (2, plain.stdout), again.stdout

for _ in range(3):
    shutil.rmtree("kept")
    both = [subprocess.Popen(command(["--cache", "kept"]), stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for scan in both:
        out, err = scan.communicate()
        assert (scan.returncode, out) == (2, plain.stdout), (out, err)
    last = run(["--cache", "kept"])
    assert "read: 0 parsed" in last.stderr and last.stdout == plain.stdout, last
