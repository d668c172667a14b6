"""However a session ends, or one of its processes does: what is shown, the exit status,
and no process that is left.  Usage: ends_test.py FOLDER CLANGD..."""
import os
import signal
import subprocess
import sys

from client import Client
from world import (DDI_LSP, FAKE_BACK, FAKE_CLANGD, PYTHON, STANDALONE, World, children,
                   is_alive, run_tests, wait_until)

world = World(sys.argv[1])
SERVERS = [STANDALONE, *(("--", clangd) for clangd in (FAKE_CLANGD, *sys.argv[2:]))]
QUIET = {"stderr": subprocess.DEVNULL}


def start(words, text="int f() {\n  bad();\n}\nchild();\n", **more):
    """A client of a server that works, and all of its processes."""
    client = world.client(words, **{**QUIET, **more})
    client.open("a.c", text)
    if "hold(" in text:
        world.wait_asked(lambda asked: asked[-1]["do"] == "analyse", "an analysis")
    else:
        client.ours("a.c", len)
    count = 3 if words == STANDALONE else 4  # ours, the back, its child, clangd
    return client, wait_until(lambda: len(found := [
        client.process.pid, *children(client.process.pid)]) >= count - (
            "child(" not in text) and found, "%d processes" % count)


def is_over(processes):
    wait_until(lambda: not any(map(is_alive, processes)), "the end of all processes")


def back_of(client):
    """The back's number."""
    return next(one for one in children(client.process.pid) if "fake_back" in words_of(one))


def clangd_of(client):
    return next(one for one in children(client.process.pid) if "clangd" in words_of(one))


def words_of(number):
    try:
        with open("/proc/%d/cmdline" % number) as file:
            return file.read()
    except OSError:
        return ""


def test_shutdown_and_exit(words):
    client, processes = start(words)
    assert client.close() == 0
    is_over(processes)


def test_exit_without_shutdown(words):
    client, processes = start(words)
    client.notify("exit")
    assert client.ended() == (0 if FAKE_CLANGD in words else 1)
    is_over(processes)


def test_closed_pipe(words):
    client, processes = start(words)
    client.process.stdin.close()
    assert client.ended() == 1
    is_over(processes)


def test_closed_pipe_while_analysing(words):
    client, processes = start(words, "hold(NEVER)\nchild();\n")
    client.process.stdin.close()
    assert client.ended() == 1
    is_over(processes)


def test_nobody_reads(words):
    """The editor is gone, but something still holds the other pipe open."""
    process = subprocess.Popen(
        [PYTHON, DDI_LSP, *words], cwd=world.folder, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "DDI_LSP_BACK": FAKE_BACK, "FAKE_LOG": world.log})
    body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}'
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    process.stdin.flush()
    assert process.stdout.read(1) == b"C"
    processes = [process.pid, *children(process.pid)]
    process.stdout.close()
    try:
        for _ in range(100):
            process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            process.stdin.flush()
    except BrokenPipeError:
        pass
    process.wait(60)
    is_over(processes)


def test_signals(words):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        client, processes = start(words)
        client.process.send_signal(number)
        assert client.ended() == 128 + number
        is_over(processes)


def test_kill(words):
    for text in ("bad();\n", "hold(NEVER)\n"):
        client, processes = start(words, text)
        client.process.kill()
        assert client.ended() == -signal.SIGKILL
        is_over(processes)


def test_editor_dies(words):
    """Its number is not there any more, though pipes are open."""
    editor = subprocess.Popen(["sleep", "1000"])
    client, processes = start(words, processId=editor.pid)
    editor.kill()
    editor.wait()
    client.ended()
    is_over(processes)


def test_editor_elsewhere(words):
    """The number of a process that is not here says nothing."""
    gone = subprocess.Popen(["true"])
    gone.wait()
    client, processes = start(words, processId=gone.pid)
    client.open("b.c", "bad();")
    client.ours("b.c", len)
    assert client.close() == 0
    is_over(processes)


def test_back_is_killed(words):
    client, processes = start(words)
    os.kill(back_of(client), signal.SIGKILL)
    client.wait_for("window/showMessage", lambda said: said["message"] ==
                    "ddi-check: the analysis was ended by SIGKILL; it is started again")
    is_over([one for one in processes if "sleep" in words_of(one)])
    since = client.mark()
    client.change("a.c", "int f() {\n  bad(); bad();\n}\n")
    client.ours("a.c", lambda found: len(found) == 2, since)
    client.close()
    is_over(processes)


def test_back_hangs(words):
    """What is not for it goes on, and it does not keep us from ending."""
    client, processes = start(words)
    os.kill(back_of(client), signal.SIGSTOP)
    client.change("a.c", (0, 0, 0, 0, "\n"))
    client.request("textDocument/hover", {"textDocument": {"uri": client.uri("a.c")},
                                          "position": {"line": 2, "character": 3}})
    client.close()
    is_over(processes)


def test_no_back(words):
    client = world.client(words, environment={"DDI_LSP_BACK": "/none"}, **QUIET)
    client.wait_for("window/showMessage", lambda said: "too often" in said["message"] and
                    "cannot run '/none'" in said["message"])
    client.open("a.c", "bad();")
    client.request("textDocument/hover", {"textDocument": {"uri": client.uri("a.c")},
                                          "position": {"line": 0, "character": 0}})
    client.close()


def test_clangd_dies(words):
    if words == STANDALONE:
        return
    # One of LLVM's programs goes on after a fault that is none.
    for number in (signal.SIGKILL, *[signal.SIGSEGV] * (FAKE_CLANGD in words)):
        client, processes = start(words)
        os.kill(clangd_of(client), number)
        said = client.wait_for("window/showMessage")
        assert said == {"type": 1, "message": "ddi-check: clangd was ended by %s, and so "
                        "does ddi-lsp" % signal.Signals(number).name}, said
        assert client.ended() == 128 + number
        is_over(processes)


def test_clangd_hangs(words):
    if words == STANDALONE:
        return
    client, processes = start(words)
    os.kill(clangd_of(client), signal.SIGSTOP)
    client.process.stdin.close()
    assert client.ended() == 128 + signal.SIGKILL
    is_over(processes)


def test_clangd_ends():
    client, processes = start(("--", FAKE_CLANGD))
    client.notify("fake/do", {"exit": 7, "send": [{"method": "last", "params": 1}]})
    client.wait_for("last")
    said = client.wait_for("window/showMessage")
    assert "clangd ended with status 7" in said["message"], said
    assert client.ended() == 7
    is_over(processes)


def run(*words, stdin=subprocess.DEVNULL, **environment):
    return subprocess.run([PYTHON, DDI_LSP, *words], cwd=world.folder, text=True,
                          stdin=stdin, capture_output=True, timeout=60,
                          env={**os.environ, **environment})


def test_failures():
    """One line each, and status 1."""
    for words, wanted in (
            (["--", "/none/clangd"], "'/none/clangd': No such file"),
            (["--standalone", "--none"], "unrecognized arguments: --none"),
            (["--debounce", "x"], "'x' is no number above zero"),
            (["--index", "maybe", "--", FAKE_CLANGD], "--index"),
            (["-p"], "expected one argument"),
            (["--log", "/none/log", "--standalone"], "cannot write the log '/none/log'")):
        done = run(*words, stdin=subprocess.PIPE)
        assert done.returncode == 1, done
        assert done.stderr.startswith("ddi-lsp: error: ") and wanted in done.stderr, done
        assert done.stderr.count("\n") == 1 and not done.stdout, done
    done = run("--", FAKE_CLANGD)  # stdin is no pipe
    assert done.returncode == 1 and "have to be pipes" in done.stderr, done
    done = run(PATH="/none", DDI_CLANGD="")
    assert "there is no clangd" in done.stderr and done.returncode == 1, done
    done = run("--standalone", "--help")
    assert done.returncode == 0 and "--no-on-type" in done.stdout, done
    world.write("asked", "#!/bin/sh\necho of clangd: $*\n")
    os.chmod(os.path.join(world.folder, "asked"), 0o755)
    done = run("--help", "--", "./asked")
    assert done.returncode == 0 and done.stdout.endswith("\nof clangd: --help\n") and \
        "--no-on-type" in done.stdout, done


def test_log():
    """What we say goes there; what clangd says does not."""
    log = os.path.join(world.folder, "said.log")
    if os.path.exists(log):
        os.unlink(log)
    loud = os.path.join(world.folder, "loud")
    world.write("loud", "#!/bin/sh\necho loud >&2\nexec %s\n" % FAKE_CLANGD)
    os.chmod(loud, 0o755)
    client = Client([PYTHON, DDI_LSP, "--log", log, "--", loud], world.folder,
                    {"DDI_LSP_BACK": FAKE_BACK, "FAKE_LOG": world.log},
                    stderr=subprocess.PIPE)
    client.initialize()
    client.open("a.c", "die(1)")
    client.wait_for("window/showMessage")
    client.close()
    with open(log) as file:
        assert file.read() == "ddi-lsp: the analysis ended with status 7\n"
    assert client.process.stderr.read() == b"loud\n"


run_tests(globals(), SERVERS)
