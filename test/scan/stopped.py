"""A scan that is stopped, or cannot write, leaves no process and no half of a file, and
says in one line why.  Usage: stopped.py FOLDER INPUTS -- FLAG..."""
import os
import signal
import stat
import subprocess
import sys
import time

from ddi import store
from repository import HEADER, TOOLS, Repository, driver

folder, _, _, *flags = sys.argv[1:]
REGION = "wdm.WithinCriticalRegion"
r = Repository(folder, flags)
for name in ("bad", "good"):
    r.write(name + ".h", HEADER)
    r.write(name + ".c", driver(name, is_right=name == "good"))
    r.compile(name + ".c")
SCAN = ["/usr/bin/python3", os.path.join(TOOLS, "ddi-scan"), "-p", "build"]


def program(name, text):
    """A stand-in for ddi-check, which does what it does but for the text."""
    r.write(name, "#!/bin/sh\ncase \"$*\" in *--list-rules*) exec '%s' \"$@\";; esac\n%s\n"
            % (os.environ["DDI_CHECK"], text))
    path = os.path.join(r.folder, name)
    os.chmod(path, 0o755)
    return path


def is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(is_so, what):
    for _ in range(300):
        if is_so():
            return
        time.sleep(0.1)
    sys.exit("30 s, and not yet: " + what)


def listen():
    """Whoever runs the tests may not listen to all signals."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


# Signals: what was started ends, and the folder of the run goes.
sleeps = program("sleeps", "echo $$ > started.part; mv started.part started; exec sleep 100")
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    for words in ([], ["--shard", "1/2"]):
        started = os.path.join(r.folder, "started")
        scan = subprocess.Popen(
            [*SCAN, "--ddi-check", sleeps, "--cache", "kept", "--format", "text=told",
             *words], cwd=r.folder, stderr=subprocess.PIPE, text=True,
            preexec_fn=listen)
        wait_for(lambda: os.path.exists(started), "a scan")
        with open(started) as file:
            child = int(file.read())
        os.unlink(started)
        scan.send_signal(number)
        said = scan.communicate(timeout=30)[1]
        assert scan.returncode == 128 + number, (number, scan.returncode, said)
        assert said == "", said
        wait_for(lambda: not is_alive(child), "the end of ddi-check after %s" % number)
        left = os.listdir(os.path.join(r.folder, "kept", "scan"))
        assert not [name for name in left if name.startswith("build-")], left
        assert not os.path.exists(os.path.join(r.folder, "told"))
scan = subprocess.Popen(["nohup", *SCAN, "--ddi-check", sleeps], cwd=r.folder,
                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wait_for(lambda: os.path.exists(started), "a scan under nohup")
scan.send_signal(signal.SIGHUP)
time.sleep(0.5)
assert scan.poll() is None, "nohup counts for nothing"
scan.terminate()
scan.wait()

# A program that is no ddi-check, or dies, or says what is not known.
for name, text, error in (
        ("true", "", "of the same version"),
        ("half", "printf '{\"rule\": \"x'; exit 2", "of the same version"),
        ("dies", "printf '{\"rule\": \"x'; kill -9 $$", "status -9"),
        ("fails", "echo 'ddi-check: error: it is late' >&2; exit 1", "error: it is late")):
    r.scan("-p", "build", "--ddi-check", program(name, text), status=1, error=error)
for name in ("true", "echo", "cat"):
    r.scan("-p", "build", "--ddi-check", "/bin/" + name, status=1, error="ddi-scan: error: ")


# What the report says is not said twice; a warning is said.
def stderr(*words):
    return subprocess.run([*SCAN, *words], cwd=r.folder, stderr=subprocess.PIPE,
                          stdout=subprocess.DEVNULL, text=True).stderr


r.write("lost.c", '#include "none.h"\n')
r.compile("lost.c")
assert stderr() == "", stderr()
r.write("good.c", driver("good", is_right=True) + "// ddi-suppress wdm.None: why\n")
assert "there is no rule" in stderr(), stderr()
r.write("lost.c", "")
r.write("good.c", driver("good", is_right=True))


# Where nothing can be written.
def run(output, *words):
    with open(output, "w") as file:
        done = subprocess.run([*SCAN, *words], cwd=r.folder, stdout=file, text=True,
                              stderr=subprocess.PIPE)
    assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


status, said = run("/dev/full")
assert status == 1 and "No space left on device" in said, (status, said)
r.scan("-p", "build", "--format", "sarif=/dev/full", status=1, error="No space left")
assert stat.S_ISCHR(os.stat("/dev/full").st_mode), "a device is replaced"
r.scan("-p", "build", "--baseline", "/dev/full", "--update-baseline", status=1,
       error="No space left")
assert "0 findings" not in r.scan("-p", "build", "--format", "text=/dev/stdout", status=2)
r.write("file", "")
r.scan("-p", "build", "--cache", "file", status=2, error="--cache names another")
r.scan("-p", "build", "--cache", "file", "--shard", "1/2", status=1,
       error="--cache names another")
r.scan("merge", "kept", "-p", "build", "--cache", "file", status=1, error="cannot copy")
r.scan("-p", "build", "--format", "html=build", status=1, error="cannot write the report")
pipe = subprocess.Popen([*SCAN, "--format", "jsonl"], cwd=r.folder, stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE)
pipe.stdout.close()
said = pipe.stderr.read()
assert pipe.wait() == 1 and b"rror" not in said, said

# A report and a baseline are readable by others, and a link stays one.
os.umask(0o022)
os.symlink("real.json", os.path.join(r.folder, "link.json"))
r.scan("-p", "build", "--baseline", "link.json", "--update-baseline", status=0)
assert os.path.islink(os.path.join(r.folder, "link.json"))
assert os.stat(os.path.join(r.folder, "real.json")).st_mode & 0o777 == 0o644
assert not [name for name in os.listdir(r.folder) if name.startswith(".ddi-")]

# A baseline that is written anew counts none, whatever else counts.
r.write("ddi-check.yaml", "fail-on: warning\n")
r.scan("-p", "build", "--baseline", "real.json", "--update-baseline", status=0)
os.unlink(os.path.join(r.folder, "ddi-check.yaml"))

# Another locale, and names that are no text.
odd = os.fsdecode(b"od\xff'\"d.c")
with open(os.path.join(r.folder, odd), "w") as file:
    file.write(driver("bad", is_right=False).replace("badWrite", "Odd"))
r.compile(odd)
for name in ("text", "jsonl", "sarif", "codequality", "msvc", "html"):
    for locale in ("C", "C.UTF-8"):
        os.environ.update(LC_ALL=locale, PYTHONIOENCODING="ascii")
        done = subprocess.run([*SCAN, "--format", name], cwd=r.folder, capture_output=True)
        assert done.returncode in (2, 3) and b"Traceback" not in done.stderr, done.stderr
        done.stdout.decode("utf-8", "surrogateescape")
del os.environ["PYTHONIOENCODING"]

# Two scans at a time may both clean up.
kept = os.path.join(r.folder, "old")
os.makedirs(kept)
for number in range(3):
    r.write("old/%d" % number, "")
    os.utime(os.path.join(kept, str(number)), (0, 0))
real = os.unlink
os.unlink = lambda path: (real(path), real(path))
store.Store(kept)
assert os.listdir(kept) == []
